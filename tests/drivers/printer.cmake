find_package(Cups REQUIRED)
file(GLOB printer_tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/printer*_test.cpp)
kemas_test(printer SOURCES ${printer_tests} LINK kemas_printer_drivers kemas_sim PkgConfig::ZLIB Cups::Cups)
# Loaded by a program that is not ours: without the sanitizers of ours.
add_library(no_avahi MODULE ${CMAKE_CURRENT_SOURCE_DIR}/peers/no_avahi.cpp)
add_dependencies(test_printer no_avahi)
target_compile_definitions(test_printer PRIVATE KEMAS_NO_AVAHI="$<TARGET_FILE:no_avahi>")
