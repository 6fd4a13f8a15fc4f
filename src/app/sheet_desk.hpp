// Draws what is no parcel's courier label and is asked for by a person: item, tote, location and
// badge labels, command sheets, packing slips, returns, logistic labels. Prints nothing itself.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <map>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "app/paper.hpp"
#include "app/read_thread.hpp"
#include "app/sheet_fields.hpp"
#include "core/input.hpp"
#include "drivers/camera/drawn_check.hpp"
#include "label/layout.hpp"

namespace kemas::app {

struct SheetWish {
    std::string layout;        // its file's name without .toml: "tote-100x50"
    std::string printer;       // empty only for a picture
    std::string parcel;        // the tracking or own number whose fields it has; empty = none
    std::vector<Fields> rows;  // one sheet each; at least one
    int copies = 1;            // of each
};

struct DrawnSheets {
    std::vector<Sheet> sheets;
    Page first;  // for eyes
    label::LayoutKind kind = label::LayoutKind::item;
};

// What is wrong with a wish, and where: "layout", "printer", "rows[2].tote".
struct SheetRefusal {
    std::string field, why;
};

struct SheetLayout {
    std::string name;
    label::LayoutKind kind = label::LayoutKind::item;
    std::int64_t width_tenths_mm = 0, height_tenths_mm = 0;
    std::vector<std::string> fields, required;
};

class SheetDesk {
 public:
    using Drawn = tl::expected<DrawnSheets, SheetRefusal>;

    // `reader` runs the drawing; give it one that may take its time. Layouts lie in the folder of
    // the site's courier layout.
    SheetDesk(const settings::Settings& settings, ReadThread& reader, const std::string& decoder)
        : settings_(settings), reader_(reader), check_(decoder) {}

    // `on_drawn` runs on the reader's thread. False = too many wait.
    bool draw(SheetWish wish, std::function<void(Drawn)> on_drawn);
    // Those in the folder that can be read, by name.
    std::vector<SheetLayout> layouts() const;

    static constexpr std::size_t most_rows = 100;
    static constexpr int most_copies = 100;
    static constexpr std::size_t most_sheets = 500;

 private:
    Drawn make(const ReadView& view, const SheetWish& wish);
    tl::expected<label::Layout, SheetRefusal> layout_for(const std::string& name,
                                                         const Paper& paper) const;
    std::string names() const;

    const settings::Settings& settings_;
    ReadThread& reader_;
    camera::DrawnCheck check_;  // of the reader's thread
};

}  // namespace kemas::app
