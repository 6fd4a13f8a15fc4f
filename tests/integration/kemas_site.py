"""One site for one test: a working folder, a site file, a real kemasd, its HTTP face."""
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

root = pathlib.Path(__file__).parents[2]
demo = root / 'config' / 'demo'


def binary(name):
    """A program that CMake names in the environment: kemasd is KEMASD."""
    return os.environ[name.upper().replace('-', '_')]


def free_port():
    """A port for a server to come: below the ephemeral ones, that no outgoing connection takes it first."""
    while True:
        port = random.SystemRandom().randrange(15000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(('127.0.0.1', port))
                return port
            except OSError:
                continue


def until(question, within_s=15, what='what was asked'):
    """The first true answer; AssertionError with the last one after `within_s`. `what` may be a function, asked then."""
    end = time.monotonic() + within_s
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > end:
            said = what() if callable(what) else what
            raise AssertionError(f'{said}: not within {within_s} s; last answer: {answer!r}')
        time.sleep(0.03)


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def kind(self):
        return self.headers.get('Content-Type', '')


class Bench:
    """A station with its scanner's port; printer and scale are the ports of the test's own."""

    def __init__(self, name, printer=None, scale=None, kind='bench'):
        self.name, self.printer, self.scale, self.kind = name, printer, scale, kind
        self.scanner = free_port()

    def toml(self):
        text = f'[[station]]\nname = "{self.name}"\nkind = "{self.kind}"\n'
        text += f'printer = "printer-{self.name}"\n' if self.printer else ''
        text += f'scale = "scale-{self.name}"\n' if self.scale else ''
        text += f'[[scanner]]\nname = "scanner-{self.name}"\nstation = "{self.name}"\nport = {self.scanner}\n'
        if self.scale:
            text += (f'[[scale]]\nname = "scale-{self.name}"\nhost = "127.0.0.1"\nport = {self.scale}\n'
                     f'profile = "{root}/firmware-profiles/scale/kemas-sim.toml"\n'
                     'poll_ms = 20\nmin_readings = 2\nmin_span_ms = 40\nmax_age_ms = 600\n')
        if self.printer:
            text += (f'[[printer]]\nname = "printer-{self.name}"\nhost = "127.0.0.1"\nport = {self.printer}\n'
                     'connect_timeout_ms = 1000\nstall_timeout_ms = 1000\nclose_timeout_ms = 1000\n')
        return text


class Site:
    def __init__(self, benches, order_db='', token='', more='', deadline_ms=2000):
        """`order_db`: connect string of a PostgreSQL; `more`: TOML put at the end."""
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='kemas-it-'))
        self.benches = {bench.name: bench for bench in benches}
        self.port, self.token, self.process, self.told = free_port(), token, None, []
        self.config = self.folder / 'kemas.toml'
        self.log = self.folder / 'kemasd.log'
        for name in ('operators.csv', 'cartons.csv'):
            shutil.copy(demo / name, self.folder)
        self.config.write_text(self._toml(order_db, token, more, deadline_ms))
        self.notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notify.bind(str(self.folder / 'notify'))

    def _toml(self, order_db, token, more, deadline_ms):
        text = '[site]\nname = "Proof"\n[ledger]\npath = "ledger.db"\n'
        text += f'[http]\nport = {self.port}\n' + (f'token = "{token}"\n' if token else '')
        text += '[policy]\ndefault_carton = "BOX-S"\n'
        text += (f'[label]\nlayout = "{root}/config/labels/domestic-100x150.toml"\nsender_name = "Gudang Bukti"\n'
                 'sender_phone = "021-0000-0000"\nsender_address = "Jl. Contoh 1, Bekasi 17530"\n')
        if order_db:
            text += (f'[order_db]\nbackend = "postgresql"\nconnect = "{order_db}"\n'
                     f'poll_ms = 100\ndeadline_ms = {deadline_ms}\n')
        text += '[files]\noperators = "operators.csv"\ncartons = "cartons.csv"\n'
        return text + ''.join(bench.toml() for bench in self.benches.values()) + more

    def start(self):
        environment = dict(os.environ, NOTIFY_SOCKET=str(self.folder / 'notify'))
        with open(self.log, 'ab') as log:
            self.process = subprocess.Popen([binary('kemasd'), '--config', str(self.config)], env=environment,
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.hear('READY=1', 30)
        return self

    def hear(self, word, within_s):
        """Waits for a word on the notify socket; fails at once when kemasd has ended without it."""
        end = time.monotonic() + within_s
        self.notify.settimeout(0.1)
        while time.monotonic() < end:
            ended = self.process.poll() is not None
            try:
                self.told.append(self.notify.recv(4096).decode())
            except TimeoutError:
                if ended:
                    break
                continue
            if word in self.told[-1].split('\n'):
                return
        raise AssertionError(f'kemasd never said {word}:\n{self.log.read_text()[-4000:]}')

    def stop(self):
        """SIGTERM; the exit code and how long it took. A kemasd that stays is killed."""
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f'kemasd ignored SIGTERM:\n{self.log.read_text()[-4000:]}') from None
        self.process = None
        return code, time.monotonic() - started

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process = None

    def close(self):
        """For addCleanup: stops what runs, and complains of an end that was not clean."""
        try:
            if self.process:
                code, _ = self.stop()
                assert code == 0, f'kemasd ended with {code}:\n{self.log.read_text()[-6000:]}'
        finally:
            self.notify.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def http(self, method, path, body=None, kind='application/json', headers=None, query=None):
        """Any answer of kemasd, refusals too. A dict or list as body is sent as JSON."""
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode()
        url = f'http://127.0.0.1:{self.port}{path}' + (f'?{urllib.parse.urlencode(query)}' if query else '')
        request = urllib.request.Request(url, data=body, method=method, headers=dict(headers or {}))
        if body is not None:
            request.add_header('Content-Type', kind)
        if self.token and 'Authorization' not in (headers or {}):
            request.add_header('Authorization', f'Bearer {self.token}')
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as refusal:
            with refusal:
                return Answer(refusal.code, refusal.headers, refusal.read())

    def get(self, path, **more):
        return self.http('GET', path, **more)

    def post(self, path, body, **more):
        return self.http('POST', path, body, **more)

    def status(self):
        return self.get('/status').json

    def device(self, name):
        return next(each for each in self.status()['devices'] if each['name'] == name)

    def effects(self, state=None):
        return self.get('/api/v1/effects', query={'state': state} if state else None).json['effects']

    def order(self, number, **query):
        return self.get('/api/v1/orders/' + urllib.parse.quote(number, safe=''), query=query).json

    def import_file(self, kind, content):
        return self.post(f'/api/v1/imports/{kind}', content, kind='text/csv',
                         query={'file': f'{kind}.csv', 'dry_run': 'false'})

    def load_goods(self, leave_out=b'\0'):
        """The demo's goods, stock, tariff and tracking numbers, imported for good; without the lines that begin
        with `leave_out`, one beginning or a tuple of them."""
        for kind in ('skus', 'stock', 'tariff', 'tracking-numbers'):
            lines = (demo / f'{kind}.csv').read_bytes().splitlines(keepends=True)
            answer = self.import_file(kind, b''.join(line for line in lines if not line.startswith(leave_out)))
            assert answer.status == 200 and answer.json['committed'], (answer.status, answer.body)
        return self
