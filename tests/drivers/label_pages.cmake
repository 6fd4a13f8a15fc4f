# Cairo writes the PDFs that poppler reads, zint the barcodes that ZXing reads.
kemas_test(label_pages SOURCES ${CMAKE_CURRENT_LIST_DIR}/label_pages_test.cpp ${CMAKE_CURRENT_LIST_DIR}/label_pages_hostile_test.cpp
    ${CMAKE_CURRENT_LIST_DIR}/label_papers.cpp ${CMAKE_CURRENT_LIST_DIR}/pictures.cpp
    LINK kemas_label_pages_drivers kemas_printer_drivers kemas_label ${ZINT_LIBRARY} PkgConfig::PNG PkgConfig::JPEG
    PkgConfig::PANGOCAIRO PkgConfig::ZLIB)
target_compile_definitions(test_label_pages PRIVATE KEMAS_PAGES="$<TARGET_FILE:kemas-pages>")
add_dependencies(test_label_pages kemas-pages)
