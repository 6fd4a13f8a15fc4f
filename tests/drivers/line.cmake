kemas_test(line_run SOURCES line_run_test.cpp LINK kemas_sim)
kemas_test(conveyor SOURCES conveyor_test.cpp LINK kemas_conveyor_drivers kemas_sim kemas_runtime)
