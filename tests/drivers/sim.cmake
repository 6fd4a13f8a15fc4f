kemas_test(sim SOURCES sim_scale_test.cpp sim_printer_test.cpp sim_scanner_test.cpp
    LINK kemas_sim kemas_bus)
if(TARGET kemas_scale_drivers AND TARGET kemas_printer_drivers)
    kemas_test(sim_real_drivers SOURCES sim_real_drivers_test.cpp sim_label_printer_test.cpp
        LINK kemas_sim kemas_scale_drivers kemas_printer_drivers)
endif()
if(TARGET kemas-sim)
    kemas_test(sim_demo SOURCES sim_demo_data_test.cpp LINK kemas_shift kemas_intake kemas_label)
    find_program(KEMAS_PYTHON NAMES /usr/bin/python3 python3 REQUIRED)
    add_test(NAME sim.shift COMMAND ${KEMAS_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/sim_shift_test.py
        $<TARGET_FILE:kemas-sim> ${CMAKE_SOURCE_DIR})
    set_tests_properties(sim.shift PROPERTIES TIMEOUT 400 COST 16)
endif()
