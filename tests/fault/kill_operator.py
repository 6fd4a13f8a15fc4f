"""Packers with a scanner in the hand, and what they know by themselves: which scans kemasd confirmed,
which label they asked for. It is the outside record the books are judged by."""
import dataclasses
import socket
import time

from kill_site import SKUS, TARE_G, Stuck, Wait

LOOK_AGAIN_S = 1.5


@dataclasses.dataclass
class Order:
    number: str
    lines: list            # (sku, units)
    tracking: str = ""     # arranged by the channel; empty = ours
    channel: str = "webstore"
    shop: str = "main"
    picks: dict = dataclasses.field(default_factory=dict)   # sku -> units put into the box, confirmed
    label: str = ""        # the number that was scanned off the paper
    reprints: int = 0      # asked for by the packer
    bench: object = None
    done: bool = False

    def open_code(self):
        return self.tracking or self.number

    def weight_g(self):
        return TARE_G + sum(SKUS[sku]["weight_g"] * units for sku, units in self.lines)


class Scanner:
    """Sends `#id;code`; when the line is lost it asks again by the same id until it is answered.
    With fresh_ids (the control) it takes a new id for each try, as a plain keyboard scanner would."""

    def __init__(self, site, bench, run, fresh_ids=False):
        self.site, self.bench, self.run, self.fresh_ids = site, bench, run, fresh_ids
        self.link, self.lines, self.count, self.tries, self.sent = None, None, 0, 0, 0
        self.answers = {}      # id -> (code, first answer)
        self.resent = 0        # lines sent once more, since their answer never came
        self.before_answer = None  # called once after the next line is sent, instead of reading its answer

    def scan(self, code):
        self.count += 1
        self.sent, wait = 0, Wait(self.site, f"{self.bench.name}: answer to {code}")
        while True:
            self.tries += 1
            number = self.tries if self.fresh_ids else self.count
            name = f"{self.run}-{self.bench.name}-{number}"
            try:
                answer = self._once(name, code)
            except OSError:
                self._hang_up()
                wait.more(0.03)
                continue
            self.resent += self.sent - 1
            self.answers[name] = (code, answer)
            self.site.notice("answer")
            return answer

    def again(self, name):
        """The answer to an id that was answered before; must be the first one."""
        wait = Wait(self.site, f"{self.bench.name}: answer to {name} once more")
        while True:
            try:
                return self._once(name, self.answers[name][0])
            except OSError:
                self._hang_up()
                wait.more(0.03)

    def _once(self, name, code):
        if self.link is None:
            self.link = socket.create_connection(("127.0.0.1", self.bench.scanner_port), timeout=10)
            self.lines = self.link.makefile("rb")
        self.link.sendall(f"#{name};{code}\r\n".encode())
        self.sent += 1
        self.site.notice("scan")
        hook, self.before_answer = self.before_answer, None
        if hook:
            hook()
            raise OSError("the answer was lost")
        while True:
            line = self.lines.readline()
            if not line.endswith(b"\r\n"):
                raise OSError("the line was lost")
            text = line.decode().rstrip()
            if not text.startswith("!"):  # news; a packer here looks at paper, not at the screen
                return text

    def _hang_up(self):
        if self.link:
            self.lines.close()
            self.link.close()
        self.link = None


class Packer:
    """Packs one order after the other at one bench. `naive` (the control) asks for another label
    whenever kemasd is in doubt, without a look at the printer."""

    def __init__(self, site, bench, run, naive=False, fresh_ids=False):
        self.site, self.bench, self.naive = site, bench, naive
        self.scanner = Scanner(site, bench, run, fresh_ids)
        self.reprints = 0      # asked for, since no whole label lay there
        self.weighed_again = 0  # parcels lifted and put down once more
        self.used = set()      # numbers of labels that are on a parcel
        self.surprises = []    # answers that do not fit what was done

    def sign_in(self, badge="BADGE-ANI"):
        self.must("+|", self.scanner.scan(badge), badge)

    def must(self, start, answer, what):
        if not answer.startswith(start):
            raise Stuck(f"{self.bench.name}: {what}: {answer}")
        return answer

    def open(self, order):
        order.bench = self.bench
        wait = Wait(self.site, f"{order.number} to be pulled from the shop's database")
        while not self.site.is_pulled(order):
            wait.more(0.03)
        self.must("+|", self.scanner.scan(order.open_code()), order.open_code())

    def put(self, order, sku):
        """One unit into the box, when kemasd confirms it."""
        answer = self.scanner.scan(SKUS[sku]["code"])
        # A scale in trouble is said with the last item; the item counts.
        if answer.startswith("+|") or answer.startswith("-|scale_fault|"):
            order.picks[sku] = order.picks.get(sku, 0) + 1
        else:
            self.surprises.append(f"{order.number} {sku}: {answer}")

    def fill(self, order):
        for sku, units in order.lines:
            for _ in range(units):
                self.put(order, sku)

    def pack(self, order):
        self.open(order)
        self.fill(order)
        tracking = self.weigh(order)
        self.must("+|", self.scanner.scan(tracking), f"label {tracking} of {order.number}")
        self.used.add(tracking)
        order.label, order.done = tracking, True
        self.clear_pan()

    def clear_pan(self):
        self.bench.scale.put(0)
        self.bench.scale.seen()

    def weigh(self, order):
        """From the pan to the paper in the hand: its tracking number."""
        wait = Wait(self.site, f"{order.number}: label at {self.bench.name}")
        while True:
            self.bench.scale.put(order.weight_g())
            self.site.notice("on the scale")
            patience = time.monotonic() + LOOK_AGAIN_S
            while time.monotonic() < patience:
                if tracking := self.paper_of(order):
                    return tracking
                time.sleep(0.01)
            self.settle_doubt(order)
            if self.parcel_of(order).get("weighed_at") is None:
                self.weighed_again += 1
                self.clear_pan()  # a weight from before a restart does not count: once more
            wait.more(told=lambda: f"{self.site.order(order)} {self.site.unknown_effects()}")

    def parcel_of(self, order):
        parcels = self.site.order(order)["parcels"]
        return self.site.ask("GET", f"/api/v1/parcels/{parcels[0]['id']}") if parcels else {}

    def paper_of(self, order):
        """The number on the whole label that came out for this order, or nothing."""
        with self.bench.printer.lock:
            fresh = [p.tracking for p in self.bench.printer.papers if p.whole and p.tracking not in self.used]
        if fresh and order.tracking and order.tracking not in fresh:
            raise Stuck(f"{order.number}: wanted label {order.tracking}, got {fresh}")
        return fresh[0] if fresh else ""

    def settle_doubt(self, order):
        """kemasd asks about a label: the printer is looked at, then the label is asked for again."""
        parcel = self.parcel_of(order)
        mine = [e for e in self.site.unknown_effects() if str(e["parcel"]) == str(parcel.get("id"))]
        if not mine:
            return
        papers = self.bench.printer.of(parcel["tracking_number"])
        if papers is None or (any(p.whole for p in papers) and not self.naive):
            return
        answer = self.scanner.scan("*K*reprint:nothing came out")
        if answer.startswith("+|"):
            self.reprints += 1
            order.reprints += 1
