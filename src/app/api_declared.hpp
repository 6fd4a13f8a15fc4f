// GET /api/v1/reports/declared. Knows no other route.
#pragma once

#include "app/api.hpp"

namespace kemas::app {

void add_declared_route(web::Server& server, Api& api);

}  // namespace kemas::app
