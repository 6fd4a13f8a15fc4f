// A packing as the API's JSON and as a picture. Knows no request.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "app/order_packing.hpp"
#include "core/cartonize/picture.hpp"

namespace kemas::app {

boost::json::object packing_json(const OrderPacking& packing, const Order& order);
cartonize::PictureWords picture_words(const std::string& language);

}  // namespace kemas::app
