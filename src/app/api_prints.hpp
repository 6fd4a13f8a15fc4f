// Printing what is no parcel's courier label, over HTTP.
#pragma once

#include <memory>

#include "app/api.hpp"
#include "app/sheet_desk.hpp"

namespace kemas::app {

// The routes keep the desk.
void add_print_routes(web::Server& server, Api& api, std::shared_ptr<SheetDesk> desk);

}  // namespace kemas::app
