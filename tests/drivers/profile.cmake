kemas_test(profile SOURCES ${CMAKE_CURRENT_LIST_DIR}/profile_samples_test.cpp
    LINK kemas_scale_drivers)
