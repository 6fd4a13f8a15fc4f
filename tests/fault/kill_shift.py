"""A shift of several packers that is killed at random moments, and how those are chosen."""
import random
import threading
import time

from kill_devices import in_thread
from kill_operator import Order, Packer
from kill_site import SKUS


def some_order(number, dice, lines=3, units=2):
    wanted = [(sku, dice.randint(1, units)) for sku in dice.sample(sorted(SKUS), dice.randint(1, lines))]
    return Order(f"W-{number:04d}", wanted, tracking=f"SPX{number:09d}" if dice.random() < 0.4 else "")


class Shift:
    """Packers at every bench take orders until the last kill; then each ends the one it has."""

    def __init__(self, site, seed):
        self.site, self.dice = site, random.Random(seed)
        self.packers = [Packer(site, bench, f"s{seed}") for bench in site.benches]
        self.orders, self.failures = [], []
        self.in_doubt = 0  # labels kemasd asked about after its restarts
        self.over, self.lock = threading.Event(), threading.Lock()

    def next_order(self):
        with self.lock:
            self.orders.append(some_order(len(self.orders) + 1, self.dice))
            return self.orders[-1]

    def work(self, packer):
        try:
            packer.sign_in()
            while not self.over.is_set():
                order = self.next_order()
                self.site.place(order)
                packer.pack(order)
        except Exception as failure:  # told by the main thread
            self.failures.append(f"{type(failure).__name__}: {failure}")

    def random_moment(self, dice):
        """A moment by the clock, shortly after something happened on the floor, or in the start."""
        kind = dice.choice(["clock", "start", "scan", "answer", "on the scale", "paper begins", "paper ends"])
        if kind in ("clock", "start"):
            time.sleep(dice.uniform(0.02, 1.2))
        else:
            seen = self.site.notices
            with self.site.noticed:
                goal = seen[kind] + dice.randint(1, 4 if kind in ("scan", "answer") else 1)
                self.site.noticed.wait_for(lambda: seen[kind] >= goal, timeout=3)
            time.sleep(dice.choice([0, 0, dice.uniform(0, 0.15)]))
        return kind

    def start_and_perhaps_kill(self, dice, kind):
        """A start that is killed in its middle, then one that is left alone."""
        if kind == "start":
            early = threading.Timer(dice.uniform(0.02, 0.6), self.site.kill_if_running)
            early.start()
            self.site.start()
            early.join()
            self.site.kill()
        self.site.start()

    def play(self, kills):
        dice = random.Random(self.dice.random())
        threads = [in_thread(self.work, packer) for packer in self.packers]
        for _ in range(kills):
            if self.failures:
                break
            kind = self.random_moment(dice)
            self.site.kill()
            self.start_and_perhaps_kill(dice, kind)
            self.in_doubt += len(self.site.unknown_effects())
        self.over.set()
        for thread in threads:
            thread.join(120)
        return not any(thread.is_alive() for thread in threads)
