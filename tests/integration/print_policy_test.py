"""A printer that is off while parcels are packed: one bench may set them aside, the other keeps each until its
label is out. Nothing of it is silent, and each label comes out once."""
import unittest

import goods
from kemas_site import Bench, Site, until
from peers import Printer


class StrictBench(Bench):
    def toml(self):
        return super().toml().replace('kind = "bench"\n', 'kind = "bench"\nprint = "strict"\n', 1)


class PrinterOff(unittest.TestCase):
    def setUp(self):
        self.printers = {'lenient': Printer(), 'strict': Printer()}  # no one listens yet
        for printer in self.printers.values():
            self.addCleanup(printer.stop)
        self.site = Site([Bench('lenient', self.printers['lenient'].port),
                          StrictBench('strict', self.printers['strict'].port)])
        self.addCleanup(self.site.close)
        self.site.start().load_goods()
        self.station = None

    def scan(self, code):
        return self.site.post('/api/v1/scans', {'station': self.station, 'code': code}).json

    def must(self, *codes):
        for code in codes:
            said = self.scan(code)
            self.assertTrue(said['ok'], (code, said))
        return said

    def order(self, number):
        answer = self.site.post('/api/v1/orders', goods.own_order(number, (('K-102', 1),)))
        self.assertEqual(answer.status, 200, answer.body)

    def pack(self, number):
        """From its first scan to the label that cannot come out; its tracking number."""
        order = goods.own_order(number, (('K-102', 1),))
        self.must(number, goods.barcode('K-102'), '*K*done',
                  f'*K*weight:{goods.weight_g(order)}:no scale here')
        return self.site.order(number)['parcels'][0]['tracking_number']

    def labels(self):
        return self.site.status()['labels']

    def prints(self, number):
        """How often its label went to paper, by the bytes the printer took."""
        taken = []
        for printer in self.printers.values():
            with printer.jobs.mutex:
                taken += [job for job in printer.jobs.queue if number.encode() in job]
        return len(taken)

    def test_a_lenient_bench_goes_on_and_owes_the_label(self):
        self.station = 'lenient'
        self.order('P-1'), self.order('P-2')
        self.must('BADGE-ENDAH')
        tracking = self.pack('P-1')
        owed = self.scan('P-2')
        self.assertEqual((owed['kind'], owed['code']), ('attention', 'order_open_owed'), owed)
        self.assertIn(tracking, owed['text'])

        until(lambda: any(each['printer'] for each in self.labels()['owed_list']), 10, 'drawn, and owed')
        self.assertEqual(self.labels()['owed'], 1)
        listed = self.labels()['owed_list'][0]
        self.assertEqual((listed['parcel'], listed['order'], listed['station'], listed['printer']),
                         (tracking, 'P-1', 'lenient', 'printer-lenient'))
        self.assertTrue(listed['why'])

        # The site is killed and starts again: the debt is still there, and so is the label.
        self.site.kill()
        self.site.start()
        self.assertEqual([each['parcel'] for each in self.labels()['owed_list']], [tracking])
        self.printers['lenient'].start()
        until(lambda: self.prints(tracking), 30, 'the label comes out by itself')
        until(lambda: not [each for each in self.site.effects() if each['kind'] == 'print_label'], 20, 'nothing waits')
        self.must('BADGE-ENDAH')
        self.must('*K*leave', tracking)
        until(lambda: self.labels()['owed'] == 0, 10, 'the debt is paid')
        self.assertEqual(self.prints(tracking), 1)

    def test_a_strict_bench_keeps_the_parcel_until_its_label_is_out_or_it_is_on_hold(self):
        self.station = 'strict'
        for number in ('P-3', 'P-4', 'P-5'):
            self.order(number)
        self.must('BADGE-ENDAH')
        tracking = self.pack('P-3')
        for code in ('P-4', '*K*leave'):
            kept = self.scan(code)
            self.assertEqual((kept['ok'], kept['code']), (False, 'label_first'), (code, kept))
            self.assertIn(tracking, kept['text'])
        self.must('*K*hold:printer is broken')

        held = self.pack('P-4')
        self.assertEqual(self.scan('P-5')['code'], 'label_first')
        self.printers['strict'].start()
        until(lambda: self.prints(held), 30, 'the label comes out')
        self.must(held)                      # its scan is the proof of a printer without a count
        self.assertEqual(self.must('P-5')['code'], 'order_open')
        self.assertEqual(self.prints(held), 1)


if __name__ == '__main__':
    unittest.main()
