// A page as PDF: one image of one bit a dot, drawn at exactly its size.
#include <zlib.h>

#include <cassert>
#include <cstdio>
#include <vector>

#include "drivers/printer/raster_codecs.hpp"

namespace kemas::printer {
namespace {

std::string deflated(const std::vector<std::uint8_t>& bytes) {
    uLongf size = compressBound(static_cast<uLong>(bytes.size()));
    std::string out(size, '\0');
    const int status = compress2(reinterpret_cast<Bytef*>(out.data()), &size, bytes.data(),
                                 static_cast<uLong>(bytes.size()), Z_DEFAULT_COMPRESSION);
    assert(status == Z_OK);  // the buffer is as large as zlib asked for
    static_cast<void>(status);
    out.resize(size);
    return out;
}

// Points of 1/72 inch, to four places and never more: 800 dots at 8 a millimetre are 283.4645. A
// hair too much, and a reader would begin an 801st dot.
std::string points(int dots, int per_mm) {
    const long long parts = 7'200'000LL * dots / (254LL * per_mm);
    char text[32];
    std::snprintf(text, sizeof text, "%lld.%04lld", parts / 10'000, parts % 10'000);
    return text;
}

class Document {
 public:
    void object(const std::string& body) {
        places_.push_back(out_.size());
        out_ += std::to_string(places_.size()) + " 0 obj\n" + body + "\nendobj\n";
    }
    void stream(const std::string& dictionary, const std::string& data) {
        object("<< " + dictionary + " /Length " + std::to_string(data.size()) + " >>\nstream\n" +
               data + "\nendstream");
    }
    std::string finished() {
        const auto table = out_.size();
        const auto count = std::to_string(places_.size() + 1);
        out_ += "xref\n0 " + count + "\n0000000000 65535 f \n";
        for (const auto place : places_) {
            char line[32];
            std::snprintf(line, sizeof line, "%010zu 00000 n \n", place);
            out_ += line;
        }
        return out_ + "trailer\n<< /Size " + count + " /Root 1 0 R >>\nstartxref\n" +
               std::to_string(table) + "\n%%EOF\n";
    }

 private:
    std::string out_ = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n";  // the second line says: bytes, not text
    std::vector<std::size_t> places_;
};

}  // namespace

std::string encode_pdf(const Page& page) {
    const int per_mm = dots_per_mm(page.dpi);
    const auto width = points(page.width, per_mm), height = points(page.height, per_mm);
    Document document;
    document.object("<< /Type /Catalog /Pages 2 0 R >>");
    document.object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    document.object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 " + width + " " + height +
                    "] /Resources << /XObject << /Page 5 0 R >> >> /Contents 4 0 R >>");
    document.stream("", "q " + width + " 0 0 " + height + " 0 0 cm /Page Do Q");
    document.stream("/Type /XObject /Subtype /Image /Width " + std::to_string(page.width) +
                        " /Height " + std::to_string(page.height) +
                        " /ColorSpace /DeviceGray /BitsPerComponent 1 /Decode [1 0] "
                        "/Interpolate false /Filter /FlateDecode",
                    deflated(page.bits));
    return document.finished();
}

}  // namespace kemas::printer
