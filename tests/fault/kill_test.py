#!/usr/bin/python3
"""kill -9 of kemasd at random moments of a shift, counted by an outside record: no confirmed pick is
lost, no label is on paper twice, no status is lost or doubled. The controls take one protection each
away and must be found out. KEMASD names the program; KEMAS_LONG=1 kills 50 times; KILL_SEED repeats."""
import os
import random
import shutil
import sqlite3
import tempfile
import time
import unittest

import kill_record as record
from kill_devices import in_thread
from kill_operator import Order, Packer
from kill_shift import Shift
from kill_site import Site

KEMASD = os.environ["KEMASD"]
KILLS = 50 if os.environ.get("KEMAS_LONG") else 12
SEED = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(1, 10**6))


def drained(site):
    """Waits until the order database has everything."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        sync = site.ask("GET", "/status")["sync"]["orderdb"]
        if sync["waiting"] == 0:
            return
        time.sleep(0.1)
    raise AssertionError(f"facts still wait: {sync}")


def settled_effects(site):
    """The effects that stay open when every printer had its time."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        effects = site.ask("GET", "/api/v1/effects")["effects"]
        if all(effect["state"] == "unknown" for effect in effects):
            break
        time.sleep(0.05)
    return effects


class KillCase(unittest.TestCase):
    def site(self, benches=1):
        folder = tempfile.mkdtemp(prefix="kemas-kill-")
        site = Site(folder, KEMASD, benches)
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.addCleanup(site.close)
        site.start()
        site.import_goods()
        return site

    def clean(self, faults):
        self.assertEqual([], faults, "\n".join(faults) + f"\nseed {SEED}")

    def everything_agrees(self, site, orders, packers):
        self.clean([surprise for packer in packers for surprise in packer.surprises])
        self.clean([f"{o.number} ended as {s}" for o in orders if (s := site.order(o)["state"]) != "shipped"])
        self.clean(record.pick_faults(site, orders))
        self.clean([f"{answer}" for answer in record.answer_faults(packers)])
        drained(site)
        self.clean([f"still open: {effect}" for effect in settled_effects(site)])
        self.assertEqual(0, site.stop())
        self.clean(record.paper_faults(papers_of(site), orders))
        self.clean(record.shop_faults(site.orders_db, orders, record.facts_in(site.ledger)))
        self.clean(record.ledger_faults(site.ledger, orders))


def papers_of(site):
    return [paper for bench in site.benches for paper in bench.printer.papers]


class RandomKills(KillCase):
    def test_a_shift_survives_every_kill(self):
        began = time.monotonic()
        site = self.site(benches=3)
        shift = Shift(site, SEED)
        self.assertTrue(shift.play(KILLS), "a packer is stuck")
        self.assertEqual([], shift.failures, f"seed {SEED}")
        self.everything_agrees(site, shift.orders, shift.packers)
        self.sees_what_is_forged(site, shift.orders)
        def all_of(count):
            return sum(count(packer) for packer in shift.packers)
        if KILLS >= 50:  # the moments that matter were among them
            self.assertGreater(shift.in_doubt, 0)
            self.assertGreater(all_of(lambda p: p.scanner.resent), 0)
        print(f"kill test: seed {SEED}, {KILLS} kills, {site.starts} starts, {len(shift.orders)} orders, "
              f"{all_of(lambda p: len(p.scanner.answers))} scans, {all_of(lambda p: p.scanner.resent)} of them sent "
              f"again, {shift.in_doubt} labels in doubt, {all_of(lambda p: p.reprints)} reprints, "
              f"{all_of(lambda p: p.weighed_again)} weighed again, {time.monotonic() - began:.1f} s")

    def sees_what_is_forged(self, site, orders):
        """The count is not blind: each forgery of the same shift is found."""
        papers = papers_of(site)
        self.assertTrue(record.paper_faults(papers + papers[-1:], orders))
        self.assertTrue(record.paper_faults(papers[:-1], orders))
        for forgery in ("delete from kemas_order_status where status = 'shipped' and external_id = 'W-0001'",
                        "insert into kemas_order_status select fact_id || 'x', epoch, seq, idx + 1, channel, shop, "
                        "external_id, status, reason, by_whom, at_utc from kemas_order_status "
                        "where status = 'shipped' and external_id = 'W-0001'",
                        "delete from kemas_line_status where external_id = 'W-0001' and line_no = 1"):
            forged = site.folder / "forged.db"
            shutil.copy(site.orders_db, forged)
            with sqlite3.connect(forged) as shop:
                self.assertGreater(shop.execute(forgery).rowcount, 0)
            shop.close()
            self.assertTrue(record.shop_faults(forged, orders), forgery)
        orders[0].picks["SKU-1"] = orders[0].picks.get("SKU-1", 0) + 1
        self.assertTrue(record.ledger_faults(site.ledger, orders))
        orders[0].picks["SKU-1"] -= 1


