"""The hardware around a bench that is no part of kemasd: a Modbus scale and a label printer that
keeps what reached it. They live on when kemasd dies. They know neither orders nor operators."""
import re
import socket
import struct
import threading
import time

PRINTING_S = 0.1
MARK = re.compile(rb"\^FX kemas parcel=(\d+) rev=(\d+) tracking=([^\^]*)")


def listening(port=0):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("127.0.0.1", port))
    server.listen(16)
    return server


def in_thread(work, *args):
    thread = threading.Thread(target=work, args=args, daemon=True)
    thread.start()
    return thread


class Listener:
    """A device that serves each connection on a thread of its own."""

    def __init__(self):
        self.server = listening()
        self.port = self.server.getsockname()[1]

    def close(self):
        self.server.close()

    def _accept(self):
        while True:
            try:
                peer, _ = self.server.accept()
            except OSError:
                return
            in_thread(self._serve, peer)


class Scale(Listener):
    """The map of firmware-profiles/scale/kemas-sim.toml: always at rest, never frozen."""

    def __init__(self):
        super().__init__()
        self.weight_g, self.beat, self.reads = 0, 0, 0
        in_thread(self._accept)

    def put(self, weight_g):
        self.weight_g, self.reads = weight_g, 0

    def seen(self, within_s=3.0):
        """Waits until kemasd has read the pan as it is now; False when it is not reading."""
        end = time.monotonic() + within_s
        while self.reads < 3 and time.monotonic() < end:
            time.sleep(0.005)
        return self.reads >= 3

    def _serve(self, peer):
        with peer, peer.makefile("rb") as requests:
            while True:
                try:
                    head = requests.read(12)
                    if len(head) < 12:
                        return
                    number, unit, start, count = struct.unpack(">HxxxxBxHH", head)
                    self.beat = (self.beat + 1) & 0xFFFF
                    words = struct.pack(">iHHH", self.weight_g, 1, self.beat, 1)
                    data = words[2 * start:2 * (start + count)]
                    peer.sendall(struct.pack(">HHHBBB", number, 0, 3 + len(data), unit, 3, len(data)) + data)
                    self.reads += 1
                except OSError:
                    return


class Paper:
    """One connection to the printer that brought bytes: what would lie in the tray."""

    def __init__(self, data):
        self.whole = data.startswith(b"^XA") and data.rstrip().endswith(b"^XZ")
        mark = MARK.search(data)
        self.parcel, self.revision = (int(mark[1]), int(mark[2])) if mark else (0, 0)
        self.tracking = mark[3].decode() if mark else ""


class Printer:
    """Raw TCP. `on_first_byte`, when set, is called once, at the next job's first bytes; it says
    whether the job's rest still reaches the paper."""

    def __init__(self, notice):
        self.server = listening()
        self.port = self.server.getsockname()[1]
        self.papers, self.open_jobs = [], 0
        self.on_first_byte = None
        self.notice = notice
        self.lock = threading.Lock()
        in_thread(self._accept, self.server)

    def switch_off(self):
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()

    def switch_on(self):
        self.server = listening(self.port)
        in_thread(self._accept, self.server)

    def of(self, tracking):
        """Papers of this number when no job is under way; None while one is."""
        with self.lock:
            if self.open_jobs:
                return None
            return [paper for paper in self.papers if paper.tracking == tracking]

    def _accept(self, server):
        while True:
            try:
                peer, _ = server.accept()
            except OSError:
                return
            with self.lock:
                self.open_jobs += 1
            in_thread(self._serve, peer)

    def _serve(self, peer):
        data = b""
        try:
            while chunk := peer.recv(4096):
                data += chunk
                if len(data) == len(chunk):
                    self.notice("paper begins")
                    if self._lost_at_first_byte():
                        break
        except OSError:
            pass
        if data:
            with self.lock:
                self.papers.append(Paper(data))
            time.sleep(PRINTING_S)  # the paper can be read before the printer says that it is done
        with self.lock:
            self.open_jobs -= 1
        peer.close()
        if data:
            self.notice("paper ends")

    def _lost_at_first_byte(self):
        hook, self.on_first_byte = self.on_first_byte, None
        return hook is not None and not hook()
