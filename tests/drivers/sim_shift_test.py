#!/usr/bin/env python3
"""Stories of the shift player against a scripted kemasd: sim_shift_test.py KEMAS_SIM SOURCE_FOLDER"""
import json
import pathlib
import socket
import sqlite3
import subprocess
import sys
import tempfile
import unittest

SIM, SOURCE = sys.argv.pop(1), pathlib.Path(sys.argv.pop(1))
DEMO = SOURCE / "config/demo"


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def shift(fault="", *extra, benches=3):
    """Plays the demo's day; returns exit code, the JSON object and the journal's lines."""
    ports = free_ports(1 + 3 * benches)
    http, rest = ports[0], ports[1:]
    peer = [sys.executable, SOURCE / "tests/drivers/peers/scripted_kemasd.py", DEMO, f"http={http}"]
    sim = [SIM, "shift", "--demo", DEMO, "--http", f"127.0.0.1:{http}", "--json", "--speed", "3000",
           "--settle-ms", "5", "--limit-s", "100"]
    for b in range(benches):
        scanner, scale, printer = rest[3 * b:3 * b + 3]
        peer.append(f"bench-{b + 1}={scanner},{scale},{printer}")
        sim += ["--scanner", f"bench-{b + 1}=127.0.0.1:{scanner}", "--scale", f"bench-{b + 1}={scale}",
                "--printer", f"bench-{b + 1}={printer}"]
    if fault:
        peer.append(f"fault={fault}")
    with tempfile.TemporaryDirectory() as folder:
        journal = pathlib.Path(folder) / "journal"
        paper = pathlib.Path(folder) / "paper"
        sim += ["--journal", journal, "--paper", paper, *extra]
        running = subprocess.Popen(peer)
        try:
            done = subprocess.run(sim, capture_output=True, text=True, timeout=120)
        finally:
            running.terminate()
            running.wait()
        lines = [json.loads(line) for line in journal.read_text().splitlines()]
        papers = len(list(paper.glob("*/*.zpl")))
    told = json.loads(done.stdout) if done.stdout else {}
    return done.returncode, told, lines, papers, done.stderr


class DemoData(unittest.TestCase):
    def test_the_copy_for_reading_is_what_the_generator_makes(self):
        now = json.loads((DEMO / "plan.json").read_text())["now"]
        with tempfile.TemporaryDirectory() as folder:
            generate = [sys.executable, DEMO / "generate.py", "--out", folder, "--now", now]
            database = pathlib.Path(folder) / "orders.db"
            for _ in range(2):  # filling an order database twice changes nothing
                subprocess.run([*generate, "--sqlite", database], check=True, capture_output=True)
            made = sorted(p for p in pathlib.Path(folder).iterdir() if p != database)
            self.assertEqual(len(made), 8)
            for path in made:
                self.assertEqual(path.read_bytes(), (DEMO / path.name).read_bytes(), path.name)
            with sqlite3.connect(database) as orders:
                count = orders.execute("select count(*), count(label_zpl) from kemas_orders").fetchone()
            self.assertEqual(count, (200, 110))  # ten get theirs of the marketplace's service


class Shift(unittest.TestCase):
    def test_every_order_ends_as_the_plan_says(self):
        code, told, lines, papers, table = shift()
        self.assertEqual(code, 0, table)
        self.assertEqual(told["orders_total"], 200)
        self.assertEqual(told["orders_as_planned"], 200)
        self.assertEqual(told["staged"], 189)
        self.assertEqual(told["labels"], 188)  # two orders of one buyer in one parcel
        self.assertEqual(papers, 188)
        self.assertEqual(len(set(told["tracking_numbers"])), 188)
        self.assertEqual(told["cancels"], 6)
        self.assertGreater(told["wrong_on_purpose"], 10)
        self.assertEqual(told["wrong_accepted"], 0)
        self.assertEqual(sum(line["what"] == "label" for line in lines), 188)
        self.assertIn("Every order ended as planned.", table)

    def test_a_wrong_item_that_is_taken_fails_the_shift(self):
        code, told, *_ = shift("accept_wrong")
        self.assertEqual(code, 1)
        self.assertGreater(told["wrong_accepted"], 0)

    def test_a_label_printed_twice_fails_the_shift(self):
        code, told, *_ = shift("twice")
        self.assertEqual(code, 1)
        self.assertEqual(len(told["duplicates"]), 188)

    def test_an_order_that_is_not_shipped_fails_the_shift(self):
        code, told, _, _, table = shift("lost")
        self.assertEqual(code, 1)
        self.assertEqual(told["orders_as_planned"], 199)
        self.assertIn("NOT PLANNED", table)

    def test_lost_connections_lose_and_double_nothing(self):
        code, told, _, _, table = shift("drop")
        self.assertEqual(code, 0, table)
        self.assertGreater(told["resent"], 50)

    def test_nobody_there_ends_in_time_and_says_so(self):
        ports = free_ports(2)
        done = subprocess.run([SIM, "shift", "--demo", DEMO, "--http", f"127.0.0.1:{ports[0]}",
                               "--scanner", f"b=127.0.0.1:{ports[1]}", "--scale", "b=0", "--printer",
                               "b=0", "--wait-s", "0.3"], capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 3)
        self.assertIn("see whether kemasd serves HTTP", done.stdout)

    def test_bad_use_names_the_word(self):
        done = subprocess.run([SIM, "shift", "--demo", DEMO, "--scanner", "b=nowhere", "--scale", "b=0",
                               "--printer", "b=0"], capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 2)
        self.assertIn("nowhere", done.stderr)


if __name__ == "__main__":
    unittest.main()
