kemas_test(scanner COST 7 SOURCES ${CMAKE_CURRENT_LIST_DIR}/line_framer_test.cpp
    ${CMAKE_CURRENT_LIST_DIR}/tcp_scanner_test.cpp ${CMAKE_CURRENT_LIST_DIR}/scanner_talk_test.cpp
    ${CMAKE_CURRENT_LIST_DIR}/serial_scanner_test.cpp ${CMAKE_CURRENT_LIST_DIR}/key_codec_test.cpp ${CMAKE_CURRENT_LIST_DIR}/ser2net_test.cpp LINK kemas_scanner_drivers util)

# The real EvdevScanner on a real kernel's USB keyboard, in a guest (long form).
add_executable(evdev_probe ${CMAKE_CURRENT_LIST_DIR}/evdev_probe.cpp)
target_link_libraries(evdev_probe PRIVATE kemas_scanner_drivers)
add_test(NAME scanner.evdev_qemu COMMAND /usr/bin/python3 -B -m unittest -v evdev_qemu_test
    WORKING_DIRECTORY ${CMAKE_CURRENT_LIST_DIR})
set_tests_properties(scanner.evdev_qemu PROPERTIES TIMEOUT 900
    SKIP_REGULAR_EXPRESSION "skipped .boots a machine in QEMU" ENVIRONMENT
    "EVDEV_PROBE=$<TARGET_FILE:evdev_probe>;KEMAS_GUEST=${CMAKE_BINARY_DIR}/guest")
