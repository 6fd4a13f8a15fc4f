option(KEMAS_TESTS "Build the tests" ON)
option(KEMAS_FUZZ "Build the fuzz targets and nothing else" OFF)
option(KEMAS_PCH "Precompiled headers: quicker, but they hide a forgotten include" OFF)
set(KEMAS_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize takes them; empty for none")

find_program(CCACHE ccache)
if(CCACHE)
    # Without this sloppiness ccache passes by whatever uses a precompiled header; these are large, and the
    # inode cache saves hashing them for each unit.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_INODECACHE=1 ${CCACHE})
endif()

# -Og compiles in half the time of -O1 what the sanitizers have filled with checks; the checks are the same.
set(CMAKE_CXX_FLAGS_DEBUG "-Og -g1 -fno-omit-frame-pointer")
find_program(KEMAS_LLD ld.lld)
if(KEMAS_LLD AND CMAKE_BUILD_TYPE STREQUAL "Debug")
    add_link_options(-fuse-ld=lld)          # half a second instead of three for kemasd
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g0")     # assertions stay on: our own mistakes must stop, not spread

add_library(kemas_flags INTERFACE)
target_compile_options(kemas_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wno-missing-field-initializers)
if(KEMAS_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(kemas_flags INTERFACE -fpch-preprocess)   # ccache asks for it
endif()
target_include_directories(kemas_flags INTERFACE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
if(KEMAS_SANITIZE)
    target_compile_options(kemas_flags INTERFACE -fsanitize=${KEMAS_SANITIZE} -fno-sanitize-recover=all)
    target_link_options(kemas_flags INTERFACE -fsanitize=${KEMAS_SANITIZE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND KEMAS_SANITIZE MATCHES "undefined")
        # Two checks before every access are a fifth of the build. ASan reports a null as well, and what
        # reads foreign bytes meets both in the fuzz targets; the clang preset has them everywhere.
        target_compile_options(kemas_flags INTERFACE -fno-sanitize=null,alignment)
    endif()
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND KEMAS_SANITIZE MATCHES "undefined")
        # Clang 14 marks each function for this check and cannot for the parts of a split coroutine
        # ("Cannot represent a difference across sections"). GCC has no such check.
        target_compile_options(kemas_flags INTERFACE -fno-sanitize=function)
    endif()
    if(KEMAS_SANITIZE MATCHES "thread")
        # Asio's fences are not understood by TSan; its own switch replaces them.
        target_compile_definitions(kemas_flags INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
    endif()
endif()
