// GET /api/v1/layouts, POST /api/v1/prints and POST /api/v1/prints/preview
#include "app/api_prints.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "label/png.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

constexpr std::size_t longest_body = 256 * 1024;

web::Response wrong(const std::string& field, const std::string& why) {
    return web::problem(422, "Cannot print this", field + ": " + why,
                        {{"field", web::json_string(field)}});
}

std::string_view word_for(label::LayoutKind kind) {
    for (const auto& [name, each] : label::layout_kinds)
        if (each == kind) return name;
    return "";
}

// The wish in a request's body, or what is wrong with it.
struct Asked {
    SheetWish wish;
    std::string by;
    std::optional<web::Response> problem;
};

std::optional<Fields> fields_of(const json::value& from) {
    if (!from.is_object()) return std::nullopt;
    Fields fields;
    for (const auto& [name, value] : from.get_object()) {
        if (value.is_string())
            fields[name] = std::string(value.get_string());
        else if (value.is_int64())
            fields[name] = std::to_string(value.get_int64());
        else
            return std::nullopt;
    }
    return fields;
}

std::optional<web::Response> read_rows(const json::object& body, SheetWish& wish) {
    const char* shape = "a list of objects of texts, as [{\"tote\": \"T-17\"}]";
    const auto* one = body.if_contains("fields");
    const auto* many = body.if_contains("rows");
    if (one && many) return wrong("rows", "is set beside fields: one of the two.");
    if (!many) {
        auto fields = one ? fields_of(*one) : Fields{};
        if (!fields) return wrong("fields", "must be an object of texts, as {\"tote\": \"T-17\"}.");
        wish.rows.push_back(std::move(*fields));
        return std::nullopt;
    }
    if (!many->is_array() || many->get_array().empty())
        return wrong("rows", std::string("must be ") + shape + ".");
    if (many->get_array().size() > SheetDesk::most_rows)
        return wrong("rows", "has more than " + std::to_string(SheetDesk::most_rows) +
                                 ": ask for them in parts.");
    for (const auto& row : many->get_array()) {
        auto fields = fields_of(row);
        if (!fields) return wrong("rows", std::string("must be ") + shape + ".");
        wish.rows.push_back(std::move(*fields));
    }
    return std::nullopt;
}

Asked read_wish(const web::Request& request, bool prints) {
    Asked asked;
    boost::system::error_code ec;
    const auto parsed = json::parse(request.body, ec);
    const auto* body = ec ? nullptr : parsed.if_object();
    if (!body) {
        asked.problem = wrong("body", "must be a JSON object with layout, printer and by.");
        return asked;
    }
    for (const auto& [name, value] : *body) {
        constexpr std::string_view known[]{"layout", "printer", "by",    "parcel",
                                           "fields", "rows",    "copies"};
        if (std::find(std::begin(known), std::end(known), std::string_view(name)) !=
            std::end(known))
            continue;
        asked.problem = wrong(name,
                              "is not known here: layout, printer, by, copies, parcel, and "
                              "fields or rows.");
        return asked;
    }
    const auto text = [&](const char* name, bool needed) -> std::string {
        const auto* value = body->if_contains(name);
        if (value && value->is_string()) return std::string(value->get_string());
        if ((value || needed) && !asked.problem)
            asked.problem = wrong(name, value ? "must be a text." : "is missing.");
        return {};
    };
    asked.wish.layout = text("layout", true);
    asked.wish.printer = text("printer", prints);
    asked.by = text("by", prints);
    asked.wish.parcel = text("parcel", false);
    if (asked.problem) return asked;
    if (prints && asked.wish.printer.empty()) asked.problem = wrong("printer", "is empty.");
    if (const auto* copies = body->if_contains("copies")) {
        if (!copies->is_int64() || copies->get_int64() < 1 ||
            copies->get_int64() > SheetDesk::most_copies) {
            asked.problem = wrong("copies", "must be a whole number from 1 to " +
                                                std::to_string(SheetDesk::most_copies) + ".");
            return asked;
        }
        asked.wish.copies = static_cast<int>(copies->get_int64());
    }
    if (!asked.problem) asked.problem = read_rows(*body, asked.wish);
    if (!asked.problem && asked.wish.rows.size() * static_cast<std::size_t>(asked.wish.copies) >
                              SheetDesk::most_sheets)
        asked.problem =
            wrong("copies", "makes more than " + std::to_string(SheetDesk::most_sheets) +
                                " sheets: ask for them in parts.");
    return asked;
}

