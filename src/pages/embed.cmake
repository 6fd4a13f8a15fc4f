# Writes OUT, a C++ file holding FILES ("path=file" each): run by the build whenever one of them changes.
set(arrays "")
set(rows "")
set(n 0)
foreach(pair ${FILES})
    string(FIND "${pair}" "=" mark)
    string(SUBSTRING "${pair}" 0 ${mark} path)
    math(EXPR mark "${mark} + 1")
    string(SUBSTRING "${pair}" ${mark} -1 file)
    file(READ "${file}" bytes HEX)
    file(SIZE "${file}" size)
    file(SHA256 "${file}" hash)
    string(SUBSTRING "${hash}" 0 12 etag)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
    set(type "text/html; charset=utf-8")
    set(cache "no-cache")
    if(file MATCHES "\\.css$")
        set(type "text/css; charset=utf-8")
    elseif(file MATCHES "\\.js$")
        set(type "text/javascript; charset=utf-8")
    elseif(file MATCHES "\\.woff2$")
        set(type "font/woff2")
        set(cache "max-age=604800")
    endif()
    string(APPEND arrays "constexpr unsigned char file_${n}[] = {${bytes}};\n")
    string(APPEND rows "    Asset{\"${path}\", \"${type}\", text(file_${n}), \"${etag}\", \"${cache}\"},\n")
    math(EXPR n "${n} + 1")
endforeach()
file(WRITE "${OUT}" "// Made by src/pages/embed.cmake.
#include \"pages/assets.hpp\"
namespace kemas::pages {
namespace {
${arrays}
template <std::size_t size>
std::string_view text(const unsigned char (&bytes)[size]) {
    return {reinterpret_cast<const char*>(bytes), size};
}
const Asset assets[] = {
${rows}};
}  // namespace
std::span<const Asset> all_assets() { return assets; }
}  // namespace kemas::pages
")