class OneLabel(KillCase):
    """The moments of a label, each killed on purpose."""

    def killed_while_printing(self, reaches_paper, naive=False):
        site = self.site()
        packer = Packer(site, site.benches[0], "label", naive=naive)
        packer.sign_in()
        order = Order("W-1", [("SKU-1", 1)])
        site.place(order)
        killed, doubts = [], []

        def first_byte():
            killed.append(True)
            site.kill()
            in_thread(self.restart_and_look, site, doubts)
            return reaches_paper
        site.benches[0].printer.on_first_byte = first_byte
        # The test looks first: a quick packer would have settled what it wants to see.
        paper_of = (lambda order: self.paper_after_doubt(packer, order)) if naive else packer.paper_of
        settle_doubt = packer.settle_doubt
        packer.paper_of = lambda order: "" if killed and not doubts else paper_of(order)
        packer.settle_doubt = lambda order: None if killed and not doubts else settle_doubt(order)
        packer.pack(order)
        self.assertEqual(1, len(doubts[0]), "kemasd must ask about the label it had started")
        self.assertEqual("print_label", doubts[0][0]["kind"])
        return site, packer, order

    @staticmethod
    def restart_and_look(site, doubts):
        site.start()
        doubts.append(site.unknown_effects())

    @staticmethod
    def paper_after_doubt(packer, order):
        return Packer.paper_of(packer, order) if len(packer.bench.printer.papers) > 1 else ""

    def test_a_started_label_that_came_out_is_asked_about_and_settled_by_its_scan(self):
        site, packer, order = self.killed_while_printing(reaches_paper=True)
        self.assertEqual([(True, 1)], [(p.whole, p.revision) for p in papers_of(site)])
        self.everything_agrees(site, [order], [packer])

    def test_a_started_label_that_was_lost_prints_again_only_when_asked(self):
        site, packer, order = self.killed_while_printing(reaches_paper=False)
        self.assertEqual([(False, 1), (True, 2)], [(p.whole, p.revision) for p in papers_of(site)])
        self.assertEqual(1, packer.reprints)
        self.everything_agrees(site, [order], [packer])

    def test_control_repeating_a_print_by_guess_is_found_out(self):
        site, packer, order = self.killed_while_printing(reaches_paper=True, naive=True)
        self.assertIn(f"label {order.label} is on 2 papers", record.paper_faults(papers_of(site), [order]))

    def test_a_planned_label_is_printed_after_the_restart_by_itself(self):
        site = self.site()
        packer, printer = Packer(site, site.benches[0], "plan"), site.benches[0].printer
        packer.sign_in()
        order = Order("W-1", [("SKU-2", 1)])
        site.place(order)
        printer.switch_off()
        packer.open(order)
        packer.fill(order)
        site.benches[0].scale.put(order.weight_g())
        self.until(lambda: [e["kind"] for e in site.ask("GET", "/api/v1/effects?state=planned")["effects"]]
                   == ["print_label"])
        site.kill()
        site.start()
        printer.switch_on()
        self.until(lambda: packer.paper_of(order))
        self.assertEqual([], site.unknown_effects())
        order.label = packer.paper_of(order)
        packer.must("+|", packer.scanner.scan(order.label), "label")
        order.done = True
        self.everything_agrees(site, [order], [packer])

    def until(self, true_s, within_s=30):
        end = time.monotonic() + within_s
        while not true_s():
            self.assertLess(time.monotonic(), end, "waited in vain")
            time.sleep(0.02)


