if(NOT TARGET kemasctl)
    add_subdirectory(${CMAKE_SOURCE_DIR}/tools/kemasctl ${CMAKE_BINARY_DIR}/tools/kemasctl)
endif()
add_test(NAME integration.kemasctl
    COMMAND /usr/bin/python3 -B -m unittest -v kemasctl_test kemasctl_orders_test kemasctl_files_test kemasctl_prints_test kemasctl_rating_test
    WORKING_DIRECTORY ${CMAKE_CURRENT_LIST_DIR})
set_tests_properties(integration.kemasctl PROPERTIES
    ENVIRONMENT KEMASCTL=$<TARGET_FILE:kemasctl> TIMEOUT 120 COST 7)
add_test(NAME integration.openapi
    COMMAND /usr/bin/python3 -B -m unittest -v openapi_check_test
    WORKING_DIRECTORY ${CMAKE_CURRENT_LIST_DIR})
set_tests_properties(integration.openapi PROPERTIES TIMEOUT 60)
