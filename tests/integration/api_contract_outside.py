"""Couriers, channels, devices, lines and pictures: what is outside the house."""
import pathlib
import subprocess
import tempfile

import judge_label
from kemas_site import until


class Outside:
    def test_couriers_tell_their_numbers(self):
        told = self.ask('GET', '/api/v1/couriers', 200).json
        jne = next(each for each in told['couriers'] if each['name'] == 'JNE')
        self.assertIsNone(jne['connection'])
        self.assertEqual((jne['tracking'], jne['troubles'], jne['wrong'], jne['trouble']), (None, [], 0, 0))
        self.assertTrue(all(each['numbers'] == 'pool' for each in jne['services']))
        self.assertGreater(sum(each['free'] for each in jne['services']), 0)
        self.assertEqual(told['waiting'], [])
        self.ask('GET', '/api/v1/couriers/track', 404, query={'number': 'JP0001'})
        self.ask('GET', '/api/v1/couriers/track', 400, sound=False)

    def test_channels_tell_their_packages(self):
        told = self.ask('GET', '/api/v1/channels', 200).json
        self.assertEqual(told, {'channels': [], 'packages': []})
        slot = {'slot': 'S-2', 'by': 'sari'}
        self.ask('POST', '/api/v1/parcels/{id}/slot', 404, slot, id='none')
        self.ask('POST', '/api/v1/parcels/{id}/slot', 422, {'slot': 'S-2'}, sound=False, id='none')

    def test_a_picture_is_read_and_scanned(self):
        with tempfile.TemporaryDirectory() as folder:
            picture = f'{folder}/badge.png'
            subprocess.run(['zint', '-b', '20', '-d', 'BADGE-BUDI', '-o', picture, '--scale', '2', '-w', '20'],
                           check=True)
            png = pathlib.Path(picture).read_bytes()
        read = self.ask('POST', '/api/v1/scans/picture', 200, png, kind='image/png').json['codes']
        self.assertEqual([each['text'] for each in read], ['BADGE-BUDI'])
        scanned = self.ask('POST', '/api/v1/scans/picture', 200, png, kind='image/png', query={'station': 'cart-1'})
        self.assertTrue(scanned.json['ok'], scanned.json)
        self.ask('POST', '/api/v1/scans/picture', 422, b'no picture', kind='image/png')

    def test_devices_are_shown_and_do_what_they_can(self):
        listed = self.ask('GET', '/api/v1/devices', 200).json['devices']
        of_stations = [each for each in listed if each['stations']]  # the others read for the line
        self.assertEqual([(each['name'], each['kind'], each['stations']) for each in of_stations],
                         [('scanner-bench-1', 'scanner', ['bench-1']), ('scanner-cart-1', 'scanner', ['cart-1']),
                          ('scanner-dock-1', 'scanner', ['dock-1']), ('printer-bench-1', 'printer', ['bench-1'])])
        one = '/api/v1/devices/{name}'
        self.assertEqual(self.ask('GET', one, 200, name='scanner-bench-1').json['last_code'], {'count': 0})
        self.ask('GET', one, 404, name='scanner-9')
        self.ask('GET', one, 404, name='scanner-bench-1', query={'kind': 'scale'})
        for command in ('zero', 'tare', 'clear-tare'):
            self.ask('POST', f'{one}/{command}', 409, {}, name='printer-bench-1')
        self.ask('POST', f'{one}/test-page', 409, {}, name='scanner-bench-1')
        self.ask('POST', f'{one}/trigger', 409, {}, name='printer-bench-1')
        refused = self.ask('POST', f'{one}/trigger', 409, {'on': False}, name='scanner-bench-1')
        self.assertIn('no such trigger', refused.json['detail'])
        self.ask('POST', f'{one}/trigger', 422, {'on': 'yes'}, name='scanner-bench-1', sound=False)
        told = self.ask('POST', f'{one}/test-page', 200, {}, name='printer-bench-1').json
        self.assertEqual(told['outcome'], 'sent', told)
        page = self.printer.job()
        printed = {told['code'] + dots for dots in '234'}
        self.assertEqual(judge_label.read_codes(judge_label.draw(page)), (printed, printed))
        live = self.ask('GET', one, 200, name='printer-bench-1').json['live']
        self.assertTrue(any(each['name'] == 'last job' and each['text'].startswith('sent') for each in live), live)

    def test_a_person_opens_and_shuts_lanes_and_clears_a_jam(self):
        signed, lane = {'by': 'sari', 'reason': 'chute full'}, '/api/v1/lines/{name}/lanes/{lane}'
        jne = lambda: self.site.status()['lines'][0]['lanes'][0]
        until(lambda: jne()['open'], 10, 'the books have said where the line begins')
        self.assertEqual(jne(), {'name': 'JNE', 'open': True, 'full': False, 'down': False})
        self.ask('POST', lane + '/shut', 200, signed, name='sorter', lane='JNE')
        until(lambda: not jne()['open'], 10, 'shut')
        self.ask('POST', lane + '/open', 200, signed, name='sorter', lane='JNE')
        until(lambda: jne()['open'], 10, 'open')
        self.ask('POST', lane + '/shut', 404, signed, name='sorter', lane='TIKI')
        self.ask('POST', lane + '/open', 422, {'by': ''}, name='sorter', lane='JNE', sound=False)
        self.ask('POST', '/api/v1/lines/{name}/clear-jam', 409, signed, name='sorter')  # a real jam: line_test
        self.ask('POST', '/api/v1/lines/{name}/clear-jam', 404, signed, name='nowhere')
        feed, zone = '/api/v1/lines/{name}/feeds/{feed}/clear-jam', signed | {'zone': 'downstream'}
        self.ask('POST', feed, 409, zone, name='sorter', feed='infeed')
        self.ask('POST', feed, 404, zone, name='sorter', feed='outfeed')
        self.ask('POST', feed, 404, zone, name='nowhere', feed='infeed')
        self.ask('POST', feed, 422, signed, name='sorter', feed='infeed', sound=False)
