"""A service on the other side, played by kemas-sim and steered over its own HTTP. What it did is counted there."""
import json
import subprocess
import urllib.request

from kemas_site import binary, free_port, until


class SimService:
    """`kind`: "market" or "courier"; `more`: further words of its command line."""

    def __init__(self, kind, *more):
        self.kind, self.more = kind, more
        self.port, self.process = free_port(), None

    def start(self):
        self.process = subprocess.Popen([binary('kemas-sim'), self.kind, '--port', str(self.port), *self.more],
                                        stdout=subprocess.DEVNULL)
        until(self.tells, 30, f'the {self.kind} listens')
        return self

    def tells(self, path='', method='GET'):
        try:
            request = urllib.request.Request(f'http://127.0.0.1:{self.port}/sim{path}', method=method)
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.load(answer)
        except OSError:
            return None

    def do(self, path):
        return self.tells('/' + path, 'POST')

    def close(self):
        if self.process:
            self.process.terminate()
            self.process.wait(20)
