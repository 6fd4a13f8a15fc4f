#include "tools/sim/demo_day.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fstream>
#include <sstream>

#include "intake/field_fault.hpp"
#include "intake/orders_json.hpp"
#include "intake/skus_csv.hpp"
#include "intake/stock_csv.hpp"
#include "intake/table.hpp"

namespace kemas::sim {

namespace json = boost::json;

namespace {

struct Broken {  // within this file only: carried out as a Fault by load_demo_day
    std::string what;
};

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw Broken{"cannot read " + path + "; make it with config/demo/generate.py --out FOLDER"};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void refuse_errors(const std::string& path, const intake::RowFaults& errors) {
    if (!errors.empty()) throw Broken{path + ": " + intake::to_text(errors.front())};
}

void load_goods(DemoDay& day, const std::string& folder) {
    const auto skus_path = folder + "/skus.csv", stock_path = folder + "/stock.csv";
    auto skus = intake::skus_from_csv(read_file(skus_path));
    refuse_errors(skus_path, skus.errors);
    for (auto& row : skus.rows) day.skus.emplace(row.sku, row);
    auto stock = intake::stock_from_csv(read_file(stock_path));
    refuse_errors(stock_path, stock.errors);
    for (auto& row : stock.rows) day.location_of.try_emplace(row.sku, row.location);
}

void load_site(DemoDay& day, const std::string& folder) {
    constexpr std::int64_t kMostMilligrams = 1'000'000'000;
    const auto cartons_path = folder + "/cartons.csv", operators_path = folder + "/operators.csv";
    const auto carton_rows = read_file(cartons_path), operator_rows = read_file(operators_path);
    intake::Table cartons(
        carton_rows, {"code", "tare_g", "tare_spread_g"},
        {"name", "length_mm", "width_mm", "height_mm", "kind", "inner_length_mm", "inner_width_mm",
         "inner_height_mm", "flat_length_mm", "flat_width_mm", "usable_mm", "max_gross_g", "cost"});
    const auto side = [&](const char* column) {
        return Millimetres{cartons.integer(column, 0, 10'000, 0)};
    };
    while (cartons.next())
        day.cartons[cartons.id("code", true)] = {
            {cartons.thousandths("tare_g", kMostMilligrams)},
            {cartons.thousandths("tare_spread_g", kMostMilligrams)},
            {side("length_mm"), side("width_mm"), side("height_mm")}};
    refuse_errors(cartons_path, cartons.take_errors());
    intake::Table operators(operator_rows, {"id", "badge", "role"}, {"name"});
    while (operators.next()) {
        const auto badge = operators.id("badge", true);
        if (operators.text("role") == "supervisor")
            day.supervisor = badge;
        else
            day.packers.push_back(badge);
    }
    refuse_errors(operators_path, operators.take_errors());
    if (day.packers.empty()) throw Broken{operators_path + ": has no packer"};
}

std::string text_of(const json::object& object, const char* key, bool required = true) {
    const auto* value = object.if_contains(key);
    if (value && value->is_string()) return std::string(value->get_string());
    if (required) throw Broken{"an order of the plan has no text '" + std::string(key) + "'"};
    return {};
}

std::optional<PlannedCancel> cancel_of(const json::object& object) {
    const auto* value = object.if_contains("cancel");
    if (!value || !value->is_object()) return std::nullopt;
    const auto& cancel = value->get_object();
    const auto moment = text_of(cancel, "moment");
    if (moment != "before_open" && moment != "after_first_item")
        throw Broken{"moment '" + moment + "' is neither before_open nor after_first_item"};
    return PlannedCancel{moment == "before_open" ? PlannedCancel::Moment::before_open
                                                 : PlannedCancel::Moment::after_first_item,
                         text_of(cancel, "by"), text_of(cancel, "reason")};
}

void load_plan(DemoDay& day, const std::string& folder, const std::string& path) {
    const auto orders_path = folder + "/orders.json";
    auto drafts = intake::orders_from_json(read_file(orders_path));
    if (!drafts) throw Broken{orders_path + ": " + intake::to_text(drafts.error())};
    std::map<OrderKey, OrderDraft> by_key;
    for (auto& draft : *drafts) by_key.emplace(draft.key, draft);
    boost::system::error_code error;
    const auto plan = json::parse(read_file(path), error);
    const auto* root = error ? nullptr : plan.if_object();
    const auto* list = root ? root->if_contains("orders") : nullptr;
    if (!list || !list->is_array()) throw Broken{path + ": is not {\"orders\": [...]}"};
    for (const auto& each : list->get_array()) {
        if (!each.is_object()) throw Broken{path + ": an order is not an object"};
        const auto& one = each.get_object();
        const OrderKey key{text_of(one, "channel"), text_of(one, "shop"),
                           text_of(one, "external_id")};
        const auto draft = by_key.find(key);
        if (draft == by_key.end())
            throw Broken{path + ": " + key.external_id + " is not in orders.json"};
        day.orders.push_back({draft->second, text_of(one, "expect"), text_of(one, "why", false),
                              text_of(one, "carton"), cancel_of(one)});
    }
}

void make_jobs(DemoDay& day) {
    std::map<std::string, std::size_t> group_job;
    for (std::size_t i = 0; i < day.orders.size(); ++i) {
        const auto& group = day.orders[i].draft.combine_group;
        const auto known = group.empty() ? group_job.end() : group_job.find(group);
        if (known != group_job.end()) {
            day.jobs[known->second].push_back(i);
            continue;
        }
        if (!group.empty()) group_job[group] = day.jobs.size();
        day.jobs.push_back({i});
    }
}

}  // namespace

Result<DemoDay> load_demo_day(const std::string& folder, const std::string& plan) {
    try {
        DemoDay day;
        load_goods(day, folder);
        load_site(day, folder);
        load_plan(day, folder, plan.empty() ? folder + "/plan.json" : plan);
        make_jobs(day);
        return day;
    } catch (const Broken& broken) {
        return fail(Remedy::stop, broken.what);
    }
}

}  // namespace kemas::sim
