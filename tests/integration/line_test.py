"""A conveyor line at one site: kemasd decides, the simulated line runs, its readers' results go by scanner sockets."""
import socket
import subprocess
import threading
import unittest

import goods
from kemas_site import Bench, Site, binary, demo, free_port, root, until
from peers import Printer, Scanner

COURIERS = ('JNE', 'JNT', 'SICEPAT', 'ANTERAJA', 'POS')


def line_toml(plc, readers):
    """The layout of `kemas-sim line`, with room for a slow machine: its parcels come far apart here."""
    text = (f'[[line]]\nname = "sorter"\nprofile = "{root}/firmware-profiles/conveyor/plc-mailbox.toml"\n'
            f'host = "127.0.0.1"\nport = {plc}\n'
            'decide_at = 1400\nshortest_pitch = 1200\nlongest_body = 1500\nlength_tolerance = 15\ndoubt = 400\n'
            'least_lead = 100\nmost_pulses_per_s = 2300\n')
    eyes = [('in', 0), ('after scale', 1500), *((f'gate {i + 1}', 3000 + 1300 * i) for i in range(7)), ('out', 12500)]
    text += ''.join(f'[[line.eye]]\nname = "{name}"\nat = {at}\nwindow = 150\n' for name, at in eyes)
    for name, at, reach in (('side', 300, 900), ('camera', 600, 750)):
        text += f'[[line.reader]]\nname = "{name}"\nat = {at}\nreach = {reach}\n'
    for i, name in enumerate((*COURIERS, 'others', 'round')):
        takes = {'others': 'takes = ["*"]', 'round': 'recirculates = true'}.get(name, f'takes = ["{name}"]')
        text += (f'[[line.lane]]\nname = "{name}"\ngate = "gate {i + 1}"\ndivert_at = {3800 + 1300 * i}\n'
                 f'seen_after = 700\nwindow = 200\n{takes}\n')
    for name, port in readers.items():
        text += f'[[scanner]]\nname = "{name}"\nline = "sorter"\nreader = "{name}"\nport = {port}\nno_read = "NOREAD"\n'
    return text


class Belt:
    """kemas-sim line without faults; what its readers say goes to kemasd."""

    def __init__(self, plc, readers):
        self.readers = readers
        self.process = subprocess.Popen(
            [binary('kemas-sim'), 'line', '--port', str(plc), '--parcels', '3600', '--calm'],
            stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self):
        sockets = {}
        for line in self.process.stdout:
            reader, *words = line.split()
            if reader not in self.readers:
                continue
            try:
                if reader not in sockets:
                    sockets[reader] = socket.create_connection(('127.0.0.1', self.readers[reader]), 5)
                sockets[reader].sendall(f'{words[0]}\r\n'.encode())
            except OSError:  # kemasd was killed
                broken = sockets.pop(reader, None)
                if broken:
                    broken.close()
        for each in sockets.values():
            each.close()

    def stop(self):
        self.process.terminate()
        self.thread.join(10)
        self.process.wait(10)
        self.process.stdout.close()


class Line(unittest.TestCase):
    def setUp(self):
        self.printer = Printer().start()
        self.addCleanup(self.printer.stop)
        self.plc, self.readers = free_port(), {'side': free_port(), 'camera': free_port()}
        self.site = Site([Bench('bench-1', self.printer.port)], more=line_toml(self.plc, self.readers))
        self.addCleanup(self.site.close)
        self.site.start()
        for kind in ('skus', 'stock', 'tariff'):
            self.load(kind, (demo / f'{kind}.csv').read_bytes())

    def load(self, kind, csv):
        answer = self.site.post(f'/api/v1/imports/{kind}', csv, kind='text/csv',
                                query={'file': f'{kind}.csv', 'dry_run': 'false'})
        self.assertTrue(answer.json.get('committed'), answer.body)

    def packed(self, scanner, number):
        """An order's parcel, labelled; its tracking number."""
        order = goods.own_order(number)
        self.assertEqual(self.site.post('/api/v1/orders', order).status, 200)
        scanner.must('BADGE-ENDAH', number)
        for line in order['lines']:
            scanner.must(*[goods.barcode(line['sku'])] * line['quantity'])
        scanner.scan('*K*done')
        scanner.scan(f'*K*weight:{goods.weight_g(order)}:no scale here')
        scanner.must('BADGE-ENDAH')
        self.printer.job()
        until(lambda: not self.site.effects(), 15, 'printed')
        return self.site.order(number)['parcels'][0]['tracking_number']

    def line(self):
        return self.site.status()['lines'][0]

    def told(self, word):
        return word in self.site.log.read_text()

    def run_belt(self):
        belt = Belt(self.plc, self.readers)
        self.addCleanup(belt.stop)
        return belt

    def test_parcels_go_to_their_lane_or_to_the_reject_lane_with_the_reason(self):
        # The first ones run while kemasd finds the PLC.
        self.load('tracking-numbers', b'courier,service,number\nJNE,REG,KM8\nJNE,REG,KM9\nJNE,REG,KM12\n')
        scanner = Scanner(self.site.benches['bench-1'].scanner)
        self.addCleanup(scanner.close)
        self.assertEqual([self.packed(scanner, f'L-{n}') for n in (8, 9, 12)], ['KM8', 'KM9', 'KM12'])
        self.site.post('/api/v1/orders/L-9/cancel', {'by': 'shop', 'reason': 'buyer'})
        self.assertFalse(self.site.device('sorter')['up'])
        self.assertEqual(self.site.post('/api/v1/lines/sorter/clear-jam', {'by': 'sari'}).status, 422)

        # A changed line waits for the next start; the line of now runs on.
        self.site.config.write_text(self.site.config.read_text().replace('decide_at = 1400', 'decide_at = 1390'))
        self.assertEqual(self.site.post('/api/v1/reload', {}).json, {'changed': [], 'needs_restart': ['[[line]]']})

        self.run_belt()
        until(lambda: self.site.device('sorter')['up'], 20, 'the PLC is up')
        until(lambda: self.line()['in_lanes'] == 1, 30, 'KM8 in its lane')
        until(lambda: self.told('line_stopped') and self.told('line_unknown_code'), 20, 'both reasons')
        seen = self.line()
        self.assertEqual((seen['unknown'], [lane['name'] for lane in seen['lanes']][0]), (0, 'JNE'))
        self.assertGreaterEqual(seen['rejected'], 2)

        # Killed between the durable start and the proof: nobody knows, a person is asked.
        until(lambda: self.site.effects('started'), 30, 'KM12 on its way')
        self.site.kill()
        self.site.start()
        doubt = self.site.effects('unknown')
        self.assertEqual([(each['kind'], each['device']) for each in doubt], [('divert', 'JNE')])
        self.assertEqual(self.site.status()['effects']['unknown'], 1)
        settled = self.site.post(f"/api/v1/effects/{doubt[0]['id']}/resolve",
                                 {'outcome': 'done', 'by': 'sari', 'reason': 'it lies in the lane'})
        self.assertEqual(settled.status, 200, settled.body)
        self.assertEqual(self.site.effects(), [])


if __name__ == '__main__':
    unittest.main()
