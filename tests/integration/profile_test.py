"""kemasctl profile check, probe and record, against pymodbus devices that play the shipped profiles;
the shipped files against their published schema; and every sample read by code that is not ours."""
import copy
import os
import pathlib
import shutil
import struct
import subprocess
import tempfile
import tomllib
import unittest
from fractions import Fraction

import profile_schema

program = os.environ.get('KEMASCTL', 'kemasctl')
root = pathlib.Path(__file__).resolve().parents[2]
folder = root / 'firmware-profiles'
shipped = sorted(folder.rglob('*.toml'))
MILLIGRAMS = {'mg': Fraction(1), 'g': Fraction(1000), 'kg': Fraction(10**6), 't': Fraction(10**9)}


def kemasctl(*args):
    return subprocess.run([program, 'profile', *map(str, args)], capture_output=True, text=True,
                          timeout=60)


class Peer:
    """profile_peer.py for a profile."""
    def __init__(self, path):
        script = root / 'tests/drivers/peers/profile_peer.py'
        self.process = subprocess.Popen(['/usr/bin/python3', '-B', script, path], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.port = int(self.process.stdout.readline())

    def show(self, sample):
        self.process.stdin.write(f'{sample}\n')
        self.process.stdin.flush()
        assert self.process.stdout.readline() == 'ok\n'

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


class Check(unittest.TestCase):
    def test_all_shipped_profiles_hold(self):
        run = kemasctl('check', folder)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(run.stdout.count('OK: '), len(shipped))
        self.assertGreaterEqual(len(shipped), 36)

    def test_a_wrong_sample_and_a_wrong_key_are_told_with_file_and_line(self):
        text = (folder / 'scale/hbm-wtx.toml').read_text()
        with tempfile.TemporaryDirectory() as place:
            path = pathlib.Path(place) / 'x.toml'
            path.write_text(text.replace('gross_mg = 12_345_000', 'gross_mg = 12_346_000'))
            run = kemasctl('check', path)
            line = text[:text.index('what = "12.345 kg gross')].count('\n')
            self.assertEqual(run.returncode, 2)
            self.assertIn(f'{path}:{line}: sample "12.345 kg gross at rest, three decimals": '
                          'gross_mg is 12345000 mg, expected 12346000 mg', run.stderr)
            path.write_text(text.replace('hold_ms', 'hold').replace('bit = 11', 'bit = 4'))
            run = kemasctl('check', path, folder / 'scale/kemas-sim.toml')
            self.assertEqual(run.returncode, 2)
            self.assertIn('explains bits that', run.stderr)
            self.assertIn('OK: ', run.stdout)

    def test_a_folder_without_profiles_is_no_success(self):
        with tempfile.TemporaryDirectory() as place:
            self.assertEqual(kemasctl('check', place).returncode, 2)
            self.assertEqual(kemasctl('check', place + '/none.toml').returncode, 2)


class Probe(unittest.TestCase):
    def test_shows_every_field_of_a_scale_raw_and_meant(self):
        path = folder / 'scale/flintec-ft112.toml'
        with Peer(path) as peer:
            peer.show(1)
            run = kemasctl('probe', path, '--host', '127.0.0.1', '--port', peer.port,
                           '--weight-unit', 'kg', '--division', '0.005')
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assertIn('Flintec FT-112', run.stdout)
            self.assertIn('kemasd would read 12.345 kg, stable', run.stdout)
            self.assertRegex(run.stdout, r'decimals +0x\w+ +3 +register 40007-40008')
            self.assertRegex(run.stdout, r'weight +0x00003039 +12345 .*register 40005-40006')
            self.assertRegex(run.stdout, r'stable +0 +yes +register 40007-40008 bit 2')
            self.assertRegex(run.stdout, r'unit +- +kg +given')
            run = kemasctl('probe', path, '--host', '127.0.0.1', '--port', peer.port)
            self.assertIn('kemasd would not weigh', run.stdout)
            peer.show(5)
            run = kemasctl('probe', path, '--host', '127.0.0.1', '--port', peer.port,
                           '--weight-unit', 'kg', '--division', '0.005', '--watch',
                           '--every-ms', 20, '--times', 2)
            self.assertEqual(run.stdout.count('overload: take goods off'), 2)
            self.assertRegex(run.stdout, r'overload +1 +YES, a fault')

    def test_shows_counters_codes_and_coils_of_other_devices(self):
        for name, expected in (
                ('conveyor/conveylinx-zpa', [r'upstream_arrivals +0x0007 +7 +register 1502',
                                             r'downstream_zone +0x05 +blocked, stopped +register 1501']),
                ('io/advantech-adam-6050', [r'input_0 +0x00011170 +70000 +register 40001-40002',
                                            r'overflow_1 +1 +yes +coil 39']),
                ('io/moxa-iologik-e1214', [r'calls itself: E1214', r'inputs +0x05 +5'])):
            path = folder / (name + '.toml')
            with self.subTest(name), Peer(path) as peer:
                run = kemasctl('probe', path, '--host', '127.0.0.1', '--port', peer.port)
                self.assertEqual(run.returncode, 0, run.stderr)
                for pattern in expected:
                    self.assertRegex(run.stdout, pattern)

    def test_another_device_or_none_is_told(self):
        moxa, scale = folder / 'io/moxa-iologik-e1214.toml', folder / 'scale/kemas-sim.toml'
        with Peer(scale) as peer:
            run = kemasctl('probe', moxa, '--host', '127.0.0.1', '--port', peer.port)
            self.assertEqual(run.returncode, 1)
            self.assertIn('another device answers', run.stderr)
        run = kemasctl('probe', scale, '--host', '127.0.0.1', '--port', peer.port,
                       '--timeout-ms', 500)
        self.assertEqual(run.returncode, 1)
        run = kemasctl('probe', folder / 'printer/cpcl.toml', '--host', '127.0.0.1')
        self.assertEqual(run.returncode, 2)
        self.assertIn('is no Modbus device', run.stderr)


class Record(unittest.TestCase):
    def test_adds_what_the_device_tells_as_a_sample_that_holds(self):
        for name, more in (('scale/flintec-ft112', ['--weight-unit', 'kg', '--division', '0.005',
                                                    '--weight-mg', 12_345_000]),
                           ('conveyor/plc-mailbox', [])):
            with self.subTest(name), tempfile.TemporaryDirectory() as place:
                path = pathlib.Path(place) / 'x.toml'
                shutil.copy(folder / (name + '.toml'), path)
                before = tomllib.loads(path.read_text())['sample']
                with Peer(path) as peer:
                    peer.show(1)
                    run = kemasctl('record', path, '--host', '127.0.0.1', '--port', peer.port,
                                   '--what', 'a "quoted" load', *more)
                self.assertEqual(run.returncode, 0, run.stderr)
                after = tomllib.loads(path.read_text())['sample']
                self.assertEqual(after[:-1], before)
                self.assertEqual(after[-1]['what'], 'a "quoted" load')
                if 'liveness' not in tomllib.loads(path.read_text()):
                    self.assertEqual(after[-1]['words'], before[1]['words'])
                self.assertEqual(kemasctl('check', path).returncode, 0)

    def test_a_weight_that_the_profile_reads_otherwise_is_not_recorded(self):
        with tempfile.TemporaryDirectory() as place:
            path = pathlib.Path(place) / 'x.toml'
            shutil.copy(folder / 'scale/hbm-wtx.toml', path)
            before = path.read_text()
            with Peer(path) as peer:
                run = kemasctl('record', path, '--host', '127.0.0.1', '--port', peer.port, '--what',
                               'x', '--weight-unit', 'kg', '--division', '0.005', '--weight-mg', 5)
            self.assertEqual(run.returncode, 1)
            self.assertIn('nothing was recorded', run.stderr)
            self.assertEqual(path.read_text(), before)


class Judge(unittest.TestCase):
    """Weights of the samples, worked out from the TOML by struct and fractions."""
    def weight(self, profile, sample):
        field, at = profile['weight'], 0
        for block in profile['read']:
            bits = block['function_code'] <= 2
            if not bits and 0 <= field['register'] - block['start'] < block['count']:
                at += field['register'] - block['start']
                break
            at += (block['count'] + 15) // 16 if bits else block['count']
        wide = field['number'] not in ('u16', 's16')
        words = sample['words'][at:at + 1 + wide]
        if field.get('word_order') == 'low_first':
            words = words[::-1]
        raw = struct.pack(f'>{len(words)}H', *words)
        form = {'u16': 'H', 's16': 'h', 'u32': 'I', 's32': 'i', 'float32': 'f'}[field['number']]
        number = Fraction(struct.unpack('>' + form, raw)[0])
        site = sample.get('site', {})
        decimals = field.get('decimals', site.get('decimals'))
        unit = profile.get('unit', site.get('unit'))
        if not isinstance(decimals, int) or not isinstance(unit, str):
            return None
        return number * MILLIGRAMS[unit] / 10**decimals

    def test_agrees_with_every_sample_whose_point_and_unit_are_fixed(self):
        judged = 0
        for path in shipped:
            profile = tomllib.loads(path.read_text())
            if profile['kind'] != 'scale' or profile.get('protocol', 'modbus') != 'modbus':
                continue
            for sample in profile['sample']:
                with self.subTest(path=path.name, what=sample['what']):
                    if 'fault' in sample:
                        continue
                    weight = self.weight(profile, sample)
                    if weight is None:
                        continue
                    magnitude = 'negative' in profile['weight']
                    expected = abs(sample['gross_mg']) if magnitude else sample['gross_mg']
                    self.assertEqual(round(weight), expected)
                    judged += 1
        self.assertGreaterEqual(judged, 18)


class Schema(unittest.TestCase):
    def test_every_shipped_profile_fits_the_published_schema(self):
        for path in shipped:
            with self.subTest(path.name):
                mistakes = profile_schema.mistakes(tomllib.loads(path.read_text()))
                self.assertEqual(mistakes, [])

    def test_refuses_what_the_reader_refuses(self):
        """One change at a time to real files: schema and kemasctl must both refuse it."""
        base = tomllib.loads((folder / 'scale/kemas-sim.toml').read_text())
        text = (folder / 'scale/kemas-sim.toml').read_text()
        changes = [
            ('schema = 1', 'schema = 2', lambda p: p.update(schema=2)),
            ('vendor = "Kemas"\n', '', lambda p: p.pop('vendor')),
            ('decimals = 0', 'decimal = 0', lambda p: p['weight'].update(decimal=0)),
            ('number = "s32"', 'number = "s33"', lambda p: p['weight'].update(number='s33')),
            ('verified = "simulator"', 'verified = "guess"', lambda p: p.update(verified='guess')),
            ('max_age_ms = 1000', 'max_age_ms = 1', lambda p: p['liveness'].update(max_age_ms=1)),
            ('function_code = 3', 'function_code = 7',
             lambda p: p['read'][0].update(function_code=7)),
            ('[status.stable]', '[status.stabel]',
             lambda p: p['status'].update(stabel=p['status'].pop('stable'))),
            ('kind = "scale"', 'kind = "scales"', lambda p: p.update(kind='scales')),
            ('words = [0x0000, 0x04D2', 'words = [0x10000, 0x04D2',
             lambda p: p['sample'][0]['words'].__setitem__(0, 0x10000)),
        ]
        texts, profiles = [], []
        for old, new, change in changes:
            self.assertIn(old, text)
            texts.append(text.replace(old, new, 1))
            profiles.append(copy.deepcopy(base))
            change(profiles[-1])
        self.both_refuse(texts, profiles)

    def test_refuses_a_key_that_is_none_in_every_kind_of_file(self):
        texts, profiles = [], []
        for path in shipped:
            texts.append('bogus = 1\n' + path.read_text())
            profiles.append(tomllib.loads(texts[-1]))
            lists = [name for name, value in profiles[-1].items() if isinstance(value, list)
                     and isinstance(value[0], dict)]
            for name in lists:
                texts.append(path.read_text().replace(f'[[{name}]]\n', f'[[{name}]]\nbogus = 1\n', 1))
                profiles.append(tomllib.loads(texts[-1]))
        self.assertGreater(len(texts), 2 * len(shipped))
        self.both_refuse(texts, profiles)

    def test_refuses_what_would_do_nothing(self):
        ssi = (folder / 'scanner/zebra-ssi.toml').read_text()
        zpl = (folder / 'printer/zebra-zpl.toml').read_text()
        texts = [ssi.replace('timeout_ms = 0', 'good = "<ACK>"'),
                 ssi.replace('timeout_ms = 0', 'bad = "<NAK>"'),
                 ssi.replace('max_length', 'prefix = "a"\nmax_length'),
                 zpl.replace('tcp_port', 'compression = "zpl_z64"\ntcp_port'),
                 (folder / 'scanner/honeywell-host-ack.toml').read_text().replace('good =', '# good =')]
        self.both_refuse(texts, [tomllib.loads(text) for text in texts])

    def both_refuse(self, texts, profiles):
        with tempfile.TemporaryDirectory() as place:
            for i, text in enumerate(texts):
                (pathlib.Path(place) / f'x{i}.toml').write_text(text)
            run = kemasctl('check', place)
            self.assertEqual(run.returncode, 2)
            self.assertNotIn('OK: ', run.stdout)
            for i, profile in enumerate(profiles):
                with self.subTest(texts[i][:80]):
                    self.assertIn(f'/x{i}.toml:', run.stderr)
                    self.assertNotEqual(profile_schema.mistakes(profile), [])


if __name__ == '__main__':
    unittest.main()
