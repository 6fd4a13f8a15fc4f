// The route that tells how couriers kept their word.
#pragma once

#include "app/api.hpp"

namespace kemas::app {

void add_reliability_route(web::Server& server, Api& api);

}  // namespace kemas::app
