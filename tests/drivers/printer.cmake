find_package(Cups REQUIRED)
file(GLOB printer_tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/printer*_test.cpp)
kemas_test(printer SOURCES ${printer_tests} LINK kemas_printer_drivers PkgConfig::ZLIB Cups::Cups)
