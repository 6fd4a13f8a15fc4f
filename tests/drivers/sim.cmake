kemas_test(sim SOURCES sim_scale_test.cpp sim_printer_test.cpp sim_scanner_test.cpp
    LINK kemas_sim kemas_bus)
