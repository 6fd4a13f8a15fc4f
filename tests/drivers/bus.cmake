kemas_test(bus SOURCES ${CMAKE_CURRENT_LIST_DIR}/modbus_codec_test.cpp ${CMAKE_CURRENT_LIST_DIR}/modbus_tcp_test.cpp
    ${CMAKE_CURRENT_LIST_DIR}/modbus_tcp_write_test.cpp ${CMAKE_CURRENT_LIST_DIR}/modbus_rtu_test.cpp
    ${CMAKE_CURRENT_LIST_DIR}/rtu_late_test.cpp ${CMAKE_CURRENT_LIST_DIR}/unanswered_test.cpp LINK kemas_bus util)
kemas_test(modbus_device SOURCES ${CMAKE_CURRENT_LIST_DIR}/modbus_device_test.cpp
    ${CMAKE_CURRENT_LIST_DIR}/modbus_device_command_test.cpp LINK kemas_modbus_device)
kemas_test(modbus_peers SOURCES ${CMAKE_CURRENT_LIST_DIR}/modbus_peers_test.cpp LINK kemas_scale_drivers kemas_sim)
