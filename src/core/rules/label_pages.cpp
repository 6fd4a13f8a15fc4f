// A page finds its parcel by tracking number; what does not fit goes to a person.
#include <algorithm>

#include "core/rules/label_page_codes.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

std::string number_text(std::int64_t value) {
    return std::to_string(value);
}

// Why the parcel takes no page now; empty = it does.
std::string taken(const Turn& turn, const Parcel& parcel) {
    const auto number = parcel.tracking_number;
    if (parcel.voided_at.value) return "parcel " + number + " is void";
    if (parcel.handed_over_at.value) return "parcel " + number + " was handed over already";
    if (const auto page = turn.books.label_page_of(parcel.id))
        return number + " has page " + number_text(page->id.value) + " already";
    if (!parcel.label.empty()) return number + " came with its label";
    return "";
}

// A label that was on paper before is printed again by itself, where it was printed last.
void print_anew(Turn& turn, Parcel& parcel) {
    if (!parcel.revision || !parcel.closed_at.value || !parcel.weighed_at.value) return;
    const auto effects = turn.books.effects_of(parcel.id);
    const auto last = std::ranges::find(effects.rbegin(), effects.rend(), EffectKind::print_label,
                                        &EffectRow::kind);
    if (last == effects.rend()) return;
    parcel.revision += 1;
    turn.plan(
        {EffectKind::prepare_label, last->station, last->device, parcel.id, parcel.revision, ""});
}

void bind(Turn& turn, Parcel parcel, LabelPage page, const std::string& by) {
    const auto file = turn.books.label_file(page.file);
    page.state = PageState::bound;
    page.parcel = parcel.id;
    page.reason.clear();
    page.settled_at = turn.now();
    page.settled_by = by;
    parcel.label = file ? file->hash : "";
    bind_aliases(turn, parcel, identifying_codes(turn, page.codes));
    print_anew(turn, parcel);
    turn.change(PutLabelPage{page});
    turn.change(PutParcel{parcel});
}

void list(Turn& turn, LabelPage page, PageState state, const std::string& reason) {
    page.state = state;
    page.reason = reason;
    turn.change(PutLabelPage{page});
    turn.accept("label_page_listed", {{"page", number_text(page.id.value)}, {"reason", reason}});
}

void place(Turn& turn, const LabelPage& page) {
    if (!page.fault.empty()) return list(turn, page, PageState::unreadable, page.fault);
    const auto codes = identifying_codes(turn, page.codes);
    if (codes.empty())
        return list(turn, page, PageState::unreadable, "no barcode on it names a parcel");
    const auto named = parcels_named(turn, codes);
    if (named.empty()) {
        turn.change(PutLabelPage{page});
        return turn.accept("label_page_waiting",
                           {{"page", number_text(page.id.value)}, {"code", codes.front().text}});
    }
    if (named.size() > 1)
        return list(turn, page, PageState::ambiguous,
                    "it names " + named[0].tracking_number + " and " + named[1].tracking_number);
    if (const auto why = taken(turn, named.front()); !why.empty())
        return list(turn, page, PageState::second, why);
    bind(turn, named.front(), page, "kemas");
    turn.accept("label_page_bound", {{"page", number_text(page.id.value)},
                                     {"tracking", named.front().tracking_number}});
}

std::vector<LabelPage> waiting_for(const Turn& turn, const Order& order, const Parcel& parcel) {
    std::vector<LabelPage> pages;
    for (const auto& code : {parcel.tracking_number, order.package_number}) {
        if (code.empty()) continue;
        for (auto& page : turn.books.label_pages_with(code)) {
            const bool known =
                std::ranges::any_of(pages, [&](const auto& p) { return p.id == page.id; });
            if (page.state == PageState::waiting && !known) pages.push_back(std::move(page));
        }
    }
    return pages;
}

}  // namespace

void on_label_page_arrived(Turn& turn, const LabelPageArrived& in) {
    if (!turn.books.label_file(in.file))
        return turn.refuse("unknown_label_file", {{"file", number_text(in.file.value)}});
    if (const auto known = turn.books.label_page_at(in.file, in.member, in.page))
        return turn.accept("label_page_known", {{"page", number_text(known->id.value)}});
    LabelPage page;
    page.id = turn.books.next_label_page_id();
    page.file = in.file;
    page.member = in.member;
    page.page = in.page;
    page.member_name = in.member_name;
    page.kind = in.kind;
    page.fault = in.fault;
    page.codes = in.codes;
    page.arrived_at = turn.now();
    place(turn, page);
}

void bind_waiting_page(Turn& turn, const Order& order, Parcel parcel) {
    if (!parcel.label.empty()) return;
    const auto pages = waiting_for(turn, order, parcel);
    if (pages.empty()) return;
    for (auto page : pages) {
        const auto named = parcels_named(turn, identifying_codes(turn, page.codes));
        const bool others =
            std::ranges::any_of(named, [&](const auto& other) { return other.id != parcel.id; });
        if (pages.size() == 1 && !others) return bind(turn, std::move(parcel), page, "kemas");
        page.state = others ? PageState::ambiguous : PageState::second;
        page.reason = others ? "it names " + parcel.tracking_number + " and another parcel"
                             : number_text(static_cast<std::int64_t>(pages.size())) +
                                   " pages name " + parcel.tracking_number;
        turn.change(PutLabelPage{page});
    }
}

void on_label_page_settled(Turn& turn, const LabelPageSettled& in) {
    auto page = turn.books.label_page(in.page);
    const auto number = number_text(in.page.value);
    if (!page) return turn.refuse("unknown_label_page", {{"page", number}});
    if (!is_unmatched(page->state))
        return turn.refuse("label_page_settled_before",
                           {{"page", number}, {"state", std::string(to_text(page->state))}});
    if (!in.parcel) {
        page->state = PageState::discarded;
        page->reason = in.reason;
        page->settled_at = turn.now();
        page->settled_by = in.by;
        turn.change(PutLabelPage{*page});
        return turn.accept("label_page_discarded", {{"page", number}});
    }
    auto parcel = turn.books.parcel(in.parcel);
    const auto order = parcel ? turn.books.order(parcel->order) : std::nullopt;
    if (!order) return turn.refuse("unknown_parcel", {{"parcel", number_text(in.parcel.value)}});
    if (!page->fault.empty())
        return turn.refuse("label_page_unprintable", {{"page", number}, {"why", page->fault}});
    if (parcel->arranged != Arranger::channel || parcel->voided_at.value ||
        parcel->handed_over_at.value)
        return turn.refuse("label_page_unwanted",
                           {{"page", number}, {"tracking", parcel->tracking_number}});
    // A person says this page instead of the one before: what that one printed must not leave.
    if (!parcel->label.empty())
        void_label(turn, *parcel, "page " + number + " replaces it: " + in.reason, in.by);
    bind(turn, *parcel, *page, in.by);
    turn.accept("label_page_bound", {{"page", number}, {"tracking", parcel->tracking_number}});
}

}  // namespace kemas
