// What becomes of one input: a repeat of a known answer, or a decision with its rows.
#include "core/floor/step.hpp"
#include "ledger/apply.hpp"
#include "ledger/journal_codec.hpp"
#include "ledger/ledger.hpp"

namespace kemas::ledger {
namespace {

std::vector<EffectRow> with_ids(const Decision& decision, Seq seq, Instant at) {
    std::vector<EffectRow> rows;
    for (const auto& effect : decision.effects) {
        EffectRow row;
        row.id = {seq, static_cast<int>(rows.size())};
        row.kind = effect.kind;
        row.station = effect.station;
        row.device = effect.device;
        row.parcel = effect.parcel;
        row.revision = effect.revision;
        row.about = effect.about;
        row.reference = effect.reference;
        row.planned_at = at;
        row.bytes = effect.bytes;
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

Done Ledger::decide(const Envelope& envelope, Instant now) {
    Done done;
    if (find_repeat(envelope, done)) return done;
    const auto recorded = record(envelope, now);
    if (envelope.station.empty())
        return apply(recorded, envelope, step(nullptr, recorded, *books_, site_->policy));
    const auto& at_station = station(envelope.station);
    return apply(recorded, envelope, step(&at_station, recorded, *books_, site_->policy));
}

Done Ledger::decide_guarded(const Envelope& envelope, Instant now) {
    const auto before = tip_;
    const auto facts_before = facts_total_;
    db_->run("SAVEPOINT input");
    Done done;
    try {
        done = decide(envelope, now);
    } catch (const StoreError& error) {
        if (!error.is_constraint()) throw;
        // Our own mistake in one decision: it is taken back alone, and the input still gets a row.
        db_->run("ROLLBACK TO input");
        tip_ = before;
        facts_total_ = facts_before;
        stations_.clear();
        if (tariff_changed_) books_->load_rates();
        Decision refused;
        refused.answer = {Answer::Kind::refused, "internal", {{"what", error.what()}}};
        done = apply(record(envelope, now), envelope, std::move(refused));
    }
    db_->run("RELEASE input");
    return done;
}

Recorded Ledger::record(const Envelope& envelope, Instant now) const {
    return {tip_.seq + 1, std::max(now, tip_.at), envelope.station, envelope.input};
}

bool Ledger::find_repeat(const Envelope& envelope, Done& done) {
    auto rows = db_->query("SELECT seq, at, answer FROM journal WHERE key = ?1", envelope.key);
    if (!rows.next()) return false;
    done.seq = rows.integer(0);
    done.at = {rows.integer(1)};
    done.repeat = true;
    done.answer = decode_answer(rows.text(2));
    return true;
}

Done Ledger::apply(const Recorded& recorded, const Envelope& envelope, Decision decision) {
    if (apply_changes(*db_, decision, recorded.seq, recorded.at)) {
        books_->load_rates();
        tariff_changed_ = true;
    }
    save_effects(*db_, decision, recorded.seq, recorded.at);
    if (decision.station) {
        save_station(*db_, *decision.station);
        stations_.insert_or_assign(recorded.station, std::move(*decision.station));
    }
    JournalRow row;
    row.seq = recorded.seq;
    row.at = recorded.at;
    row.epoch = epoch_;
    row.kind = kind_of(recorded.input);
    row.station = recorded.station;
    row.key = envelope.key;
    row.body = encode(recorded.input);
    row.answer = encode(decision.answer);
    row.facts = encode(decision.facts);
    row.facts_before = facts_total_;
    write_row(std::move(row));
    facts_total_ += static_cast<std::int64_t>(decision.facts.size());
    return {recorded.seq, recorded.at, false, std::move(decision.answer),
            with_ids(decision, recorded.seq, recorded.at)};
}

void Ledger::write_row(JournalRow row) {
    row.hash = chain_hash(tip_.hash, row);
    db_->run("INSERT INTO journal VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)", row.seq,
             row.at.value, row.epoch, row.kind, row.station, row.key, row.body, row.answer,
             row.facts, row.facts_before, Blob{row.hash});
    tip_ = {row.seq, row.at, std::move(row.hash)};
}

const Station& Ledger::station(const std::string& name) {
    if (const auto known = stations_.find(name); known != stations_.end()) return known->second;
    auto station = load_station(*db_, name).value_or(Station{});
    station.name = name;
    if (const auto plan = site_->stations.find(name); plan != site_->stations.end()) {
        station.kind = plan->second.kind;
        station.printer = plan->second.printer;
    }
    return stations_.insert_or_assign(name, std::move(station)).first->second;
}

}  // namespace kemas::ledger
