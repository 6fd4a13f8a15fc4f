"""The main job with the real programs: orders out of PostgreSQL, picked, weighed, priced, labelled,
and the statuses back in PostgreSQL, once each. The paper is judged by code that is not ours."""
import csv
import json
import pathlib
import shutil
import subprocess
import time
import unittest

import goods
import judge_label
from kemas_site import Bench, Site, binary, demo, until
from peers import Printer, Scale, Scanner
from postgres_server import Postgres


class MainJob(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.postgres = Postgres()
        cls.addClassCleanup(cls.postgres.close)

    def setUp(self):
        self.postgres.fresh()
        self.scale = Scale()
        self.addCleanup(self.scale.close)
        self.printer = Printer().start()
        self.addCleanup(self.printer.stop)
        played = Bench('bench-2', printer=Printer().port, scale=Printer().port)
        self.site = Site([Bench('bench-1', self.printer.port, self.scale.port), played],
                         order_db=self.postgres.connect)
        self.addCleanup(self.site.close)
        self.site.start().load_goods()
        self.scanner = Scanner(self.site.benches['bench-1'].scanner)
        self.addCleanup(self.scanner.close)

    def shop_writes(self, *orders):
        """The shop inserts; Kemas answers each within its poll."""
        self.postgres.sql(''.join(goods.insert(order) for order in orders))
        numbers = ', '.join(f"'{order['external_id']}'" for order in orders)
        until(lambda: self.postgres.sql('select 1 from kemas_orders where answered_at is null and external_id in '
                                        f'({numbers})') == [], 15, 'orders pulled')

    def pack(self, order, opened_by):
        """From the first scan to the box on the scale."""
        self.scanner.must(opened_by)
        for line in order['lines']:
            self.scanner.must(*[goods.barcode(line['sku'])] * line['quantity'])
        self.scanner.must('*K*done')
        self.scale.put(goods.weight_g(order))

    def paper(self, order, tracking=None):
        """The label of this order, drawn and read back; its tracking number."""
        zpl = self.printer.job()
        wanted = tracking or self.site.order(order['external_id'])['parcels'][0]['tracking_number']
        zbar, zxing = judge_label.read_codes(judge_label.draw(zpl))
        self.assertIn(wanted, zbar, 'zbar')
        self.assertIn(wanted, zxing, 'ZXing')
        return wanted

    def shop_reads(self, sql, expected):
        """What the shop's database says, once what is on its way has arrived."""
        try:
            until(lambda: self.postgres.sql(sql) == expected, 20)
        except AssertionError:
            self.assertEqual(self.postgres.sql(sql), expected)

    def nothing_waits(self):
        until(lambda: self.site.status()['sync']['orderdb']['waiting'] == 0, 20, 'all facts pushed')

    def test_carries_orders_of_both_flows_from_postgresql_to_paper_and_back(self):
        own = goods.own_order('WEB/1#a', cod_amount=150000)
        channel = goods.channel_order('SHP-2', 'JP991647300777')
        self.shop_writes(own, channel)
        self.scanner.must('BADGE-ANI')

        # Label last: our courier, our price, our number, our drawing.
        self.pack(own, opened_by='WEB/1#a')
        tracking = self.paper(own)
        self.scanner.must(tracking)
        parcel = self.site.get(f'/api/v1/parcels/{tracking}').json
        self.assertEqual(float(parcel['weight_g']), goods.weight_g(own))
        self.assertEqual((parcel['courier'], parcel['service']), ('JNE', 'REG'))
        self.assertEqual(parcel['cost'], self.price_by_hand(own))
        self.assertIn('scale', parcel['weight_source'])

        # Label first: the channel's own paper opens the order, and is passed on as it came.
        self.pack(channel, opened_by='JP991647300777')
        self.assertEqual(self.paper(channel, 'JP991647300777'), 'JP991647300777')
        self.scanner.must('JP991647300777')

        self.shop_reads('select external_id, status from kemas_orders_now order by 1',
                        [['SHP-2', 'shipped'], ['WEB/1#a', 'shipped']])
        parcels = self.postgres.sql('select external_id, status, courier, service, tracking_number, weight_mg, '
                                    "coalesce(cost_minor::text, '') from kemas_parcels_now order by 1")
        self.assertEqual(parcels, [
            ['SHP-2', 'staged', 'J&T', 'EZ', 'JP991647300777', str(goods.weight_g(channel) * 1000), ''],
            ['WEB/1#a', 'staged', 'JNE', 'REG', tracking, str(goods.weight_g(own) * 1000),
             str(parcel['cost'])]])
        self.assertEqual(self.postgres.sql('select external_id, line_no, quantity from kemas_lines_now order by 1, 2'),
                         [['SHP-2', '1', '1'], ['WEB/1#a', '1', '1'], ['WEB/1#a', '2', '2']])
        self.each_fact_once()

        self.stops_midway()
        self.bench_played_by_kemas_sim()

    def price_by_hand(self, order):
        """JNE REG to Jakarta: the first kilogram, 1.1 % on it, and 4 % of the COD amount, at least 5,000."""
        self.assertLess(goods.weight_g(order), 1300, 'within the first kilogram and its 300 g')
        with open(demo / 'tariff.csv', encoding='utf-8') as file:
            first = next(int(row['first_price']) for row in csv.DictReader(file) if row['record'] == 'rate'
                         and row['courier'] == 'JNE' and order['area_code'].startswith(row['area']))
        return first + -(-first * 110 // 10000) + max(5000, order['cod_amount'] * 400 // 10000)

    def each_fact_once(self):
        """Fact ids are keys, so a double would be another id: no status is told twice in a row."""
        for table, what in (('kemas_order_status', 'status'), ('kemas_parcel_status', 'parcel_no, status')):
            doubled = self.postgres.sql(f'select channel, shop, external_id, {what}, count(*) from {table} '
                                        f'group by channel, shop, external_id, {what} having count(*) > 1')
            self.assertEqual(doubled, [], table)

    def stops_midway(self):
        """The shop cancels an order whose first item is in the box already."""
        order = goods.own_order('WEB-3')
        self.shop_writes(order)
        self.scanner.must('WEB-3', goods.barcode('K-101'))
        self.postgres.sql("insert into kemas_order_stops (channel, shop, external_id, kind, by_whom, reason) values "
                          "('webstore', 'bukti', 'WEB-3', 'cancel', 'Budi (shop)', 'buyer changed her mind')")
        until(lambda: self.site.order('WEB-3')['state'] == 'cancelled', 15, 'cancelled')
        said = self.scanner.scan(goods.barcode('K-104'))
        self.assertEqual(said.code, 'order_cancelled')
        for part in ('WEB-3', 'Budi (shop)', 'buyer changed her mind', 'CANCEL'):
            self.assertIn(part, said.text)
        self.assertRegex(said.text, r'\d\d:\d\d')
        self.shop_reads("select status from kemas_orders_now where external_id = 'WEB-3'", [['cancelled']])

    def bench_played_by_kemas_sim(self):
        """The same house, with kemas-sim as packer, scale and printer of the second bench."""
        orders = json.loads((demo / 'orders.json').read_text())['orders']
        plan = json.loads((demo / 'plan.json').read_text())
        by_number = {order['external_id']: order for order in orders}
        chosen = [each for each in plan['orders'] if each['expect'] == 'shipped' and not each.get('cancel')
                  and not by_number[each['external_id']].get('combine_group')][:4]
        folder = self.site.folder / 'day'
        folder.mkdir()
        for path in demo.glob('*.csv'):
            shutil.copy(path, folder)
        mine = [by_number[each['external_id']] for each in chosen]
        (folder / 'orders.json').write_text(json.dumps(mine))
        (folder / 'plan.json').write_text(json.dumps(plan | {'orders': chosen}))
        bench = self.site.benches['bench-2']
        shift = subprocess.Popen(
            [binary('kemas-sim'), 'shift', '--demo', str(folder), '--http', f'127.0.0.1:{self.site.port}',
             '--scanner', f'bench-2=127.0.0.1:{bench.scanner}', '--scale', f'bench-2={bench.scale}',
             '--printer', f'bench-2={bench.printer}', '--paper', str(folder / 'paper'), '--speed', '200',
             '--wrong', '10', '--limit-s', '60'], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        # It waits for its orders; they come when its scale is found.
        until(lambda: self.site.device('scale-bench-2')['up'], 20, 'the simulated scale is up')
        self.shop_writes(*mine)
        told, _ = shift.communicate(timeout=90)
        self.assertEqual(shift.returncode, 0, told)
        numbers = ', '.join(f"'{each['external_id']}'" for each in chosen)
        self.shop_reads("select count(*) from kemas_orders_now where status = 'shipped' "
                        f'and external_id in ({numbers})', [[str(len(chosen))]])
        self.nothing_waits()
        self.each_fact_once()
        for paper in sorted(pathlib.Path(folder / 'paper' / 'bench-2').glob('*.zpl'))[:1]:
            zbar, zxing = judge_label.read_codes(judge_label.draw(paper.read_bytes()))
            self.assertTrue(zbar & zxing, paper.name)

    def test_goes_on_while_postgresql_is_down_and_catches_up_once(self):
        before, during = goods.own_order('WEB-10'), goods.own_order('WEB-11', (('K-103', 1),))
        self.shop_writes(before, during)
        self.scanner.must('BADGE-ANI')
        self.scanner.must('WEB-10', goods.barcode('K-101'))
        self.shop_reads("select quantity from kemas_lines_now where external_id = 'WEB-10' and line_no = 1", [['1']])
        told = self.facts()

        self.postgres.stop()
        until(lambda: not self.site.status()['sync']['orderdb']['up'], 20, '/status sees it')
        self.scanner.must(*[goods.barcode('K-104')] * 2)
        self.scanner.must('*K*done')
        self.scale.put(goods.weight_g(before))
        self.scanner.must(self.paper(before))
        self.pack(during, opened_by='WEB-11')
        self.scanner.must(self.paper(during))

        first = self.site.status()['sync']['orderdb']
        self.assertFalse(first['up'])
        self.assertGreater(first['waiting'], 4)
        self.assertTrue(first['last_error'])
        time.sleep(1.2)
        later = self.site.status()['sync']['orderdb']
        self.assertGreater(later['oldest_s'], 0)
        self.assertGreaterEqual(later['oldest_s'], first['oldest_s'])
        self.assertEqual(self.site.get('/readyz').status, 200, 'degraded, not unready')

        self.postgres.start()
        self.shop_reads('select external_id, status from kemas_orders_now order by 1',
                        [['WEB-10', 'shipped'], ['WEB-11', 'shipped']])
        until(lambda: self.site.status()['sync']['orderdb']['up'], 10, 'up again')
        self.nothing_waits()
        self.each_fact_once()
        after = self.facts()
        self.assertEqual(after[:len(told)], told, 'what was told before is as it was')
        self.assertEqual(len(after), len(told) + later['waiting'])

    def facts(self):
        """Every fact, oldest first."""
        return self.postgres.sql(
            'select fact_id from (select fact_id, epoch, seq, idx from kemas_order_status union all select fact_id, '
            'epoch, seq, idx from kemas_line_status union all select fact_id, epoch, seq, idx from '
            'kemas_parcel_status) as facts order by epoch, seq, idx')


if __name__ == '__main__':
    unittest.main()
