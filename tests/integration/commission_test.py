"""kemasctl devices and commission against a real kemasd: the tests are the hands at scanner, scale and printer."""
import pathlib
import re
import socket
import subprocess
import tempfile
import threading
import time
import unittest
import xml.etree.ElementTree as xml

from kemas_site import Bench, Site, binary, root, until
from openapi_check import check_answer
from peers import Printer, Scale, Scanner

PLAIN = 'KMSCHK-yZ/_+?=@'
GS1 = '010200000000000821KMSCHK-7\x1d10B2'


def read(picture):
    """What kemas-decode reads of a picture: (kind, text) of each barcode."""
    with open(picture, 'rb') as pixels:
        seen = subprocess.run([binary('kemas-decode')], stdin=pixels, capture_output=True, text=True, timeout=60)
    return {tuple(line.split('\t')) for line in seen.stdout.splitlines()}


class Hands:
    """Follows what kemasctl says and does what it asks for: words to wait for, and what to do then."""

    def __init__(self, deeds):
        self.deeds, self.text = list(deeds), ''

    def follow(self, stream):
        for line in stream:
            self.text += line
            if self.deeds and self.deeds[0][0] in line:
                self.deeds.pop(0)[1]()


class Commission(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.printer, cls.scale = Printer().start(), Scale()
        cls.addClassCleanup(cls.printer.stop)
        cls.addClassCleanup(cls.scale.close)
        cls.site = Site([Bench('bench-1', cls.printer.port, cls.scale.port)])
        cls.addClassCleanup(cls.site.close)
        cls.site.start()
        until(lambda: cls.site.device('scale-bench-1')['up'], 15, 'the scale is up')

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.scanner = Scanner(self.site.benches['bench-1'].scanner)
        self.addCleanup(self.scanner.close)

    def ctl(self, *words):
        return [binary('kemasctl'), '--url', f'http://127.0.0.1:{self.site.port}', *words]

    def commission(self, answers, deeds, *more):
        """Exit code, what was said, and the report."""
        (self.folder / 'answers').write_text(answers)
        report = self.folder / 'report.md'
        process = subprocess.Popen(
            self.ctl('commission', '--answers', str(self.folder / 'answers'), '--out', str(report), '--wait', '8',
                     *more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        hands = Hands(deeds)
        follower = threading.Thread(target=hands.follow, args=(process.stdout,))
        follower.start()
        code = process.wait(90)
        follower.join(10)
        process.stdout.close()
        return code, hands.text, report.read_text() if report.exists() else ''

    def scan(self, code):
        self.assertTrue(self.scanner.scan(code).ok)

    def scan_page(self):
        """Reads the code of the page in the printer's tray, as a scanner would."""
        job = self.printer.job().decode()
        self.scan(re.search(r'KMSCHK\d+', job)[0] + '2')

    def good_deeds(self, second=2000):
        return [('Scan barcode A', lambda: self.scan(PLAIN)), ('Scan barcode B', lambda: self.scan(GS1)),
                ('(scale-bench-1/empty)', lambda: self.scale.put(0)),
                ('Put it on', lambda: self.scale.put(1000)), ('Put it on', lambda: self.scale.put(second)),
                ('(scale-bench-1/off)', lambda: self.scale.put(0)),
                ('Scan the top barcode', self.scan_page)]

    def test_a_good_site_passes_and_the_report_says_what_was_done(self):
        code, said, report = self.commission('who = Sari\nscale-bench-1/weight-2 = 2 kg\n', self.good_deeds())
        self.assertEqual(code, 0, said + report)
        self.assertIn('result: **PASSED**', report)
        self.assertIn('done by: Sari', report)
        self.assertRegex(report, r'began: \d{4}-\d\d-\d\d \d\d:\d\d [+-]\d{4}')
        self.assertRegex(report, r"profile's SHA-256: [0-9a-f]{64}\n")
        self.assertIn('| second, heavier test weight | 2000 g within e = 5 g | 2000 g (0 g) | pass |', report)
        self.assertIn('0200000000000821KMSCHK-7\\<GS>10B2', report)
        self.assertIn('## What is to do\n\nNothing.', report)
        sheet = xml.parse(self.folder / 'report-codes.svg').getroot()
        self.assertIn(PLAIN, ''.join(sheet.itertext()))
        self.assertGreater(len(list(sheet.iter('{http://www.w3.org/2000/svg}rect'))), 60)

    def test_a_scanner_without_sourced_codes_gets_its_check_codes_on_paper(self):
        code, said, report = self.commission(
            'scanner-bench-1/print-on = printer-bench-1\nscanner-bench-1/print-by = ani\n',
            [('Scan barcode A', lambda: self.scan(PLAIN)), ('Scan barcode B', lambda: self.scan(GS1))],
            'scanner-bench-1', '--by', 'Budi')
        self.assertEqual(code, 0, said + report)
        sheet = self.folder / 'report-scanner-bench-1-setup-1.png'
        self.assertEqual(read(sheet), {('Code128', PLAIN), ('Code128', GS1.replace('\x1d', '\\x1D'))})
        self.assertIn('| 0 set-up codes and the check codes |', report)
        self.assertIn('set-up sheet printed on: printer-bench-1', report)
        until(lambda: self.printer.job(), 15, 'the sheet came out')

    def test_set_up_codes_of_a_profile_are_drawn_in_order_and_reported(self):
        bench = Bench('bench-3')
        profile = root / 'firmware-profiles/scanner/opticon-usb-com.toml'
        mode = f'mode = "client"\nhost = "127.0.0.1"\nprofile = "{profile}"\n'
        toml = bench.toml
        bench.toml = lambda: toml() + mode
        site = Site([bench])
        self.addCleanup(site.close)
        listener = self.enterContext(socket.create_server(('127.0.0.1', bench.scanner)))
        site.start()
        reader = listener.accept()[0]
        self.addCleanup(reader.close)
        until(lambda: site.device('scanner-bench-3')['up'], 15, 'the scanner is up')
        scan = lambda text: reader.sendall(text.encode() + b'\r')
        self.site, there = site, self.site
        try:
            code, said, report = self.commission(
                '', [('Scan barcode A', lambda: scan(PLAIN)), ('Scan barcode B', lambda: scan(']C1' + GS1))],
                'scanner-bench-3', '--by', 'Budi')
        finally:
            self.site = there
        self.assertEqual(code, 0, said + report)
        first = '@MENU_OPTO@ZZ@C01@ZZ@OTPO_UNEM@'
        self.assertIn(f'set-up code 1 on paper: USB as a serial port, all else as from the factory: qr {first}',
                      report.replace('\\', ''))
        self.assertIn('from MDI-4000 Series Serial Interface Manual p. 10', report)
        self.assertIn('| codes 1 to 2 taken | taken, says the person | pass |', report)
        self.assertEqual(
            read(self.folder / 'report-scanner-bench-3-setup-1.png'),
            {('QRCode', first), ('QRCode', first.replace('C01', 'X/4')), ('Code128', PLAIN),
             ('Code128', GS1.replace('\x1d', '\\x1D'))})
        setup = site.get('/api/v1/devices/scanner-bench-3')
        check_answer('GET', '/api/v1/devices/{name}', setup.status, setup.body, setup.kind)

    def test_a_sheet_is_asked_for_by_scanner_and_page_alone(self):
        ask = lambda **fields: self.site.post('/api/v1/prints/preview', {'layout': 'setup-100x150', 'fields': fields})
        self.assertEqual(ask(scanner='scanner-bench-1').status, 200)
        for wrong, said in (({}, 'No scanner is called'), ({'page': '2'}, 'from 1 to 1'),
                            ({'bluetooth_address': '11:22'}, '12 hexadecimal digits'), ({'qr_1': 'A'}, 'profile says')):
            answer = ask(**(({'scanner': 'scanner-bench-1'} | wrong) if wrong else {}))
            self.assertEqual(answer.status, 422, answer.body)
            self.assertIn(said, answer.json['detail'])

    def test_a_scale_off_by_three_divisions_fails_the_run(self):
        code, said, report = self.commission('who = Sari\nscale-bench-1/weight-2 = 2000\n',
                                             self.good_deeds(second=2015))
        self.assertEqual(code, 1, said + report)
        self.assertIn('result: **FAILED', report)
        self.assertIn('| 2000 g within e = 5 g | 2015 g (+15 g) | **FAIL** |', report)
        self.assertIn('- [ ] scale `scale-bench-1`, second, heavier test weight:', report)
        self.assertIn('scale scale-bench-1: FAILED', said)
        self.assertIn('printer printer-bench-1: passed', said)

    def test_a_scanner_that_loses_gs_is_found_out(self):
        code, said, report = self.commission(
            '', [('Scan barcode A', lambda: self.scan(']C0' + PLAIN)),
                 ('Scan barcode B', lambda: self.scan(GS1.replace('\x1d', '')))], 'scanner-bench-1', '--by', 'Budi')
        self.assertEqual(code, 1, said + report)
        self.assertIn('separator GS is lost', report)
        self.assertIn('| Plain code (Code 128) |', report)
        self.assertEqual(report.count('| pass |'), 3, 'it answers, has its sheet, and reads the plain code')

    def test_what_the_person_leaves_out_is_no_failure_and_no_pass(self):
        answers = '\n'.join(f'{kind}-bench-1/check = n' for kind in ('scanner', 'scale', 'printer'))
        code, said, report = self.commission(answers, [], '--by', 'Budi')
        self.assertEqual(code, 0, said)
        self.assertIn('result: **NOT COMPLETE', report)
        self.assertIn('left out by the person', report)

    def test_an_unknown_device_and_a_closed_terminal_are_no_success(self):
        code, said, _ = self.commission('', [], 'scale-9')
        self.assertEqual(code, 2)
        self.assertIn('scale-9', said)
        ended = subprocess.run(self.ctl('commission', 'scale-bench-1', '--out', str(self.folder / 'cut.md')),
                               stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        self.assertEqual(ended.returncode, 2, ended.stdout + ended.stderr)
        self.assertIn('ENDED EARLY', (self.folder / 'cut.md').read_text())

    def show(self, name):
        answer = self.site.get('/api/v1/devices/' + name)
        check_answer('GET', '/api/v1/devices/{name}', answer.status, answer.body, answer.kind)
        return answer.json

    def test_shows_live_what_each_device_says(self):
        self.scale.put(1235)
        weighed = until(lambda: (seen := self.show('scale-bench-1'))['weight'].get('weight_g') == '1235.000' and
                        seen['weight']['stable'] and seen, 15, '1235 g at rest')
        self.assertEqual(weighed['weight']['division_g'], '5.000')
        self.assertLess(weighed['weight']['age_ms'], 600)
        live = {each['name']: each['text'] for each in weighed['live']}
        self.assertIn('0000 04D3 0001', live['words'])
        self.assertEqual((live['stable'], live['overload']), ('yes', 'no'))
        self.assertTrue(weighed['about_profile']['as_loaded'])
        self.assertIn('127.0.0.1', weighed['address'])

        before = self.show('scanner-bench-1')['last_code']['count']
        self.scanner.scan('WHO-KNOWS\x1d7')
        code = self.show('scanner-bench-1')['last_code']
        self.assertEqual((code['count'], code['text']), (before + 1, 'WHO-KNOWS\x1d7'))
        self.assertTrue(code['hex'].endswith('53 1D 37'), code)
        shown = subprocess.run(self.ctl('devices', 'show', 'scanner-bench-1', '--watch', '--times', '2'),
                               capture_output=True, text=True, timeout=30)
        self.assertEqual(shown.returncode, 0, shown.stderr)
        self.assertEqual(shown.stdout.count('WHO-KNOWS<GS>7'), 2)
        listed = subprocess.run(self.ctl('devices', 'list'), capture_output=True, text=True, timeout=30)
        self.assertIn('scale-bench-1', listed.stdout)

    def test_a_check_code_never_reaches_the_floor(self):
        seq = self.site.status()['ledger']['seq']
        self.assertEqual(self.scanner.scan(PLAIN).text, f'check code read: {PLAIN}')
        until(lambda: self.show('scanner-bench-1')['last_code']['text'] == PLAIN)
        self.assertEqual(self.site.status()['ledger']['seq'], seq)

    def test_a_lost_device_raises_an_alarm_and_its_return_clears_it(self):
        own = Scale()
        self.addCleanup(own.close)
        site = Site([Bench('bench-2', scale=own.port)])
        self.addCleanup(site.close)
        site.start()
        alarms = lambda: site.status()['alarms']
        until(lambda: site.device('scale-bench-2')['up'], 15, 'the scale is up')
        own.process.kill()
        raised = until(lambda: alarms()['raised'], 15, 'an alarm')[0]
        self.assertEqual((raised['device'], raised['kind'], raised['what']), ('scale-bench-2', 'scale', 'down'))
        self.assertTrue(raised['text'])
        said = lambda: subprocess.run([binary('kemasctl'), '--url', f'http://127.0.0.1:{site.port}', 'status'],
                                      capture_output=True, text=True, timeout=30).stdout
        self.assertRegex(said(), r'alarms +1 raised')
        self.assertRegex(said(), r'scale-bench-2 +scale +\S+ +STILL +\S')
        until(lambda: 'alarm.raised' in site.log.read_text(), 5)
        again = Scale(own.port)
        self.addCleanup(again.close)
        cleared = until(lambda: alarms()['cleared'], 20, 'the alarm is cleared')[0]
        self.assertEqual((cleared['device'], cleared['since']), ('scale-bench-2', raised['since']))
        self.assertGreater(cleared['cleared'], cleared['since'])
        self.assertEqual(alarms()['raised'], [])
        self.assertRegex(said(), r'alarms +none raised, 1 lately cleared')
        self.assertNotIn('STILL', said())
        log = site.log.read_text()
        self.assertEqual((log.count('alarm.raised'), log.count('alarm.cleared')), (1, 1))
        check_answer('GET', '/status', 200, site.get('/status').body)


if __name__ == '__main__':
    unittest.main()
