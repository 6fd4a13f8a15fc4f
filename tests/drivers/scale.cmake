kemas_test(scale SOURCES ${CMAKE_CURRENT_LIST_DIR}/scale_profile_test.cpp
    ${CMAKE_CURRENT_LIST_DIR}/modbus_scale_test.cpp LINK kemas_scale_drivers)
kemas_test(text_scale SOURCES ${CMAKE_CURRENT_LIST_DIR}/scale_frame_test.cpp
    ${CMAKE_CURRENT_LIST_DIR}/serial_scale_test.cpp
    ${CMAKE_CURRENT_LIST_DIR}/scale_command_test.cpp ${CMAKE_CURRENT_LIST_DIR}/ser2net_scale_test.cpp LINK kemas_scale_drivers)
