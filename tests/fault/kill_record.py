"""Judges kemasd's books, the paper and the shop's database by what the packers know. Every function
answers a list of faults, each a sentence; an empty list is a clean count."""
import collections
import json
import sqlite3

from kill_site import SKUS, STOCK_OF_EACH

DONE, RESOLVED = 2, 5  # states of an effect
UNKNOWN = 2            # outcome of one


def pick_faults(site, orders):
    """Each confirmed unit is in the books, and no other."""
    faults = []
    for order in orders:
        if order.bench is None:
            continue
        packed = collections.Counter()
        for line in site.order(order)["lines"]:
            packed[line["sku"]] += line["packed"]
        for sku in packed | order.picks:
            had, has = order.picks.get(sku, 0), packed[sku]
            if has < had:
                faults.append(f"{order.number}: lost {had - has} confirmed of {sku}")
            if has > had:
                faults.append(f"{order.number}: {sku} counted {has - had} times too often")
    return faults


def answer_faults(packers):
    """Each answered id gets its first answer again."""
    faults = []
    for packer in packers:
        for name, (code, answer) in packer.scanner.answers.items():
            again = packer.scanner.again(name)
            if again != answer:
                faults.append(f"{name} {code}: first {answer!r}, now {again!r}")
    return faults


def paper_faults(papers, orders):
    """One whole label a parcel; nothing sent twice; a further revision only when a packer asked."""
    faults = []
    sent = collections.Counter((p.parcel, p.revision) for p in papers)
    for (parcel, revision), times in sent.items():
        if times > 1 or not parcel:
            faults.append(f"label of parcel {parcel}, revision {revision}, was sent {times} times")
    whole = collections.Counter(p.tracking for p in papers if p.whole)
    newest = {}
    for paper in papers:
        newest[paper.tracking] = max(newest.get(paper.tracking, 0), paper.revision)
    known = {order.label: order for order in orders if order.label}
    for number, times in whole.items():
        if times > 1:
            faults.append(f"label {number} is on {times} papers")
    for number, revision in newest.items():
        asked = known[number].reprints if number in known else 0
        if revision > 1 + asked:
            faults.append(f"label {number} has revision {revision}, but {asked} reprints were asked for")
    for order in orders:
        if order.done and not whole[order.label]:
            faults.append(f"{order.number}: no whole label came out")
    return faults


def print_faults(papers, ledger):
    """What the ledger says of each label against what lies in the trays: (duplicates, false printed, started
    prints, of them asked about). A question counts that was to be seen at all, however short."""
    out = collections.Counter((p.parcel, p.revision) for p in papers if p.whole)
    duplicates = [f"parcel {parcel} revision {revision} came out {times} times"
                  for (parcel, revision), times in out.items() if times > 1]
    books = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    false, started = [], 0
    prints = set()
    for seq, index, parcel, revision, state, detail, at in books.execute(
            "select seq, idx, parcel_id, revision, state, detail, started_at from effects where kind = 1"):
        prints.add((seq, index))
        started += at > 0
        says_printed = state == DONE or (state == RESOLVED and detail.startswith("done"))
        if says_printed and not out[parcel, revision]:
            false.append(f"parcel {parcel} revision {revision} is called printed ({detail}), no paper came out")
    asked = set()
    for kind, body, answer in books.execute("select kind, body, answer from journal where kind in "
                                            "('effect_ended', 'print_counted', 'restarted')"):
        if kind == "restarted" or (kind == "effect_ended" and json.loads(body)["outcome"] != UNKNOWN):
            continue
        if kind == "print_counted" and json.loads(answer)["code"] != "print_unknown":
            continue
        asked.add(tuple(json.loads(body)["effect"]))
    asked |= {(seq, index) for seq, index in books.execute(
        "select seq, idx from effects where kind = 1 and (state = 4 or (state = 5 and resolved_by <> 'kemas') "
        "or detail like 'the daemon stopped%')")}
    books.close()
    return duplicates, false, started, len(asked & prints)


def shop_faults(path, orders, facts_in_ledger=None):
    """Each status came to the shop's database once, none is missing."""
    faults = []
    shop = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    by_order, by_line, by_parcel = (collections.Counter() for _ in range(3))
    for number, status in shop.execute("select external_id, status from kemas_order_status"):
        by_order[number, status] += 1
    for number, line, status, units in shop.execute(
            "select external_id, line_no, status, quantity from kemas_line_status"):
        by_line[number, line, status, units] += 1
    for number, status in shop.execute("select external_id, status from kemas_parcel_status"):
        by_parcel[number, status] += 1
    for row, times in [*by_order.items(), *by_line.items(), *by_parcel.items()]:
        if times > 1:
            faults.append(f"the shop heard {times} times: {row}")
    for order in orders:
        if not order.done:
            continue
        wanted = [(by_order, (order.number, s)) for s in ("packing", "packed", "shipped")]
        wanted += [(by_parcel, (order.number, s)) for s in ("closed", "weighed", "labelled", "staged")]
        wanted += [(by_line, (order.number, n, "packed", units)) for n, (_, units) in enumerate(order.lines, 1)]
        faults += [f"the shop never heard: {row}" for counted, row in wanted if counted[row] == 0]
    ids = [row for table in ("order", "line", "parcel") for row in
           shop.execute(f"select fact_id, epoch, seq, idx from kemas_{table}_status")]
    shop.close()
    if len({row[0] for row in ids}) != len(ids) or len({row[1:] for row in ids}) != len(ids):
        faults.append("a fact came under two ids, or two facts under one")
    if facts_in_ledger is not None and facts_in_ledger != len(ids):
        faults.append(f"the ledger has {facts_in_ledger} facts, the shop {len(ids)}")
    return faults


def ledger_faults(path, orders):
    """Read after kemasd's end: the moves make the stock, and the stock is what the packers left."""
    faults = []
    books = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    if (state := books.execute("pragma integrity_check").fetchone()[0]) != "ok":
        faults.append(f"the ledger's file is damaged: {state}")
    moved, taken = collections.Counter(), collections.Counter()
    for sku, source, target, units in books.execute(
            "select sku, from_location, to_location, quantity from stock_moves"):
        moved[sku, source] -= units
        moved[sku, target] += units
    for order in orders:
        taken.update(order.picks)
    for sku, place, units in books.execute("select sku, location, quantity from stock"):
        if place and moved[sku, place] != units:
            faults.append(f"{units} of {sku} at {place}, but its moves make {moved[sku, place]}")
        if place and units != STOCK_OF_EACH - taken[sku]:
            faults.append(f"{units} of {sku} left, but {taken[sku]} of {STOCK_OF_EACH} were taken")
    if {row[0] for row in books.execute("select sku from stock")} < set(SKUS):
        faults.append("a SKU has no stock row")
    books.close()
    return faults


def facts_in(path):
    books = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    total = books.execute("select sum(json_array_length(facts)) from journal").fetchone()[0]
    books.close()
    return total or 0
