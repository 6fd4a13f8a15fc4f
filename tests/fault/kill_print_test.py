#!/usr/bin/python3
"""kill -9 of kemasd while labels print on printers that count and live on. The ledger is judged by the paper:
no label twice, none called printed that is not there, at most 1 % asked about. Three controls each take
one thing away (a count that is true upwards, downwards, or there at all) and must be found out. KEMASD names the
program; KEMAS_LONG=1 kills 1,000 times (KILLS=n: so often); KILL_SEED repeats."""
import os
import random
import shutil
import tempfile
import threading
import time
import unittest

import kill_operator
import kill_record as record
from kill_devices import in_thread
from kill_operator import Order, Packer
from kill_printers import BoastfulPrinter, CountingPrinter, ForgetfulPrinter
from kill_site import ROOT, SKUS, Site

KEMASD = os.environ["KEMASD"]
LONG = bool(os.environ.get("KEMAS_LONG"))
KILLS = int(os.environ.get("KILLS") or (1000 if LONG else 16))
SEED = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(1, 10**6))
AT_MOST_ASKED = 0.01
if LONG:
    kill_operator.GIVE_UP_S = 300  # a thousand kills starve a packer on a busy machine
PRINTER = f'''profile = "{ROOT}/firmware-profiles/printer/zebra-zpl.toml"
status = "ask"
status_poll_ms = 0
connect_timeout_ms = 2000
close_timeout_ms = 5000'''


def judged(site):
    papers = [paper for bench in site.benches for paper in bench.printer.papers]
    return record.print_faults(papers, site.ledger)


def figures(site):
    duplicates, false, prints, asked = judged(site)
    return (f"{prints} prints begun, {len(duplicates)} duplicates, {len(false)} false 'printed', "
            f"{asked} asked ({100 * asked / max(prints, 1):.2f} %)")


class Shift:
    """Packers at every bench pack small orders until the last kill; then each ends the one it has."""

    def __init__(self, site, seed):
        self.site, self.dice = site, random.Random(seed)
        self.packers = [Packer(site, bench, f"p{seed}") for bench in site.benches]
        self.orders, self.shelf, self.failures = [], [], []
        self.over, self.lock = threading.Event(), threading.Lock()

    def next_order(self):
        with self.lock:
            if not self.shelf:  # some at a time: what is pulled already need not be waited for
                first = len(self.orders) + 1
                fresh = [Order(f"P-{n:05d}", [(self.dice.choice(sorted(SKUS)), 1)]) for n in range(first, first + 24)]
                for order in fresh:
                    self.site.place(order)
                self.orders += fresh
                self.shelf = fresh[:]
            return self.shelf.pop(0)

    def work(self, packer):
        try:
            packer.sign_in()
            while not self.over.is_set():
                packer.pack(self.next_order())
        except Exception as failure:  # told by the main thread
            self.failures.append(f"{type(failure).__name__}: {failure}")

    def moment(self, dice):
        kind = dice.choice(["paper begins"] * 4 + ["paper ends"] * 2 + ["on the scale", "clock"])
        if kind == "clock":
            return time.sleep(dice.uniform(0, 0.4))
        seen = self.site.notices
        with self.site.noticed:
            goal = seen[kind] + 1
            # Long: on a busy machine nothing would ever come out between two kills.
            self.site.noticed.wait_for(lambda: seen[kind] >= goal, timeout=15)
        time.sleep(dice.choice([0, dice.uniform(0, 0.03), dice.uniform(0, 0.3)]))

    def play(self, kills):
        dice = random.Random(self.dice.random())
        threads = [in_thread(self.work, packer) for packer in self.packers]
        for n in range(kills):
            if self.failures:
                break
            self.moment(dice)
            self.site.kill()
            if LONG and n % 50 == 49:
                print(f"{n + 1} kills: {figures(self.site)}", flush=True)
            self.site.start()
            (self.site.folder / f"kemasd-{self.site.starts - 2}.log").unlink(missing_ok=True)
        self.over.set()
        for thread in threads:
            thread.join(300)
        return not any(thread.is_alive() for thread in threads)


