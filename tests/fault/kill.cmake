# kill -9 of the real kemasd, counted from outside (Python 3 of Debian, nothing besides).
add_test(NAME fault.kill
    COMMAND /usr/bin/python3 -B -W ignore::ResourceWarning -m unittest -v kill_test
    WORKING_DIRECTORY ${CMAKE_CURRENT_LIST_DIR})
set_tests_properties(fault.kill PROPERTIES ENVIRONMENT KEMASD=$<TARGET_FILE:kemasd> TIMEOUT 900 COST 31)
add_test(NAME fault.kill_print
    COMMAND /usr/bin/python3 -B -W ignore::ResourceWarning -m unittest -v kill_print_test
    WORKING_DIRECTORY ${CMAKE_CURRENT_LIST_DIR})
set_tests_properties(fault.kill_print PROPERTIES ENVIRONMENT KEMASD=$<TARGET_FILE:kemasd> TIMEOUT 900 COST 30)
