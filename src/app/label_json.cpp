#include "app/label_json.hpp"

#include <boost/json/array.hpp>

#include "app/wall_clock.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

json::value time_or_null(Instant at) {
    return at.value ? json::value(iso_text(at)) : json::value(nullptr);
}

}  // namespace

json::object label_file_json(const LabelFile& file) {
    return {{"id", file.id.value},
            {"name", file.name},
            {"source", file.source},
            {"by", file.by},
            {"sha256", file.hash},
            {"arrived_at", iso_text(file.arrived_at)},
            {"read_at", time_or_null(file.read_at)},
            {"state", !file.read_at.value  ? "reading"
                      : file.fault.empty() ? "read"
                                           : "refused"},
            {"pages", file.pages},
            {"fault", file.fault}};
}

json::object label_page_json(const ledger::SqlBooks& books, const LabelPage& page) {
    json::array codes;
    for (const auto& code : page.codes)
        codes.push_back(json::object{{"format", code.format},
                                     {"text", code.text},
                                     {"survives_growth", code.survives},
                                     {"only_finer", code.lost},
                                     {"dots_per_module", code.module_tenths / 10.0}});
    const auto parcel = page.parcel ? books.parcel(page.parcel) : std::nullopt;
    return {{"id", page.id.value},
            {"file", page.file.value},
            {"member", page.member_name},
            {"page", page.page + 1},
            {"kind", page.kind},
            {"state", to_text(page.state)},
            {"reason", page.reason},
            {"fault", page.fault},
            {"tracking_number", parcel ? parcel->tracking_number : ""},
            {"settled_by", page.settled_by},
            {"codes", std::move(codes)},
            {"picture", "/api/v1/labels/pages/" + std::to_string(page.id.value) + "/picture"}};
}

json::object label_run_json(const LabelRun& run) {
    const bool waits = run.broken_at > run.settled_at;
    return {{"id", run.id.value},
            {"station", run.station},
            {"printer", run.device},
            {"by", run.by},
            {"labels", run.labels},
            {"asked_at", iso_text(run.asked_at)},
            {"state", waits ? "broken" : "running"},
            {"broken", waits ? run.broken : ""}};
}

}  // namespace kemas::app