class PrintCase(unittest.TestCase):
    def site(self, printer=CountingPrinter, benches=1, numbers=400):
        folder = tempfile.mkdtemp(prefix="kemas-print-")
        site = Site(folder, KEMASD, benches, printer, PRINTER, numbers)
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.addCleanup(site.close)
        site.start()
        site.import_goods()
        return site

    def until(self, true_s, within_s=40):
        end = time.monotonic() + within_s
        while not true_s():
            self.assertLess(time.monotonic(), end, "waited in vain")
            time.sleep(0.02)


class PrintKills(PrintCase):
    def test_no_label_comes_twice_or_is_called_printed_without_paper(self):
        began = time.monotonic()
        site = self.site(benches=4, numbers=400 if KILLS < 100 else 20_000)
        shift = Shift(site, SEED)
        in_time = shift.play(KILLS)
        print(f"print kill test: seed {SEED}, {KILLS} kills, {figures(site)}, "
              f"{sum(packer.reprints for packer in shift.packers)} reprints, {time.monotonic() - began:.0f} s", flush=True)
        self.assertTrue(in_time, "a packer is stuck")
        self.assertEqual([], shift.failures, f"seed {SEED}")
        surprises = [surprise for packer in shift.packers for surprise in packer.surprises]
        self.assertEqual([], surprises, f"seed {SEED}")
        site.stop()
        duplicates, false, prints, asked = judged(site)
        self.assertEqual([], duplicates, f"seed {SEED}")
        self.assertEqual([], false, f"seed {SEED}")
        self.assertEqual(0, sum(packer.reprints for packer in shift.packers), "nothing may be lost that a person must ask for again")
        self.assertLessEqual(asked, AT_MOST_ASKED * max(prints, 100))
        done = [order for order in shift.orders if order.done]
        papers = [paper for bench in site.benches for paper in bench.printer.papers if paper.whole]
        self.assertEqual(len({order.label for order in done}), len(done), "a number on two parcels")
        self.assertEqual({order.label for order in done}, {paper.tracking for paper in papers},
                         "each paper is on a parcel, each parcel has its paper")


def slow(printer, **more):
    """Time enough to kill kemasd in the middle of a label."""
    return lambda notice: printer(notice, print_s=(0.4, 0.5), **more)


class Controls(PrintCase):
    """Each takes one protection away; the count must see it."""

    def cut_off(self, site):
        """A label's bytes are at the printer when kemasd is killed; then it starts again."""
        bench = site.benches[0]
        packer = Packer(site, bench, "control")
        packer.sign_in()
        order = Order("P-1", [("SKU-1", 1)])
        site.place(order)
        packer.open(order)
        packer.fill(order)
        begins = site.notices["paper begins"]
        bench.scale.put(order.weight_g())
        self.until(lambda: site.notices["paper begins"] > begins)
        site.kill()
        self.until(lambda: not bench.printer.buffer and not bench.printer.halves)
        site.start()
        return packer, order

    def test_the_true_count_settles_it_without_a_question(self):
        site = self.site(slow(CountingPrinter))
        self.cut_off(site)
        self.until(lambda: not site.ask("GET", "/api/v1/effects")["effects"])
        site.stop()
        duplicates, false, prints, asked = judged(site)
        self.assertEqual(([], [], 1, 0), (duplicates, false, prints, asked))
        self.assertEqual(1, len(site.benches[0].printer.papers))

    def test_control_a_printer_that_forgets_to_count_is_found_out_by_its_second_label(self):
        site = self.site(slow(ForgetfulPrinter))
        self.cut_off(site)
        self.until(lambda: len(site.benches[0].printer.papers) > 1)
        site.stop()
        self.assertTrue(judged(site)[0])

    def test_control_a_printer_that_counts_what_it_never_printed_is_found_out(self):
        site = self.site(BoastfulPrinter)
        self.cut_off(site)
        self.until(lambda: not site.ask("GET", "/api/v1/effects")["effects"])
        site.stop()
        self.assertTrue(judged(site)[1])

    def test_control_without_a_count_each_cut_off_label_is_asked_about(self):
        site = self.site(slow(CountingPrinter, counts=False))
        self.cut_off(site)
        self.until(site.unknown_effects)
        site.stop()
        duplicates, false, prints, asked = judged(site)
        self.assertEqual(([], [], 1, 1), (duplicates, false, prints, asked))


if __name__ == "__main__":
    unittest.main(verbosity=2)