class OneWeight(KillCase):
    def test_a_scale_counts_anew_after_a_restart_and_its_first_weight_is_taken(self):
        site = self.site()
        packer = Packer(site, site.benches[0], "weight")
        packer.sign_in()
        orders = [Order(f"W-{n}", [("SKU-3", 1)]) for n in range(5)]
        for order in orders:
            site.place(order)
        for order in orders[:4]:
            packer.pack(order)
        site.kill()
        site.start()
        packer.pack(orders[4])
        self.assertEqual(0, packer.weighed_again)
        self.everything_agrees(site, orders, [packer])


class LostAnswers(KillCase):
    def killed_before_the_answer(self, fresh_ids):
        """A pick is in the books, its answer is lost with the line, kemasd is killed; then the
        scanner sends it again."""
        site = self.site()
        packer = Packer(site, site.benches[0], "lost", fresh_ids=fresh_ids)
        packer.sign_in()
        order = Order("W-1", [("SKU-1", 3)])
        site.place(order)
        packer.open(order)

        def lose():
            while site.order(order)["lines"][0]["packed"] == 0:
                time.sleep(0.01)
            site.kill()
            site.start()
        packer.scanner.before_answer = lose
        packer.put(order, "SKU-1")
        self.assertEqual({"SKU-1": 1}, order.picks)
        return site, order

    def test_a_pick_sent_again_counts_once(self):
        site, order = self.killed_before_the_answer(fresh_ids=False)
        self.clean(record.pick_faults(site, [order]))

    def test_control_a_scanner_without_ids_counts_twice_and_is_found_out(self):
        site, order = self.killed_before_the_answer(fresh_ids=True)
        self.assertEqual(["W-1: SKU-1 counted 1 times too often"], record.pick_faults(site, [order]))


class LyingLedger(KillCase):
    PARTS = ("", "-wal", ".highwater")

    def test_control_an_old_copy_put_back_is_refused_and_without_its_mark_found_out(self):
        site = self.site()
        packer = Packer(site, site.benches[0], "copy")
        packer.sign_in()
        order = Order("W-1", [("SKU-1", 5)])
        site.place(order)
        packer.open(order)
        packer.put(order, "SKU-1")
        site.kill()
        self.copy(site, site.folder, "ledger.db", "old.db", self.PARTS)
        site.start()
        packer.put(order, "SKU-1")
        packer.put(order, "SKU-1")
        site.kill()

        self.copy(site, site.folder, "old.db", "ledger.db", ("", "-wal"))
        code, said = site.start(expect_exit=True)
        self.assertEqual(3, code, said)
        self.assertIn("its end is lost", said)

        self.copy(site, site.folder, "old.db", "ledger.db", self.PARTS)
        site.start()
        self.assertEqual(["W-1: lost 2 confirmed of SKU-1"], record.pick_faults(site, [order]))

    @staticmethod
    def copy(site, folder, source, target, parts):
        (folder / (target + "-shm")).unlink(missing_ok=True)
        for part in parts:
            (folder / (target + part)).unlink(missing_ok=True)
            if (folder / (source + part)).exists():
                shutil.copy(folder / (source + part), folder / (target + part))


if __name__ == "__main__":
    unittest.main(verbosity=2)
