kemas_test(line_run SOURCES line_run_test.cpp LINK kemas_sim)
if(TARGET kemas-sim)
    add_test(NAME sim.line COMMAND kemas-sim line --hours 0.02 --seed 7)
    set_tests_properties(sim.line PROPERTIES TIMEOUT 120 PASS_REGULAR_EXPRESSION "200 parcels.* 0 wrong")
endif()
kemas_test(conveyor COST 14 SOURCES conveyor_test.cpp zpa_feed_test.cpp
    LINK kemas_conveyor_drivers kemas_sim kemas_runtime util)
