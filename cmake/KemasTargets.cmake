# One target per folder. What a folder may include is what its target links: see ARCHITECTURE.md.

# kemas_library(NAME SOURCES ... LINK ...): the static library kemas_NAME.
function(kemas_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
    add_library(kemas_${name} STATIC ${ARG_SOURCES})
    set_property(GLOBAL APPEND PROPERTY KEMAS_COMPILED kemas_${name})
    target_link_libraries(kemas_${name} PUBLIC kemas_flags ${ARG_LINK} PRIVATE ${ARG_PRIVATE_LINK})
endfunction()

# kemas_test(NAME SOURCES ... LINK ... [COST SECONDS]): one GoogleTest program, every TEST of it known to
# CTest. The cost is about what its longest test takes: CTest begins with the longest.
function(kemas_test name)
    cmake_parse_arguments(ARG "" "COST" "SOURCES;LINK" ${ARGN})
    if(NOT ARG_COST)
        set(ARG_COST 0)
    endif()
    add_executable(test_${name} ${ARG_SOURCES})
    set_property(GLOBAL APPEND PROPERTY KEMAS_COMPILED test_${name})
    target_link_libraries(test_${name} PRIVATE kemas_flags ${ARG_LINK} GTest::gtest GTest::gmock GTest::gtest_main)
    target_compile_definitions(test_${name} PRIVATE KEMAS_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    gtest_discover_tests(test_${name} TEST_PREFIX "${name}." DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 300 COST ${ARG_COST})
endfunction()
