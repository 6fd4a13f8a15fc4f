kemas_test(scanner SOURCES ${CMAKE_CURRENT_LIST_DIR}/line_framer_test.cpp
    ${CMAKE_CURRENT_LIST_DIR}/tcp_scanner_test.cpp ${CMAKE_CURRENT_LIST_DIR}/scanner_talk_test.cpp
    ${CMAKE_CURRENT_LIST_DIR}/serial_scanner_test.cpp ${CMAKE_CURRENT_LIST_DIR}/key_codec_test.cpp LINK kemas_scanner_drivers util)
