"""Zero and tare over HTTP, carried out by the real kemasd at a Modbus scale and at one that speaks MT-SICS."""
import socketserver
import threading
import unittest

from kemas_site import Bench, Site, root, until
from openapi_check import check_answer
from peers import Scale


class OwnScale(Bench):
    """A bench whose scale has a profile of the house and what else its table needs."""

    def __init__(self, name, port, profile, more):
        super().__init__(name)
        self.port, self.profile, self.more = port, profile, more

    def toml(self):
        return (f'[[station]]\nname = "{self.name}"\nkind = "bench"\nscale = "scale-{self.name}"\n'
                f'[[scanner]]\nname = "scanner-{self.name}"\nstation = "{self.name}"\nport = {self.scanner}\n'
                f'[[scale]]\nname = "scale-{self.name}"\nhost = "127.0.0.1"\nport = {self.port}\n'
                f'profile = "{root}/firmware-profiles/scale/{self.profile}.toml"\nweight_unit = "g"\n'
                f'division = "5"\nmin_readings = 2\nmin_span_ms = 40\n{self.more}')


class Sics(socketserver.ThreadingTCPServer):
    """A balance on a TCP port: answers SI, TA, Z, T and TAC."""
    daemon_threads = allow_reuse_address = True

    def __init__(self):
        super().__init__(('127.0.0.1', 0), Balance)
        self.grams, self.tare, self.moving = 0, 0, False
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def answer(self, line):
        now = 'I' if self.moving else 'A'
        if line == 'SI':
            return f'S {"D" if self.moving else "S"} {self.grams - self.tare:9d} g'
        if line == 'TA':
            return f'TA A {self.tare:9d} g'
        if line not in ('Z', 'T', 'TAC'):
            return 'ES'
        if line == 'T' and not self.moving:
            self.tare = self.grams
            return f'T S {self.tare:9d} g'
        if not self.moving:
            self.grams, self.tare = 0 if line == 'Z' else self.grams, 0
        return f'{line} {now}'


class Balance(socketserver.StreamRequestHandler):
    def handle(self):
        while line := self.rfile.readline():
            self.wfile.write(f'{self.server.answer(line.decode().strip())}\r\n'.encode())


class ScaleCommands(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dini, cls.sics = Scale(peer='dini_peer.py'), Sics()
        cls.addClassCleanup(cls.dini.close)
        cls.addClassCleanup(cls.sics.server_close)
        cls.addClassCleanup(cls.sics.shutdown)
        cls.site = Site([OwnScale('dini', cls.dini.port, 'dini-argeo-dgt', 'decimals = 0\npoll_ms = 20\n'),
                         OwnScale('sics', cls.sics.server_address[1], 'mt-sics', '')])
        cls.addClassCleanup(cls.site.close)
        cls.site.start()
        for name in ('scale-dini', 'scale-sics'):
            until(lambda: cls.site.device(name)['up'], 15, f'{name} is up')

    def ask(self, name, command, expected):
        answer = self.site.post(f'/api/v1/devices/{name}/{command}', {})
        self.assertEqual(answer.status, expected, answer.body)
        check_answer('POST', f'/api/v1/devices/{{name}}/{command}', answer.status, answer.body, answer.kind)
        return answer.json

    def weighs(self, name, grams, stable=True):
        def seen():
            weight = self.site.get(f'/api/v1/devices/{name}').json['weight']
            return (weight.get('weight_g'), weight.get('stable')) == (grams, stable)
        until(seen, 15, f'{name} shows {grams}')

    def test_a_modbus_scale_is_zeroed_and_tared_and_its_own_bits_prove_it(self):
        self.dini.put(400)
        self.weighs('scale-dini', '400.000')
        self.assertEqual(self.ask('scale-dini', 'zero', 200)['text'], 'Scale scale-dini: zero done.')
        self.weighs('scale-dini', '0.000')
        self.dini.put(1000)
        self.weighs('scale-dini', '600.000')
        self.ask('scale-dini', 'tare', 200)
        self.assertIn('tare', self.ask('scale-dini', 'clear-tare', 409)['detail'])
        self.dini.put('moving')
        self.weighs('scale-dini', '600.000', stable=False)
        self.ask('scale-dini', 'zero', 409)
        self.dini.put('still')
        self.weighs('scale-dini', '600.000')
        self.dini.put('deaf')
        self.dini.put(1100)
        self.weighs('scale-dini', '700.000')
        told = self.ask('scale-dini', 'zero', 409)
        self.assertEqual(told['title'], 'Nobody knows', told)

    def test_a_text_scale_is_tared_cleared_and_zeroed(self):
        self.sics.grams = 400
        self.weighs('scale-sics', '400.000')
        self.ask('scale-sics', 'tare', 200)
        self.assertEqual(self.sics.tare, 400)
        until(lambda: self.site.device('scale-sics')['state'] == 'net_shown', 15, 'the tare is seen')
        self.ask('scale-sics', 'clear-tare', 200)
        self.weighs('scale-sics', '400.000')
        self.ask('scale-sics', 'zero', 200)
        self.weighs('scale-sics', '0.000')
        self.sics.moving = True
        self.weighs('scale-sics', '0.000', stable=False)
        self.assertIn('in motion', self.ask('scale-sics', 'zero', 409)['detail'])
        live = {each['name']: each['text'] for each in self.site.get('/api/v1/devices/scale-sics').json['live']}
        self.assertRegex(live['frame'], r'^S D +0 g$')


if __name__ == '__main__':
    unittest.main()
