"""Ends and starts: SIGTERM with everything connected, and what a restart finds."""
import socket
import unittest

import goods
from kemas_site import Bench, Site, until
from peers import Printer, Scale, Scanner
from postgres_server import Postgres


class Stop(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.postgres = Postgres()
        cls.addClassCleanup(cls.postgres.close)

    def setUp(self):
        if not self.postgres.running:
            self.postgres.start()
        self.postgres.fresh()
        self.scale = Scale()
        self.addCleanup(self.scale.close)
        self.printer = Printer().start()
        self.addCleanup(self.printer.stop)
        self.site = Site([Bench('bench-1', self.printer.port, self.scale.port), Bench('cart-1', kind='pick')],
                         order_db=self.postgres.connect)
        self.addCleanup(self.site.close)
        self.site.start().load_goods()

    def scanner(self, station='bench-1'):
        scanner = Scanner(self.site.benches[station].scanner, sender=f'{station}-{len(self.site.told)}-')
        self.addCleanup(scanner.close)
        return scanner

    def stops_in_time(self, site=None):
        site = site or self.site
        code, seconds = site.stop()
        self.assertEqual(code, 0, site.log.read_text()[-3000:])
        self.assertLess(seconds, 5)
        site.notify.setblocking(False)
        self.assertIn('STOPPING=1', site.notify.recv(4096).decode())

    def ship(self, bench, number, order):
        """The goods of an open order are in the box: weigh, take the label, stick it on."""
        until(lambda: self.site.device('scale-bench-1')['up'], 15, 'the scale is up')
        self.scale.put(goods.weight_g(order))
        # Alike parcels over a restart: kemasd may have to be shown that the one before is gone.
        if bench.news('lift_parcel', 'went to').code == 'lift_parcel':
            self.scale.put(goods.weight_g(order))
            bench.news('went to')
        self.printer.job()
        bench.must(self.site.order(number)['parcels'][0]['tracking_number'])
        self.assertEqual(self.site.order(number)['state'], 'shipped')

    def pack(self, bench, number, order):
        bench.must(number)
        for line in order['lines']:
            bench.must(*[goods.barcode(line['sku'])] * line['quantity'])

    def test_stops_cleanly_with_everything_connected_and_goes_on_where_it_was(self):
        order = goods.own_order('STOP-1')
        self.site.post('/api/v1/orders', [goods.own_order('STOP-0A'), goods.own_order('STOP-0B'), order,
                                          goods.own_order('STOP-2')])
        bench, cart = self.scanner(), self.scanner('cart-1')
        bench.must('BADGE-ANI')
        for number in ('STOP-0A', 'STOP-0B'):
            self.pack(bench, number, order)
            self.ship(bench, number, order)
        self.scale.put(0)
        bench.must('STOP-1', goods.barcode('K-101'))
        cart.must('BADGE-BUDI', 'STOP-2')
        self.stops_in_time()

        self.site.start()
        bench = self.scanner()
        self.assertIn('already', bench.scan('BADGE-ANI').text)
        bench.must(*[goods.barcode('K-104')] * 2)
        self.ship(bench, 'STOP-1', order)  # the scale counts anew; its weights count all the same
        again = self.scanner('cart-1').scan('STOP-2')
        self.assertTrue(again.ok and 'already' in again.text, again)
        until(lambda: self.postgres.sql("select 1 from kemas_orders_now where external_id = 'STOP-1' and "
                                        "status = 'shipped'"), 15, 'told upstream')

    def test_stops_in_time_while_a_printer_hangs_and_the_order_database_is_dead(self):
        order = goods.own_order('STOP-3')
        self.site.post('/api/v1/orders', order)
        bench = self.scanner()
        self.printer.trouble = 'hang'
        bench.must('BADGE-ANI')
        until(lambda: self.site.device('scale-bench-1')['up'], 15, 'the scale is up')
        self.pack(bench, 'STOP-3', order)
        self.postgres.stop()
        self.scale.put(goods.weight_g(order))
        self.printer.cut.get(timeout=20)
        self.stops_in_time()
        self.site.start()
        # Begun before, its end unseen: asked about, never printed on its own.
        effect = until(lambda: self.site.effects('unknown'), 15, 'an act in doubt')[0]
        self.assertEqual(effect['order'], 'STOP-3')
        self.assertTrue(self.printer.jobs.empty())
        self.scanner().must(effect['tracking_number'])
        self.assertEqual(self.site.effects(), [])

    def test_starts_works_and_stops_while_the_order_database_takes_calls_and_never_answers(self):
        with socket.create_server(('127.0.0.1', 0)) as silent:
            where = f'host=127.0.0.1 port={silent.getsockname()[1]} user=postgres dbname=shop'
            site = Site([Bench('cart-1', kind='pick')], order_db=where, deadline_ms=20000)
            self.addCleanup(site.close)
            site.start().load_goods()
            site.post('/api/v1/orders', goods.own_order('STOP-5'))
            scanner = Scanner(site.benches['cart-1'].scanner)
            self.addCleanup(scanner.close)
            scanner.must('BADGE-ANI', 'STOP-5', goods.barcode('K-101'))
            self.assertEqual(site.get('/readyz').status, 200)
            until(lambda: site.status()['sync']['orderdb']['waiting'] > 0, 10, 'facts wait')
            self.stops_in_time(site)

    def test_a_kill_is_no_loss(self):
        self.site.post('/api/v1/orders', goods.own_order('STOP-4'))
        bench = self.scanner()
        bench.must('BADGE-ANI', 'STOP-4')
        said = bench.scan(goods.barcode('K-104'), scan_id='handheld-7')
        self.site.kill()
        self.site.start()
        bench = self.scanner()
        repeat = bench.scan(goods.barcode('K-104'), scan_id='handheld-7')  # it never saw the answer
        self.assertEqual((repeat.ok, repeat.text), (said.ok, said.text))
        self.assertEqual([line['packed'] for line in self.site.order('STOP-4')['lines']], [0, 1])


if __name__ == '__main__':
    unittest.main()
