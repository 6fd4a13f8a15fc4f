"""Shipments that a marketplace arranges, with the real programs: kemasd, and a market that kemas-sim plays. What
it arranged is counted there."""
import json
import os
import subprocess
import time
import unittest

import goods
from kemas_site import Bench, Site, binary, until
from peers import Printer
from sim_service import SimService

LONG = os.environ.get('KEMAS_LONG') == '1'
PARCELS = 60 if LONG else 12
CUT_S = 60 if LONG else 4


class Market(SimService):
    def __init__(self, *more):
        super().__init__('market', *more)

    def package(self, number):
        return next((each for each in self.tells()['packages'] if each['package'] == number), None)


def market_order(number):
    """Of the market's channel: it has a package number, and no number and label yet."""
    order = goods.own_order(number, (('K-102', 1),))
    return order | {'channel': 'shopee', 'courier': '', 'service': '',
                    'shipment': {'package_number': f'PKG{number}'}}


class MarketShipments(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.market = Market('--key', 'word', '--seed', '7', '--mishaps', '0.25', '--lies', '--rate', '20').start()
        cls.addClassCleanup(cls.market.close)
        cls.printer = Printer().start()
        cls.addClassCleanup(cls.printer.stop)
        cls.site = Site([Bench('bench-1', cls.printer.port), Bench('dock-1', kind='dock')], more=(
            f'[[channel]]\nname = "shopee"\nurl = "http://127.0.0.1:{cls.market.port}"\nkey_file = "market.key"\n'
            'deadline_ms = 3000\nhorizon_s = 3\npoll_s = 1\nrate_per_s = 20\nbreaker_failures = 4\n'
            'breaker_open_ms = 300\n'))
        key = cls.site.folder / 'market.key'
        key.write_text('word\n')
        key.chmod(0o600)
        cls.addClassCleanup(cls.site.close)
        cls.site.start().load_goods()

    def setUp(self):
        self.scan('*K*leave')
        self.scan('BADGE-ENDAH')
        self.scan('BADGE-BUDI', 'dock-1')

    def scan(self, code, station='bench-1'):
        return self.site.post('/api/v1/scans', {'station': station, 'code': code}).json

    def order(self, number):
        answer = self.site.post('/api/v1/orders', market_order(number))
        self.assertEqual(answer.status, 200, answer.body)

    def parcel(self, number):
        return self.site.order(number)['parcels'][0]

    def labelled(self, number, within_s=300):
        """Its number, once the page of its label is bound to it."""
        def ready():
            tracking = self.parcel(number)['tracking_number']
            files = [each['id'] for each in self.site.get('/api/v1/labels').json['files']
                     if each['name'].startswith(f'PKG{number}.')]
            pages = [page for file in files for page in self.site.get(f'/api/v1/labels/{file}').json['found']]
            bound = [page for page in pages if (page['state'], page['tracking_number']) == ('bound', tracking)]
            return tracking if tracking and bound else None
        return until(ready, within_s, lambda: f'a label of {number}; {self.channels()}; '
                                              f'{self.site.get("/api/v1/labels").json}')

    def channels(self):
        return self.site.get('/api/v1/channels').json

    def weigh(self, number):
        order = market_order(number)
        told = self.scan(number)
        self.assertTrue(told['ok'], told)
        for line in order['lines']:
            for _ in range(line['quantity']):
                self.assertTrue(self.scan(goods.barcode(line['sku']))['ok'])
        self.scan('*K*done')
        return self.scan(f'*K*weight:{goods.weight_g(order)}:no scale here')['code']

    def finish(self, number, tracking):
        self.assertIn(tracking.encode(), self.printer.job())
        until(lambda: not [each for each in self.site.effects() if each['kind'] == 'print_label'], 20, 'printed')
        self.assertTrue(self.scan(tracking)['ok'])
        self.scan('*K*leave')

    def ship(self, number):
        tracking = self.parcel(number)['tracking_number']
        self.assertEqual(self.weigh(number), 'label_coming')
        self.finish(number, tracking)
        told = self.scan(tracking, 'dock-1')
        self.assertTrue(told['ok'], told)

    def test_all_its_faults_and_a_cut_make_one_arrangement_each(self):
        orders = [f'M-{n}' for n in range(PARCELS)]
        for number in orders:
            self.order(number)
        for number in orders:
            self.labelled(number)
        self.market.do('down')  # four hours, as far as packing is concerned
        self.order('M-CUT')
        for number in orders[:PARCELS // 2]:
            self.ship(number)
        self.assertEqual(self.weigh('M-CUT'), 'channel_label_coming')
        self.scan('*K*leave')
        shopee = lambda: self.site.status()['channels'][0]
        until(lambda: shopee()['connection']['breaker'] != 'closed', 30, 'the breaker opens')
        self.assertEqual(shopee()['without_label'], 1)
        until(lambda: [each for each in self.site.status()['alarms']['raised'] if each['kind'] == 'channel'], 30,
              'an alarm')
        time.sleep(CUT_S)
        self.market.do('up')
        for number in orders[PARCELS // 2:]:
            self.ship(number)
        tracking = self.labelled('M-CUT', 400)  # each try that meets a mishap doubles the breaker's wait
        self.assertEqual(self.scan('M-CUT')['code'], 'label_coming')
        self.finish('M-CUT', tracking)
        self.assertTrue(self.scan(tracking, 'dock-1')['ok'])

        done = lambda: not [each for each in self.channels()['packages'] if each['order'].startswith('M-')]
        until(done, 300, 'every package is told')
        for number in orders + ['M-CUT']:
            there = self.market.package(f'PKG{number}')
            self.assertEqual(there['arrangements'], 1, there)
            self.assertEqual(there['tracking_number'], self.parcel(number)['tracking_number'])
            self.assertGreaterEqual(there['handed_over'], 1)
        self.assertGreater(self.market.tells()['mishaps'], PARCELS)

    def test_a_cancellation_is_answered_and_stops_the_order(self):
        self.order('C-1')
        self.labelled('C-1')
        self.market.do('cancel/PKGC-1')
        until(lambda: self.market.package('PKGC-1')['cancel'] == 'accepted', 60, 'answered')
        self.assertEqual(self.site.order('C-1')['state'], 'cancelled')
        self.assertEqual(self.scan('C-1')['code'], 'order_cancelled')

    def test_killed_under_way_there_is_one_arrangement(self):
        self.order('K-1')
        until(lambda: self.market.package('PKGK-1'), 30, 'the market was asked')
        self.site.kill()
        self.site.start()
        self.setUp()
        self.labelled('K-1')
        self.assertEqual(self.market.package('PKGK-1')['arrangements'], 1)

    def test_a_slot_is_changed_and_shown(self):
        self.order('S-1')
        self.labelled('S-1')
        parcel = self.parcel('S-1')['id']
        told = subprocess.run([binary('kemasctl'), '--url', f'http://127.0.0.1:{self.site.port}', 'channels', 'slot',
                               str(parcel), 'S-2', '--by', 'sari'], capture_output=True, text=True, check=True).stdout
        self.assertIn('S-2', told)
        until(lambda: self.market.package('PKGS-1')['slot'] == 'S-2', 60, 'changed there')
        told = subprocess.run([binary('kemasctl'), '--url', f'http://127.0.0.1:{self.site.port}', 'channels'],
                              capture_output=True, text=True, check=True).stdout
        self.assertIn('shopee', told)


if __name__ == '__main__':
    unittest.main()