// Any operator prints; what lets people in or commands a station, a supervisor.
std::optional<web::Response> may_not(const Api& api, const std::string& by,
                                     label::LayoutKind kind) {
    const auto& operators = api.site->operators;
    if (operators.empty()) return std::nullopt;
    const auto who = operators.find(by);
    if (who == operators.end())
        return web::problem(403, "Who asks", "by: no operator has the id \"" + by + "\".",
                            {{"field", "\"by\""}});
    if (kind == label::LayoutKind::badge && !who->second.supervisor)
        return web::problem(403, "Not allowed", "by: only a supervisor prints badges.",
                            {{"field", "\"by\""}});
    return std::nullopt;
}

void plan(Api& api, const web::Responder& respond, const Asked& asked, DrawnSheets drawn) {
    if (auto problem = may_not(api, asked.by, drawn.kind)) return respond(std::move(*problem));
    json::array titles;
    for (const auto& sheet : drawn.sheets)
        titles.push_back(json::object{{"sheet", sheet.title}, {"copies", sheet.copies}});
    SheetsAsked input{asked.wish.printer, asked.wish.layout, asked.by, std::move(drawn.sheets)};
    api.ledger.submit({api.new_key(), "", std::move(input)},
                      [&api, respond, titles = std::move(titles)](const Done& done) {
                          if (done.answer.code != "sheets_planned")
                              return send_outcome(api, respond, done.answer);
                          web::Response response;
                          response.body =
                              json::serialize(json::object{{"code", done.answer.code},
                                                           {"text", api.text_for(done.answer)},
                                                           {"sheets", titles}});
                          respond(std::move(response));
                      });
}

void draw(Api& api, const std::shared_ptr<SheetDesk>& desk, const web::Request& request,
          const web::Responder& respond, bool prints) {
    auto asked = read_wish(request, prints);
    if (asked.problem) return respond(*asked.problem);
    const auto wish = asked.wish;
    const bool taken = desk->draw(
        wish, [&api, desk, respond, asked = std::move(asked), prints](SheetDesk::Drawn drawn) {
            std::string png;
            if (drawn && !prints) png = label::to_png(drawn->first);
            auto shared = std::make_shared<SheetDesk::Drawn>(std::move(drawn));
            boost::asio::post(api.loop, [&api, respond, asked, prints, shared, png] {
                if (!*shared) return respond(wrong(shared->error().field, shared->error().why));
                if (prints) return plan(api, respond, asked, std::move(**shared));
                web::Response response;
                response.content_type = "image/png";
                response.body = png;
                respond(std::move(response));
            });
        });
    if (!taken) respond(web::problem(503, "Busy", "Too many labels wait to be drawn: try again."));
}

json::value millimetres(std::int64_t tenths) {
    if (tenths % 10 == 0) return tenths / 10;
    return static_cast<double>(tenths) / 10;
}

json::array texts(const std::vector<std::string>& all) {
    return json::array(all.begin(), all.end());
}

void list(Api& api, const std::shared_ptr<SheetDesk>& desk, const web::Responder& respond) {
    ask(api, respond, [desk](ReadView) {
        json::array layouts;
        for (const auto& each : desk->layouts())
            layouts.push_back(json::object{{"name", each.name},
                                           {"kind", word_for(each.kind)},
                                           {"width_mm", millimetres(each.width_tenths_mm)},
                                           {"height_mm", millimetres(each.height_tenths_mm)},
                                           {"fields", texts(each.fields)},
                                           {"required", texts(each.required)}});
        web::Response response;
        response.body = json::serialize(json::object{{"layouts", std::move(layouts)}});
        return response;
    });
}

}  // namespace

void add_print_routes(web::Server& server, Api& api, std::shared_ptr<SheetDesk> desk) {
    server.get("/api/v1/layouts", [&api, desk](const web::Request&, const web::Responder& respond) {
        list(api, desk, respond);
    });
    for (const bool prints : {true, false})
        server.post(
            prints ? "/api/v1/prints" : "/api/v1/prints/preview", longest_body, "application/json",
            [&api, desk, prints](const web::Request& request, const web::Responder& respond) {
                draw(api, desk, request, respond, prints);
            });
}

}  // namespace kemas::app
