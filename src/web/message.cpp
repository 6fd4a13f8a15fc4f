#include "web/message.hpp"

#include <array>

#include "web/text.hpp"

namespace kemas::web {

namespace {
constexpr std::array<std::string_view, 7> method_names{"GET",   "HEAD",   "POST",   "PUT",
                                                       "PATCH", "DELETE", "OPTIONS"};
}

std::string_view name_of(Method method) {
    return method_names[static_cast<std::size_t>(method)];
}

std::optional<Method> method_named(std::string_view name) {
    for (std::size_t i = 0; i < method_names.size(); ++i) {
        if (method_names[i] == name) return static_cast<Method>(i);
    }
    return std::nullopt;
}

std::string_view Request::param(std::string_view name) const {
    for (const auto& [key, value] : params) {
        if (key == name) return value;
    }
    return {};
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
    for (const auto& [key, value] : query) {
        if (key == name) return value;
    }
    return std::nullopt;
}

std::optional<std::string_view> Request::header(std::string_view name) const {
    return field_of(head, name);
}

struct Responder::Once {
    std::function<void(Response)> deliver;

    explicit Once(std::function<void(Response)> function) : deliver(std::move(function)) {}
    Once(const Once&) = delete;
    ~Once() {
        if (deliver) {
            deliver(problem(500, "No answer",
                            "The server forgot to answer this request; it may or may not have been "
                            "done. Look at its effect before sending it again."));
        }
    }
};

Responder::Responder(std::function<void(Response)> deliver)
    : once_(std::make_shared<Once>(std::move(deliver))) {}

void Responder::operator()(Response response) const {
    if (!once_->deliver) return;
    auto deliver = std::exchange(once_->deliver, nullptr);
    deliver(std::move(response));
}

bool Responder::answered() const {
    return !once_->deliver;
}

}  // namespace kemas::web
