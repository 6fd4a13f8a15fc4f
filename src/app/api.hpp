// The HTTP face: routes that turn requests into inputs and books into JSON. Each group of routes is
// a file of its own.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <string>

#include "app/line_desk.hpp"
#include "app/rate_shelf.hpp"
#include "app/read_thread.hpp"
#include "app/status_board.hpp"
#include "drivers/camera/decoder_pool.hpp"
#include "messages/catalogue.hpp"
#include "runtime/ledger_thread.hpp"
#include "settings/settings.hpp"
#include "web/server.hpp"

namespace kemas::app {

// What reading the site's files again came to.
struct Reloaded {
    std::vector<std::string> changed;        // devices made anew: "scale scale-1"
    std::vector<std::string> needs_restart;  // changed sections that only a restart takes: "[http]"
};

class CourierDesk;
class DeviceDesk;
class LabelFiles;
class PackingDesk;
class PagePress;

struct Api {
    boost::asio::any_io_executor loop;
    runtime::LedgerThread& ledger;
    ReadThread& reader;
    StatusBoard& board;
    const Catalogue& catalogue;
    const settings::Settings& settings;
    const std::shared_ptr<const Site>& site;  // as it is now
    std::string epoch;                        // id of this start, for keys
    std::uint64_t inputs = 0;
    std::uint64_t& scans;
    std::uint64_t& refused;
    std::function<Result<Reloaded>()> reload;
    camera::DecoderPool* decoder = nullptr;  // of pictures sent to us
    LabelFiles* label_files = nullptr;
    PagePress* label_pages = nullptr;

    std::function<LineDesk*(std::string_view name)> line;  // nullptr = there is none
    CourierDesk* couriers = nullptr;
    PackingDesk* packing = nullptr;
    std::shared_ptr<RateShelf> rates = std::make_shared<RateShelf>();  // the read thread's

    std::string new_key() { return "http:" + epoch + ":" + std::to_string(++inputs); }
    std::string text_for(const Answer& answer) const {
        return catalogue.text(answer, settings.language);
    }
};

void add_order_routes(web::Server& server, Api& api);
void add_stop_routes(web::Server& server, Api& api);
void add_parcel_routes(web::Server& server, Api& api);
void add_manifest_routes(web::Server& server, Api& api);
void add_effect_routes(web::Server& server, Api& api);
void add_import_routes(web::Server& server, Api& api);
void add_quote_routes(web::Server& server, Api& api);
void add_assortment_route(web::Server& server, Api& api);
void add_declared_route(web::Server& server, Api& api);
void add_invoice_route(web::Server& server, Api& api);
void add_reliability_route(web::Server& server, Api& api);
void add_packing_routes(web::Server& server, Api& api);
void add_station_routes(web::Server& server, Api& api);
void add_scan_routes(web::Server& server, Api& api);
void add_device_routes(web::Server& server, Api& api, DeviceDesk& devices);
void add_reload_route(web::Server& server, Api& api);
void add_picture_routes(web::Server& server, Api& api);
void add_line_routes(web::Server& server, Api& api);
void add_courier_routes(web::Server& server, Api& api);
void add_label_routes(web::Server& server, Api& api);
void add_label_run_routes(web::Server& server, Api& api);
void add_channel_routes(web::Server& server, Api& api);
void add_system_routes(web::Server& server, Api& api);

// ---- shared by the groups (api_answers.cpp)

// 200 {"ok","kind","code","text"} for a station's scan.
web::Response scan_response(const Api& api, const Answer& answer);

// 200 {"code","text"}, or 409 with the refusal's text.
void send_outcome(const Api& api, const web::Responder& respond, const Answer& answer);
// Runs a question on the read thread and sends its answer from the loop thread.
void ask(Api& api, const web::Responder& respond, std::function<web::Response(ReadView)> question);
// The order a request names: its number, and channel and shop where those are needed to tell.
struct Found {
    std::optional<Order> order;
    web::Response problem;  // when there is none: 404, or 409 with the choices
};
Found find_order(const ledger::SqlBooks& books, const std::string& number,
                 const web::Request& request);
// {"by": ..., "reason": ...}; a problem in `problem` when the body is something else.
struct ByReason {
    std::string by, reason;
    std::optional<web::Response> problem;
};
ByReason read_by_reason(const web::Request& request);

}  // namespace kemas::app
