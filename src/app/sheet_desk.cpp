#include "app/sheet_desk.hpp"

#include <algorithm>
#include <filesystem>

#include "app/wall_clock.hpp"
#include "intake/seal.hpp"
#include "label/draw.hpp"

namespace kemas::app {
namespace {
namespace fs = std::filesystem;

tl::unexpected<SheetRefusal> refuse(std::string field, std::string why) {
    return tl::unexpected(SheetRefusal{std::move(field), std::move(why)});
}

fs::path folder_of(const settings::Settings& settings) {
    return fs::path(settings.label.layout).parent_path();
}

bool is_name(const std::string& name) {
    return !name.empty() && name.size() <= 64 &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == std::string::npos;
}

std::optional<Parcel> parcel_named(const ledger::SqlBooks& books, const std::string& id) {
    for (const auto& meaning : books.meanings(id)) {
        if (meaning.kind == CodeKind::parcel) return books.parcel({std::stoll(meaning.ref)});
        if (meaning.kind == CodeKind::order)
            for (const auto& parcel : books.parcels_of({std::stoll(meaning.ref)}))
                if (!parcel.voided_at.value) return parcel;
    }
    if (id.empty() || id.size() > 15 || id.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    return books.parcel({std::stoll(id)});
}

std::string in_row(const SheetWish& wish, std::size_t row, const std::string& field) {
    return wish.rows.size() == 1 ? field : "rows[" + std::to_string(row) + "]." + field;
}

std::string list_of(std::span<const std::string_view> all) {
    std::string text;
    for (const auto each : all) text += (text.empty() ? "" : ", ") + std::string(each);
    return text;
}

}  // namespace

bool SheetDesk::draw(SheetWish wish, std::function<void(Drawn)> on_drawn) {
    return reader_.ask([this, wish = std::move(wish), on_drawn = std::move(on_drawn)](
                           const ReadView& view) { on_drawn(make(view, wish)); });
}

std::vector<SheetLayout> SheetDesk::layouts() const {
    std::vector<SheetLayout> all;
    std::error_code ignored;
    for (const auto& file : fs::directory_iterator(folder_of(settings_), ignored)) {
        if (file.path().extension() != ".toml") continue;
        const auto layout = label::load_layout(file.path().string());
        if (!layout) continue;
        SheetLayout each;
        each.name = file.path().stem().string();
        each.kind = layout->kind;
        each.width_tenths_mm = layout->width * 10 / layout->dots_per_mm;
        each.height_tenths_mm = layout->height * 10 / layout->dots_per_mm;
        const auto add = [](std::vector<std::string>& to, const std::string& name) {
            if (std::find(to.begin(), to.end(), name) == to.end()) to.push_back(name);
        };
        for (const auto& box : layout->boxes)
            for (const auto& field : box.text.fields()) {
                add(each.fields, field);
                if (box.required && box.when.empty() && box.unless.empty())
                    add(each.required, field);
            }
        std::sort(each.fields.begin(), each.fields.end());
        std::sort(each.required.begin(), each.required.end());
        all.push_back(std::move(each));
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return all;
}

std::string SheetDesk::names() const {
    std::string text;
    for (const auto& each : layouts()) text += (text.empty() ? "" : ", ") + each.name;
    return text;
}

tl::expected<label::Layout, SheetRefusal> SheetDesk::layout_for(const std::string& name,
                                                                const Paper& paper) const {
    if (settings_.label.layout.empty())
        return refuse("layout", "The site file names no layout: set layout in its [label].");
    const auto path = folder_of(settings_) / (name + ".toml");
    if (!is_name(name) || !fs::is_regular_file(path))
        return refuse("layout",
                      "No layout is called \"" + name + "\". There are: " + names() + ".");
    auto layout = label::load_layout(path.string());
    if (layout && !paper.dpi.empty() &&
        std::find(paper.dpi.begin(), paper.dpi.end(), layout->dpi) == paper.dpi.end())
        layout = label::load_layout(path.string(), paper.dpi.front());
    if (!layout) return refuse("layout", layout.error().what);
    return std::move(*layout);
}

SheetDesk::Drawn SheetDesk::make(const ReadView& view, const SheetWish& wish) {
    const auto papers = papers_of(settings_);
    const auto known = papers.find(wish.printer);
    if (!wish.printer.empty() && known == papers.end()) {
        std::string there;
        for (const auto& [name, paper] : papers) there += (there.empty() ? "" : ", ") + name;
        return refuse("printer", "No printer is called \"" + wish.printer +
                                     "\". There are: " + (there.empty() ? "none" : there) + ".");
    }
    const Paper paper = known == papers.end() ? Paper{} : known->second;
    const auto layout = layout_for(wish.layout, paper);
    if (!layout) return tl::unexpected(layout.error());
    const auto now = wall_clock();
    Fields from_parcel;
    if (!wish.parcel.empty()) {
        const auto parcel = parcel_named(view.books, wish.parcel);
        if (!parcel)
            return refuse("parcel", "No parcel has the number " + wish.parcel +
                                        ": give a tracking number, an order that is being packed, "
                                        "or the parcel's own number.");
        from_parcel = parcel_fields(view, *parcel, layout->kind, settings_, now);
    }
    DrawnSheets all;
    all.kind = layout->kind;
    for (std::size_t row = 0; row < wish.rows.size(); ++row) {
        label::LabelContent content;
        content.fields = wish.rows[row];
        for (const auto& [name, value] : content.fields)
            if (!label::is_field_of(layout->kind, name))
                return refuse(in_row(wish, row, name),
                              "The layout " + wish.layout +
                                  " knows no field of this name. It has: " +
                                  list_of(label::fields_of(layout->kind)) + ".");
        for (const auto& [name, value] : from_parcel) content.fields.emplace(name, value);
        fill_from_books(view, layout->kind, settings_, now, content.fields);
        const auto drawn = label::draw(*layout, content);
        if (!drawn) return refuse(in_row(wish, row, drawn.error().field), drawn.error().why);
        if (!wish.printer.empty())
            if (const auto wrong = misfit(drawn->page, paper))
                return refuse(wrong->field, wrong->why);
        if (const auto wrong = check_.misread(*drawn))
            return refuse(in_row(wish, row, wrong->field), wrong->why);
        Sheet sheet;
        sheet.title = title_of(wish.layout, layout->kind, content.fields);
        sheet.bytes = job_of(drawn->page, paper, "kemas sheet " + sheet.title);
        sheet.hash = intake::sha256_hex(sheet.bytes);
        sheet.copies = wish.copies;
        if (row == 0) all.first = drawn->page;
        all.sheets.push_back(std::move(sheet));
    }
    return all;
}

}  // namespace kemas::app
