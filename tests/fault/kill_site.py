"""A site in a temporary folder: its files, its order database and a kemasd that can be killed.
It knows how to start, kill and ask kemasd, not what anybody does with it."""
import collections
import contextlib
import http.client
import json
import os
import pathlib
import random
import signal
import socket
import sqlite3
import subprocess
import threading
import time
import urllib.parse

from kill_devices import Printer, Scale

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKUS = {f"SKU-{n}": {"code": f"89910000{n:05d}", "weight_g": 120 + 70 * n} for n in range(1, 7)}
STOCK_OF_EACH = 5000
TARE_G = 142
# How long anybody waits for a thing that must come; the judgement of what came does not hang on it. Kills
# and a busy machine starve a packer for minutes.
PATIENCE_S = float(os.environ.get("KEMAS_PATIENCE_S") or (900 if os.environ.get("KEMAS_LONG") else 60))


class Stuck(AssertionError):
    pass


class Wait:
    """One wait; `more` raises Stuck with what was waited for, when it took too long."""

    def __init__(self, site, what):
        self.site, self.what = site, what
        self.since, self.starts = time.monotonic(), site.starts

    def more(self, pause_s=0.0, told=lambda: ""):
        waited = time.monotonic() - self.since
        if waited > PATIENCE_S:
            raise Stuck(f"{self.what}: waited {waited:.0f} s in vain, over {self.site.starts - self.starts} starts of "
                        f"kemasd, load {os.getloadavg()[0]:.1f} {told()}")
        time.sleep(pause_s)


def free_port(taken):
    """Below the ports the system gives to clients, so that nobody else has it after a restart."""
    while True:
        port = random.SystemRandom().randrange(20000, 30000)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                if port not in taken:
                    taken.add(port)
                    return port


class Bench:
    def __init__(self, number, port, notice, printer=Printer):
        self.name, self.scanner_port = f"bench-{number}", port
        self.scale, self.printer = Scale(), printer(notice)


