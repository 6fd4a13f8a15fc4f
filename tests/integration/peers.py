"""What stands around kemasd, played by the test: a scanner, a printer that keeps every byte, a scale."""
import pathlib
import queue
import socket
import struct
import subprocess
import sys
import threading
import time

from kemas_site import free_port, until


class Said:
    """One line of kemasd to a scanner: accepted, refused with a code, or pushed (`!`)."""

    def __init__(self, line):
        self.line, self.pushed = line, line.startswith('!')
        parts = line.lstrip('!').split('|', 2)
        self.ok = parts[0] == '+'
        self.code = '' if self.ok else parts[1]
        self.text = parts[-1]

    def __repr__(self):
        return self.line


class Scanner:
    def __init__(self, port, sender='it'):
        self.socket = socket.create_connection(('127.0.0.1', port), 10)
        self.lines = self.socket.makefile('r', encoding='utf-8', newline='\r\n')
        self.sender, self.count, self.pushes = sender, 0, []

    def close(self):
        self.lines.close()
        self.socket.close()

    def send_raw(self, data):
        self.socket.sendall(data)

    def hear(self, within_s=20):
        self.socket.settimeout(within_s)
        line = self.lines.readline()
        if not line.endswith('\n'):
            raise AssertionError(f'kemasd closed the scanner after {line!r}')
        return Said(line.strip())

    def answer(self, within_s=20):
        """The next answer to a scan; what is pushed meanwhile is kept for `news`."""
        while True:
            said = self.hear(within_s)
            if not said.pushed:
                return said
            self.pushes.append(said)

    def scan(self, code, scan_id=None):
        self.count += 1
        self.send_raw(f'#{scan_id or f"{self.sender}{self.count}"};{code}\r\n'.encode())
        return self.answer()

    def must(self, *codes):
        """Each code must be accepted; the last answer."""
        for code in codes:
            said = self.scan(code)
            assert said.ok, f'{code}: {said}'
        return said

    def news(self, *words, within_s=20):
        """The first pushed line with one of the words in code or text."""
        end = time.monotonic() + within_s
        while True:
            while self.pushes:
                said = self.pushes.pop(0)
                if any(word in said.line for word in words):
                    return said
            self.pushes.append(self.hear(max(0.1, end - time.monotonic())))
            assert self.pushes[-1].pushed, f'an answer nobody asked for: {self.pushes[-1]}'


class Printer:
    """A raw printer. `trouble`: '', 'hang' (takes a job, says nothing), 'die' (RST after 300 bytes)."""

    def __init__(self, port=None):
        self.port, self.trouble, self.listener = port or free_port(), '', None
        self.jobs, self.cut, self.open = queue.Queue(), queue.Queue(), []

    def start(self):
        self.listener = socket.create_server(('127.0.0.1', self.port))
        threading.Thread(target=self._serve, args=(self.listener,), daemon=True).start()
        return self

    def stop(self):
        """From now on connections are refused."""
        listener, self.listener = self.listener, None
        if listener:
            listener.shutdown(socket.SHUT_RDWR)  # wakes the thread in accept
            listener.close()
        for each in self.open:
            each.close()
        self.open.clear()

    def job(self, within_s=20):
        """The bytes of the next whole job."""
        try:
            return self.jobs.get(timeout=within_s)
        except queue.Empty:
            raise AssertionError(f'nothing was printed within {within_s} s') from None

    def _serve(self, listener):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._take, args=(connection,), daemon=True).start()

    def _take(self, connection):
        if self.trouble == 'hang':
            self.open.append(connection)
            self.cut.put(connection.recv(1))  # the job has begun, and is never taken
            return
        data = b''
        with connection:
            while part := connection.recv(300 if self.trouble == 'die' else 65536):
                data += part
                if self.trouble == 'die':
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
                    self.cut.put(data)
                    return
        if data:
            self.jobs.put(data)


class Scale:
    """A pymodbus server with the register map of the kemas-sim profile, in a process of its own; or another peer."""

    def __init__(self, port=None, peer='scale_peer.py'):
        self.port = port or free_port()
        self.process = subprocess.Popen(
            [sys.executable, '-B', str(pathlib.Path(__file__).with_name(peer)), str(self.port)],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        until(self._listens, 20, 'pymodbus listens')

    def _listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(('127.0.0.1', self.port)) == 0

    def put(self, grams):
        """Off the pan, then this on it, at rest."""
        self.process.stdin.write(f'{grams}\n')
        self.process.stdin.flush()

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Simulated:
    """kemas-sim's own scale or printer, by its command line."""

    def __init__(self, program, *words, port=None):
        self.port = port or free_port()
        self.process = subprocess.Popen([program, words[0], '--port', str(self.port), *words[1:]],
                                        stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline(), 'kemas-sim did not start'

    def close(self):
        self.process.terminate()
        self.process.wait(20)
        self.process.stdout.close()
