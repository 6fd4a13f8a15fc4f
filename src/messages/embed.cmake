# Writes OUT, a C++ file holding FOLDER/en.toml and FOLDER/id.toml.
set(arrays "")
foreach(language en id)
    file(READ "${FOLDER}/${language}.toml" bytes HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
    string(APPEND arrays "constexpr unsigned char ${language}_toml[] = {${bytes}};\n")
endforeach()
file(WRITE "${OUT}" "// Made by src/messages/embed.cmake.
#include \"messages/built_in.hpp\"
namespace kemas::messages {
namespace {
${arrays}
template <std::size_t size>
std::string_view text(const unsigned char (&bytes)[size]) {
    return {reinterpret_cast<const char*>(bytes), size};
}
}  // namespace
std::string_view built_in(std::size_t language) { return language == 0 ? text(en_toml) : text(id_toml); }
}  // namespace kemas::messages
")
