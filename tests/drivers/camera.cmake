# zint draws what ZXing reads: neither judges itself.
kemas_test(camera SOURCES ${CMAKE_CURRENT_LIST_DIR}/decoder_pool_test.cpp
    ${CMAKE_CURRENT_LIST_DIR}/pictures.cpp
    LINK kemas_camera_drivers ${ZINT_LIBRARY} PkgConfig::PNG PkgConfig::JPEG)
target_compile_definitions(test_camera PRIVATE KEMAS_DECODE="$<TARGET_FILE:kemas-decode>")
add_dependencies(test_camera kemas-decode)
