kemas_test(profile SOURCES ${CMAKE_CURRENT_LIST_DIR}/profile_samples_test.cpp
    ${CMAKE_CURRENT_LIST_DIR}/profile_mistakes_test.cpp ${CMAKE_CURRENT_LIST_DIR}/profile_setup_test.cpp
    ${CMAKE_SOURCE_DIR}/tools/kemasctl/profile_check.cpp ${CMAKE_SOURCE_DIR}/tools/kemasctl/profile_talks.cpp
    LINK kemas_scale_drivers kemas_scanner_drivers kemas_printer_drivers kemas_label)
kemas_test(profile_end_to_end SOURCES ${CMAKE_CURRENT_LIST_DIR}/profile_end_to_end_test.cpp
    LINK kemas_scale_drivers)
