option(KEMAS_TESTS "Build the tests" ON)
option(KEMAS_FUZZ "Build the fuzz targets and nothing else" OFF)
set(KEMAS_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize takes them; empty for none")

find_program(CCACHE ccache)
if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1 -fno-omit-frame-pointer")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g0")     # assertions stay on: our own mistakes must stop, not spread

add_library(kemas_flags INTERFACE)
target_compile_options(kemas_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wno-missing-field-initializers)
target_include_directories(kemas_flags INTERFACE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
if(KEMAS_SANITIZE)
    target_compile_options(kemas_flags INTERFACE -fsanitize=${KEMAS_SANITIZE} -fno-sanitize-recover=all)
    target_link_options(kemas_flags INTERFACE -fsanitize=${KEMAS_SANITIZE})
    if(KEMAS_SANITIZE MATCHES "thread")
        # Asio's fences are not understood by TSan; its own switch replaces them.
        target_compile_definitions(kemas_flags INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
    endif()
endif()
