"""What a shop and its channel declare against what the scale says, with the real programs: kemasd, a market that
kemas-sim plays, kemasctl."""
import subprocess
import unittest

import goods
from channel_test import Market, market_order
from kemas_site import Bench, Site, binary, until
from peers import Printer, Scale

CATALOGUE = '\ufeffchannel;shop;sku;weight_g;length_mm;width_mm;height_mm\r\nshopee;bukti;K-102;150,0;;;\r\n'


class Declared(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.market, cls.scale, cls.printer = Market().start(), Scale(), Printer().start()
        for each in (cls.market.close, cls.scale.close, cls.printer.stop):
            cls.addClassCleanup(each)
        cls.site = Site([Bench('bench-1', cls.printer.port, cls.scale.port)], more=(
            f'[[channel]]\nname = "shopee"\nurl = "http://127.0.0.1:{cls.market.port}"\nkey_file = "market.key"\n'
            'poll_s = 1\n[declared]\nshare_percent = 20\n'))
        key = cls.site.folder / 'market.key'
        key.write_text('word\n')
        key.chmod(0o600)
        cls.addClassCleanup(cls.site.close)
        cls.site.start().load_goods()

    def scan(self, code):
        told = self.site.post('/api/v1/scans', {'station': 'bench-1', 'code': code}).json
        self.assertTrue(told['ok'], told)

    def sent(self, number, lines):
        """Weighed on the scale, its label printed and scanned back."""
        order = market_order(number) | {'lines': [{'sku': sku, 'quantity': n} for sku, n in lines]}
        self.assertEqual(self.site.post('/api/v1/orders', order).status, 200)
        parcel = lambda: self.site.order(number)['parcels'][0]
        until(lambda: [each for each in self.site.get('/api/v1/labels').json['files']
                       if each['name'].startswith(f'PKG{number}.') and each['state'] == 'read'], 60, 'its label is read')
        self.scan('BADGE-ENDAH')
        self.scan(number)
        for sku, n in lines:
            for _ in range(n):
                self.scan(goods.barcode(sku))
        self.scan('*K*done')
        self.scale.put(goods.weight_g(order))
        self.assertIn(parcel()['tracking_number'].encode(), self.printer.job())
        until(lambda: not [each for each in self.site.effects() if each['kind'] == 'print_label'], 20, 'printed')
        self.scan(parcel()['tracking_number'])

    def ctl(self, *words):
        return subprocess.run([binary('kemasctl'), '--url', f'http://127.0.0.1:{self.site.port}', *words],
                              capture_output=True, text=True, check=True).stdout

    def test_a_wrong_catalogue_is_found_priced_and_corrected(self):
        file = self.site.folder / 'listings.csv'
        file.write_text(CATALOGUE)
        self.assertIn('1 rows: 1 new', self.ctl('import', 'listings', str(file)))
        self.assertIn('kemasctl report declared', self.ctl('import', 'listings', str(file), '--commit'))
        self.market.do('declare/PKGD-2/2500/300x200x100')
        self.sent('D-1', (('K-102', 6),))
        self.sent('D-2', (('K-102', 1), ('K-101', 1)))

        told = self.site.get('/api/v1/reports/declared').json
        self.assertEqual((told['share_percent'], told['parcels']['compared'], told['cut']), (20, 2, False), told)
        row, = told['rows']
        # 6 x 219 g in 142 g of box are 1,456 g, so 2 kg; 6 x 150 g are 900 g, so 1 kg. J&T EZ asks 8,800 a kilogram.
        self.assertEqual((row['shop'], row['sku'], row['direction']), ('bukti', 'K-102', 'too_low'))
        self.assertEqual((row['cost'], row['unknown_cost_parcels']), (8800, 0))
        self.assertEqual((row['ours']['goods_g'], row['ours']['parcels_alone']), ('219.000', 1))
        package, = told['packages']
        self.assertEqual((package['package_number'], package['declared']['weight_g'], package['cost']),
                         ('PKGD-2', '2500.000', -17600))

        table = self.ctl('report', 'declared')
        self.assertIn('8800', table)
        self.assertIn('K-102', table)
        self.assertIn('Isi berat dan ukuran yang benar', self.ctl('report', 'declared', '--language', 'id'))
        csv = self.ctl('report', 'declared', '--csv')
        self.assertEqual(csv.splitlines()[0], 'channel,shop,sku,weight_g,length_mm,width_mm,height_mm')
        file.write_text(csv)
        self.assertIn('weight mg 150000 -> ', self.ctl('import', 'listings', str(file), '--commit'))
        self.assertEqual(self.site.get('/api/v1/reports/declared').json['rows'], [])
        self.assertEqual(self.site.get('/api/v1/reports/declared', query={'shop': 'other'}).json['parcels']['compared'],
                         0)


if __name__ == '__main__':
    unittest.main()
