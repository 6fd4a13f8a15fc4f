// POST /api/v1/reports/invoice: a courier's invoice against our prices
#include <boost/asio/post.hpp>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "app/api.hpp"
#include "app/api_reliability.hpp"
#include "app/invoice_run.hpp"
#include "app/rate_shelf.hpp"
#include "intake/invoice_csv.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

constexpr std::size_t most_bytes = 16 * 1024 * 1024;

web::Response bad_rows(const intake::RowFaults& faults) {
    constexpr std::size_t most_shown = 1000;
    json::array errors;
    for (const auto& fault : faults)
        if (errors.size() < most_shown)
            errors.push_back(json::object{
                {"line", fault.line}, {"column", fault.column}, {"reason", fault.reason}});
    return web::problem(
        422, "Not read",
        "Faults in the file: " + std::to_string(faults.size()) + ". Mend them and send it again.",
        {{"errors", json::serialize(errors)}});
}

// ?language=en or id, else the site's; nothing when it is another one.
std::optional<rating::Tongue> tongue_of(const web::Request& request, const Api& api) {
    const auto asked = request.query_value("language");
    const std::string_view word = asked ? *asked : std::string_view(api.settings.language);
    if (word == "id") return rating::Tongue::indonesian;
    if (word == "en" || !asked) return rating::Tongue::english;
    return std::nullopt;
}

// One report from its file to its answer, slice after slice on the read thread: what else waits for
// that thread comes in between.
class Reporting : public std::enable_shared_from_this<Reporting> {
 public:
    Reporting(Api& api, web::Responder respond, rating::Tongue tongue)
        : reader_(api.reader),
          loop_(api.loop),
          site_(api.site),
          rates_(api.rates),
          respond_(std::move(respond)),
          tongue_(tongue) {}

    void begin(std::string csv) {
        then([self = shared_from_this(), csv = std::move(csv)](ReadView) {
            auto in = intake::invoice_from_csv(csv);
            if (!in.errors.empty()) return self->answer(bad_rows(in.errors));
            self->run_.emplace(std::move(in.rows), self->site_, self->rates_, self->tongue_);
            self->go_on();
        });
    }

 private:
    void go_on() {
        then([self = shared_from_this()](ReadView view) {
            if (!self->run_->go_on(view)) return self->go_on();
            web::Response response;
            response.body = json::serialize(self->run_->report());
            self->answer(std::move(response));
        });
    }

    void then(ReadThread::Question question) {
        if (reader_.ask(std::move(question))) return;
        answer(web::problem(503, "Busy", "Too many questions wait: try again in a second."));
    }

    void answer(web::Response response) {
        boost::asio::post(loop_, [respond = respond_, response = std::move(response)]() mutable {
            respond(std::move(response));
        });
    }

    ReadThread& reader_;
    boost::asio::any_io_executor loop_;
    std::shared_ptr<const Site> site_;
    std::shared_ptr<RateShelf> rates_;
    web::Responder respond_;
    rating::Tongue tongue_;
    std::optional<InvoiceRun> run_;
};

}  // namespace

void add_report_routes(web::Server& server, Api& api) {
    add_reliability_route(server, api);
    server.post("/api/v1/reports/invoice", most_bytes, "text/csv",
                [&api](const web::Request& request, const web::Responder& respond) {
                    const auto tongue = tongue_of(request, api);
                    if (!tongue)
                        return respond(web::problem(422, "Unknown language",
                                                    "language must be en or id; leave it out for "
                                                    "the site's own."));
                    std::make_shared<Reporting>(api, respond, *tongue)->begin(request.body);
                });
}

}  // namespace kemas::app
