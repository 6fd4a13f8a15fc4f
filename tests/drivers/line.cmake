kemas_test(line_run SOURCES line_run_test.cpp LINK kemas_sim)
