if(NOT TARGET kemasctl)
    add_subdirectory(${CMAKE_SOURCE_DIR}/tools/kemasctl ${CMAKE_BINARY_DIR}/tools/kemasctl)
endif()
add_test(NAME integration.profile
    COMMAND /usr/bin/python3 -B -m unittest -v profile_test
    WORKING_DIRECTORY ${CMAKE_CURRENT_LIST_DIR})
set_tests_properties(integration.profile PROPERTIES
    ENVIRONMENT KEMASCTL=$<TARGET_FILE:kemasctl> TIMEOUT 180 COST 26)
