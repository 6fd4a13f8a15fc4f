// What the books and the site file know of a sheet's fields, so that a person types only the rest.
// Knows no layout file and draws nothing.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "app/read_thread.hpp"
#include "label/content.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

using Fields = std::map<std::string, std::string>;

// Of a parcel: who gets it, what is in it. For packing slips, returns and logistic labels.
Fields parcel_fields(const ReadView& view, const Parcel& parcel, label::LayoutKind kind,
                     const settings::Settings& settings, Instant now);

// Of what is named in the row: a SKU's name and barcode, a badge's owner. What is given stays.
void fill_from_books(const ReadView& view, label::LayoutKind kind,
                     const settings::Settings& settings, Instant now, Fields& fields);

// What a sheet is called where it is asked about, without anybody's name: "tote-100x50 T-17".
std::string title_of(const std::string& layout, label::LayoutKind kind, const Fields& fields);

}  // namespace kemas::app