class Site:
    def __init__(self, folder, kemasd, benches=1, printer=Printer, printer_lines="", numbers=400):
        """`printer` makes each bench's, `printer_lines` stand in its table of the site file."""
        self.printer_lines, self.numbers = printer_lines, numbers
        self.folder, self.kemasd = pathlib.Path(folder), kemasd
        self.process, self.starts = None, 0
        self.noticed = threading.Condition()
        self.notices = collections.Counter()
        ports = set()
        self.http_port = free_port(ports)
        self.benches = [Bench(n + 1, free_port(ports), self.notice, printer) for n in range(benches)]
        self.orders_db = self.folder / "orders.db"
        self.ledger = self.folder / "ledger.db"
        self._write_files()

    def notice(self, what):
        """Something happened on the floor: a killer may choose this moment."""
        with self.noticed:
            self.notices[what] += 1
            self.noticed.notify_all()

    # ---- files ----------------------------------------------------------------------------------

    def _write_files(self):
        parts = [f'''
[site]
name = "Kill test"
[ledger]
path = "ledger.db"
[http]
port = {self.http_port}
[policy]
ship_on = "staged"
default_carton = "BOX-S"
[label]
layout = "{ROOT}/config/labels/domestic-100x150.toml"
sender_name = "Kill test"
sender_phone = "021-0000-0000"
sender_address = "Jl. Contoh 1, Bekasi 17530"
[order_db]
backend = "sqlite"
connect = "orders.db"
poll_ms = 200
[files]
operators = "{ROOT}/config/operators.csv"
cartons = "{ROOT}/config/cartons.csv"
''']
        for n, bench in enumerate(self.benches, 1):
            parts.append(f'''
[[station]]
name = "{bench.name}"
kind = "bench"
printer = "printer-{n}"
scale = "scale-{n}"
[[scanner]]
name = "scanner-{n}"
station = "{bench.name}"
port = {bench.scanner_port}
[[scale]]
name = "scale-{n}"
profile = "{ROOT}/firmware-profiles/scale/kemas-sim.toml"
host = "127.0.0.1"
port = {bench.scale.port}
poll_ms = 20
min_readings = 2
min_span_ms = 40
[[printer]]
name = "printer-{n}"
host = "127.0.0.1"
port = {bench.printer.port}
{self.printer_lines}
''')
        (self.folder / "kemas.toml").write_text("".join(parts))
        with self.shop() as shop:
            shop.executescript((ROOT / "config/orderdb/sqlite.sql").read_text())

    def import_goods(self):
        skus = "sku,name,barcodes,weight_g,spread_g,length_mm,width_mm,height_mm\n" + "".join(
            f"{sku},Thing {sku},{it['code']},{it['weight_g']},1,100,80,40\n" for sku, it in SKUS.items())
        stock = "location,sku,quantity\n" + "".join(f"A-{sku},{sku},{STOCK_OF_EACH}\n" for sku in SKUS)
        numbers = "courier,service,number\n" + "".join(f"JNE,REG,09990{n:08d}\n" for n in range(self.numbers))
        tariff = (ROOT / "config/demo/tariff.csv").read_text()
        for kind, text in {"skus": skus, "stock": stock, "tariff": tariff, "tracking-numbers": numbers}.items():
            answer = self.ask("POST", f"/api/v1/imports/{kind}?file={kind}.csv&dry_run=false", text.encode(), "text/csv")
            assert answer.get("committed"), answer

    # ---- kemasd ---------------------------------------------------------------------------------

    def start(self, *more, expect_exit=False):
        """Starts kemasd and waits for its READY; with expect_exit, for its end: (code, stderr)."""
        path = self.folder / "notify"
        path.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready:
            ready.bind(str(path))
            ready.settimeout(0.05)
            log_path = self.folder / f"kemasd-{self.starts}.log"
            with open(log_path, "wb") as log:
                process = subprocess.Popen([self.kemasd, "--config", str(self.folder / "kemas.toml"), *more],
                                           stderr=log, env={**os.environ, "NOTIFY_SOCKET": str(path)})
            self.process = process
            self.starts += 1
            if expect_exit:
                return process.wait(PATIENCE_S), log_path.read_text()
            end = time.monotonic() + PATIENCE_S
            while time.monotonic() < end:
                with contextlib.suppress(socket.timeout):
                    if ready.recv(100) == b"READY=1":
                        return None
                if process.poll() is not None:
                    if process.returncode == -signal.SIGKILL:
                        return None  # killed while it started: meant so
                    break
            raise AssertionError(f"kemasd did not start in {PATIENCE_S:.0f} s (load {os.getloadavg()[0]:.1f}): {log_path.read_text()[-3000:]}")

    def must_not_have_died(self):
        if self.process.poll() not in (None, -signal.SIGKILL):
            log = (self.folder / f"kemasd-{self.starts - 1}.log").read_text()[-3000:]
            raise AssertionError(f"kemasd died by itself ({self.process.returncode}): {log}")

    def kill(self):
        self.must_not_have_died()
        self.process.kill()
        self.process.wait()

    def kill_if_running(self):
        if self.process.poll() is None:
            self.process.kill()

    def stop(self):
        """The end a service gets; its exit code."""
        if self.process is None or self.process.poll() is not None:
            return None
        self.process.terminate()
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.kill()

    def ask(self, method, path, body=None, kind="application/json"):
        """One HTTP request, said again until a living kemasd answers; only for what may be repeated."""
        wait = Wait(self, f"{method} {path}")
        while True:
            try:
                link = http.client.HTTPConnection("127.0.0.1", self.http_port, timeout=60)
                link.request(method, path, body, {"Content-Type": kind} if body else {})
                answer = link.getresponse()
                text = answer.read()
                link.close()
                if answer.status >= 500:
                    raise OSError(f"{answer.status} {text[:200]}")
                return json.loads(text)
            except (OSError, http.client.HTTPException) as failure:
                self.must_not_have_died()
                wait.more(0.05, lambda said=failure: f"{said}")

    def order(self, order):
        return self.ask("GET", f"/api/v1/orders/{urllib.parse.quote(order.number, safe='')}"
                               f"?channel={order.channel}&shop={order.shop}")

    def unknown_effects(self):
        return self.ask("GET", "/api/v1/effects?state=unknown")["effects"]

    # ---- the shop's own database ----------------------------------------------------------------

    @contextlib.contextmanager
    def shop(self):
        link = sqlite3.connect(self.orders_db, timeout=20)
        try:
            with link:
                yield link
        finally:
            link.close()

    def place(self, order):
        row = {"channel": order.channel, "shop": order.shop, "external_id": order.number, "name": "Rina Contoh",
               "phone": "081200000000", "address": "Jl. Melati 5", "district": "Kemayoran",
               "city": "Jakarta Pusat", "province": "DKI Jakarta", "postal_code": "10650",
               "area_code": "31.71.03.1004", "value": 100000, "courier": "JNE", "service": "REG"}
        if order.tracking:
            row |= {"arranged_courier": "SPX", "arranged_service": "STD", "tracking_number": order.tracking,
                    "label_zpl": f"^XA^FO40,40^A0N,40,40^FD{order.tracking}^FS^XZ"}
        with self.shop() as shop:
            made = shop.execute(f"insert into kemas_orders ({', '.join(row)}) values ({', '.join('?' * len(row))})",
                                list(row.values()))
            shop.executemany("insert into kemas_order_lines values (?, ?, ?, ?)",
                             [(made.lastrowid, n, sku, count) for n, (sku, count) in enumerate(order.lines, 1)])

    def is_pulled(self, order):
        with self.shop() as shop:
            return shop.execute("select answered_at is not null from kemas_orders where channel = ? and shop = ? "
                                "and external_id = ?", (order.channel, order.shop, order.number)).fetchone()[0]
