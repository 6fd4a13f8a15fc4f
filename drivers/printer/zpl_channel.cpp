#include <algorithm>
#include <array>
#include <map>

#include "drivers/printer/zpl_codec.hpp"
#include "drivers/printer/zpl_tokens.hpp"

namespace kemas::printer {
namespace {

// What may stay: commands that place, style or draw. ^A? (fonts) and ^B? (barcodes) besides.
constexpr std::array drawing{"^FO", "^FT", "^FD", "^FV", "^FS", "^FH", "^FB", "^FW", "^FR",
                             "^FP", "^FC", "^TB", "^CF", "^CI", "^CV", "^CW", "^GB", "^GC",
                             "^GD", "^GE", "^GF", "^GS", "^LH", "^LR", "^PO", "^PM", "^PW",
                             "^LL", "^MU", "^SN", "^SF", "^XG", "^PA"};
constexpr std::array inking{"^FD", "^FV", "^GB", "^GC", "^GD", "^GE", "^GF", "^GS", "^SN", "^XG"};

constexpr std::size_t largest_drawn = 4 * largest_channel_zpl;

template <class List>
bool among(const List& list, const std::string& code) {
    return std::find(list.begin(), list.end(), code) != list.end();
}

bool draws(const std::string& code) {
    return among(drawing, code) || code.starts_with("^A") || code.starts_with("^B");
}

tl::unexpected<Fault> refuse(const std::string& why) {
    return fail(Remedy::call_person,
                "The channel's label " + why + ": fetch it again as plain ZPL or print it there.");
}

// "IMG1", "R:IMG1.GRF" and "r:img1" are one graphic.
std::string graphic_name(std::string_view written) {
    std::string name = without_line_ends(written);
    for (char& c : name) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    while (!name.empty() && name.back() == ' ') name.pop_back();
    if (name.size() < 2 || name[1] != ':') name = "R:" + name;
    return name.find('.') == std::string::npos ? name + ".GRF" : name;
}

// Takes the next parameter off the front of `data`.
std::string_view parameter(std::string_view& data) {
    const auto comma = data.find(',');
    const auto out = data.substr(0, comma);
    data = comma == std::string_view::npos ? std::string_view() : data.substr(comma + 1);
    return out;
}

using Graphics = std::map<std::string, std::string>;  // name to the ^GF that draws it

void keep_graphic(const ZplToken& token, Graphics& graphics) {
    std::string_view data = token.data;
    const std::string name = graphic_name(parameter(data));
    const std::string total(parameter(data)), row(parameter(data));
    graphics[name] = "^GFA," + total + "," + total + "," + row + "," + std::string(data);
}

class Sieve {
 public:
    // Empty when the token was taken or left out, else why the label is refused.
    std::string take(const ZplToken& token) {
        if (token.code == "~DG") return keep_graphic(token, graphics_), std::string();
        if (token.code == "^XA") {
            if (open_ && format_inks_) return "starts a second label inside the first";
            open_ = true;
            return {};
        }
        if (token.code == "^XZ") {
            if (open_ && format_inks_) ++labels_;
            open_ = format_inks_ = false;
            return labels_ > 1 ? "holds more than one label" : "";
        }
        if (!open_) return {};
        if (token.code == "^CC" || token.code == "^CD" || token.code == "^CT")
            return "changes the command prefixes (" + token.code + ")";
        if (token.code == "^XF" || token.code == "^IL" || token.code == "^IM" ||
            token.code == "^DF")
            return "uses a format stored in a printer (" + token.code + ")";
        if (!draws(token.code)) return {};
        if (labels_ == 1) return among(inking, token.code) ? "holds more than one label" : "";
        if (among(inking, token.code)) format_inks_ = true;
        if (token.code == "^XG") return place_graphic(token);
        if (token.code == "^GF" && !token.data.starts_with("A") && !token.data.starts_with("a"))
            return "carries a binary graphic (^GF" + std::string(token.data.substr(0, 1)) + ")";
        body_ += token.code + std::string(token.data);
        return {};
    }

    std::string unfinished() const {
        if (open_) return "ends in the middle (no ^XZ)";
        return labels_ == 0 ? "prints nothing (no ^XA with a field ... ^XZ)" : "";
    }
    const std::string& body() const { return body_; }

 private:
    std::string place_graphic(const ZplToken& token) {
        std::string_view data = token.data;
        const std::string name = graphic_name(parameter(data));
        const auto across = without_line_ends(parameter(data)), down = without_line_ends(data);
        const auto plain = [](const std::string& times) { return times.empty() || times == "1"; };
        const auto found = graphics_.find(name);
        if (found == graphics_.end())
            return "uses a graphic it does not bring along (" + name + ")";
        if (!plain(across) || !plain(down)) return "magnifies a stored graphic (" + name + ")";
        // A small label may name a large graphic a thousand times.
        if (body_.size() + found->second.size() > largest_drawn)
            return "draws its graphics too often (" + name + ")";
        body_ += found->second;
        return {};
    }

    Graphics graphics_;
    std::string body_;
    bool open_ = false;
    bool format_inks_ = false;
    int labels_ = 0;
};

}  // namespace

Result<std::string> channel_zpl(std::string_view zpl, std::string_view job_comment) {
    if (zpl.size() > largest_channel_zpl)
        return refuse("is larger than " + std::to_string(largest_channel_zpl / 1024) + " KiB");
    if (zpl.find('\0') != std::string_view::npos) return refuse("holds a NUL byte");
    Sieve sieve;
    for (const ZplToken& token : zpl_tokens(zpl))
        if (const std::string why = sieve.take(token); !why.empty()) return refuse(why);
    if (const std::string why = sieve.unfinished(); !why.empty()) return refuse(why);

    std::string out = "^XA^FX " + zpl_comment(job_comment) + "^FS";
    out += "^MUD^LH0,0^PON^PMN^LRN^FWN^BY2,3,10^CFA,9";  // what a fresh printer starts with
    return out + sieve.body() + "^FS^PQ1^XZ\n";
}

}  // namespace kemas::printer
