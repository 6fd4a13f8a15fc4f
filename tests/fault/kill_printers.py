"""Label printers that count, as a Zebra does: they take ZPL into a buffer, print one label after the other,
answer ~HS and the odometer's question, and live on when kemasd dies. Every whole label that came out is a
paper. Two of them lie about their count, for the controls."""
import random
import re
import threading
import time

from kill_devices import Listener, Paper, in_thread

COUNT = b'! U1 getvar "odometer.total_label_count"'
NEXT = re.compile(rb"~HS|" + re.escape(COUNT) + rb"|\^XA")
FIRST = 31084


class CountingPrinter(Listener):
    """`print_s`: from, to, of one label. It starts at a count of its own; form feeds do not exist."""

    def __init__(self, notice, print_s=(0.015, 0.045), counts=True):
        super().__init__()
        self.notice, self.print_s, self.counts = notice, print_s, counts
        self.papers, self.buffer, self.halves, self.counted = [], [], 0, FIRST
        self.lock = threading.Condition()
        self.dice = random.Random(self.port)
        self.labels_of = []    # bytes of every label that came out, in order
        in_thread(self._accept)
        in_thread(self._print)

    def of(self, tracking):
        """Papers of this number when nothing is under way; None while something is."""
        with self.lock:
            if self.buffer or self.halves:
                return None
            return [paper for paper in self.papers if paper.tracking == tracking]

    def _serve(self, peer):
        data, half = b"", False
        with peer:
            try:
                while chunk := peer.recv(65536):
                    data = self._take(data + chunk, peer)
                    half = self._mark(half, data.startswith(b"^XA"))
            except OSError:
                pass
            self._mark(half, False)
            while self.buffer:  # a printer ends the line when the label is out
                time.sleep(0.005)

    def _mark(self, before, now):
        if before != now:
            with self.lock:
                self.halves += 1 if now else -1
            if now:
                self.notice("paper begins")
        return now

    def _take(self, data, peer):
        while found := NEXT.search(data):
            word, data = found[0], data[found.start():]
            if word == b"^XA":
                end = data.find(b"^XZ")
                if end < 0:
                    return data
                with self.lock:
                    self.buffer.append(data[:end + 3])
                    self.lock.notify_all()
                self.notice("paper begins")
                data = data[end + 3:]
                continue
            data = data[len(word):]
            if word == b"~HS":
                peer.sendall(self._status())
            elif self.counts:
                peer.sendall(b'"%d"' % self._count())
        return data[-64:]

    def _status(self):
        with self.lock:
            waiting, half = len(self.buffer), 1 if self.halves else 0
        return (b"\x02030,0,0,1218,%03d,0,0,%d,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n"
                b"\x021234,0\x03\r\n" % (waiting, half))

    def _count(self):
        with self.lock:
            return self.counted

    def _print(self):
        while True:
            with self.lock:
                while not self.buffer:
                    self.lock.wait()
                label = self.buffer[0]
            time.sleep(self.dice.uniform(*self.print_s))
            with self.lock:
                self.labels_of.append(label)
                self.papers.append(Paper(label))
                self._counted_one()
                self.buffer.pop(0)
            self.notice("paper ends")

    def _counted_one(self):
        self.counted += 1


class ForgetfulPrinter(CountingPrinter):
    """Prints, and does not count it: who believes its count prints once more."""

    def _counted_one(self):
        pass


class BoastfulPrinter(CountingPrinter):
    """Counts labels that it never prints: who believes its count calls them printed."""

    def _print(self):
        while True:
            with self.lock:
                while not self.buffer:
                    self.lock.wait()
                self.counted += 1
                self.buffer.pop(0)
            self.notice("paper ends")
