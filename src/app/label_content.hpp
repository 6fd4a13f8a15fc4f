// What a courier label says about a parcel.
#pragma once

#include "core/books.hpp"
#include "label/content.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

label::LabelContent label_content(const Books& books, const Parcel& parcel, const EffectRow& effect,
                                  const settings::Settings& settings, const std::string& currency);

}  // namespace kemas::app
