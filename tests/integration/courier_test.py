"""Numbers bought over HTTP with the real programs: kemasd, and a courier that kemas-sim plays. What the
courier made is counted there."""
import json
import sqlite3
import subprocess
import unittest
import urllib.request

import goods
import judge_label
from openapi_check import check_answer
from kemas_site import Bench, Site, binary, free_port, root, until
from peers import Printer


class Courier:
    """The simulated courier, steered over its own HTTP."""

    def __init__(self):
        self.port = free_port()
        self.process = None

    def start(self):
        self.process = subprocess.Popen([binary('kemas-sim'), 'courier', '--port', str(self.port), '--token', 'word',
                                         '--late-ms', '6000', '--idempotent'],
                                        stdout=subprocess.DEVNULL)
        until(self.tells, 30, 'the courier listens')
        return self

    def tells(self, path='', method='GET'):
        try:
            request = urllib.request.Request(f'http://127.0.0.1:{self.port}/sim{path}', method=method)
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.load(answer)
        except OSError:
            return None

    def do(self, path):
        return self.tells('/' + path, 'POST')

    def made(self, consignee=None):
        return [each for each in self.tells()['made'] if consignee in (None, each['consignee'])]

    def close(self):
        if self.process:
            self.process.terminate()
            self.process.wait(20)


class BoughtNumbers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.courier = Courier().start()
        cls.addClassCleanup(cls.courier.close)
        cls.printer = Printer().start()
        cls.addClassCleanup(cls.printer.stop)
        cls.site = Site([Bench('bench-1', cls.printer.port)], more=(
            '[[courier]]\nname = "JNE"\nlow_water = 100000\n[[courier.service]]\ncode = "REG"\nnumbers = "http"\n'
            'rule = "upu-s10"\n'
            ).replace('[[courier.service]]', f'url = "http://127.0.0.1:{cls.courier.port}"\ntoken = "word"\n'
                      'deadline_ms = 5000\nhorizon_s = 2\nidempotent = true\nbreaker_failures = 2\nbreaker_open_ms = 500\n'
                      '[[courier.service]]') +
            '[[courier]]\nname = "J&T"\nnumbers = "http"\nrule = "upu-s10"\ntoken = "word"\ntrack_every_s = 1\n'
            f'url = "http://127.0.0.1:{cls.courier.port}"\nhorizon_s = 2\nvoids_one = true\n'
            '[[courier]]\nname = "SiCepat"\nnumbers = "http"\nlabel = "courier"\nrule = "upu-s10"\ntoken = "word"\n'
            f'url = "http://127.0.0.1:{cls.courier.port}"\n')
        text = cls.site.config.read_text()
        cls.orders_db = cls.site.folder / 'orders.db'
        cls.site.config.write_text(text.replace('[files]\n', f'[files]\nnumber_rules = "{root}/config/number-rules.toml"\n')
                                   + f'[order_db]\nbackend = "sqlite"\nconnect = "{cls.orders_db}"\npoll_ms = 100\n')
        with sqlite3.connect(cls.orders_db) as shop:  # as the shop sets its database up
            shop.executescript((root / 'config/orderdb/sqlite.sql').read_text())
        cls.addClassCleanup(cls.site.close)
        cls.site.start().load_goods(leave_out=(b'JNE,REG,', b'SiCepat,', b'J&T,'))  # those are no S10

    def setUp(self):
        self.scan('*K*leave')
        self.scan('BADGE-ENDAH')

    def scan(self, code):
        return self.site.post('/api/v1/scans', {'station': 'bench-1', 'code': code}).json

    def ctl(self, *words):
        return subprocess.run([binary('kemasctl'), '--url', f'http://127.0.0.1:{self.site.port}', *words],
                              capture_output=True, text=True, check=True).stdout

    def order(self, number, courier='JNE'):
        order = goods.own_order(number) | {'courier': courier, 'service': {'J&T': 'EZ'}.get(courier, 'REG')}
        order['ship_to'] = order['ship_to'] | {'name': f'Sari {number}'}
        self.assertEqual(self.site.post('/api/v1/orders', order).status, 200)
        return order

    def weigh(self, order):
        """From the first scan to the weight, which a supervisor who is signed in may type."""
        self.assertTrue(self.scan(order['external_id'])['ok'])
        for line in order['lines']:
            for _ in range(line['quantity']):
                self.assertTrue(self.scan(goods.barcode(line['sku']))['ok'])
        self.scan('*K*done')
        told = self.scan(f'*K*weight:{goods.weight_g(order)}:no scale here')
        self.assertEqual(told['code'], 'number_coming', told)

    def number(self, order, within_s=30):
        find = lambda: self.site.order(order['external_id'])['parcels'][0]['tracking_number']
        return until(find, within_s, 'a number')

    cancelled = set()  # numbers whose paper may have come out before

    def finish(self, number):
        codes = judge_label.read_codes(judge_label.draw(self.printer.job()))[0]
        while codes & self.cancelled:
            codes = judge_label.read_codes(judge_label.draw(self.printer.job()))[0]
        self.assertIn(number, codes)
        until(lambda: not self.site.effects(), 20, 'printed')
        self.assertTrue(self.scan(number)['ok'])

    def one_number(self, order, number):
        made = self.courier.made(f"Sari {order['external_id']}")
        self.assertEqual([(each['number'], each['voided']) for each in made], [(number, False)])

    def horizon(self, before_s, after_s):
        text = self.site.config.read_text()
        self.assertIn(f'horizon_s = {before_s}\n', text)
        self.site.config.write_text(text.replace(f'horizon_s = {before_s}\n', f'horizon_s = {after_s}\n'))

    def horizon_back(self):
        self.site.kill()
        self.horizon(90, 2)
        self.site.start()

    def test_a_number_is_bought_printed_and_scanned_back(self):
        order = self.order('C-1')
        self.weigh(order)
        number = self.number(order)
        self.finish(number)
        self.one_number(order, number)
        self.assertEqual(self.site.order('C-1')['state'], 'shipped')
        self.courier.do(f'move/{number}/picked_up')
        events = self.site.get('/api/v1/couriers/track', query={'number': number})
        check_answer('GET', '/api/v1/couriers/track', events.status, events.body, events.kind)
        self.assertEqual([each['status'] for each in events.json['events']], ['picked_up'])
        self.assertIn('picked_up', self.ctl('couriers', 'track', number))

    def test_the_couriers_own_label_is_printed_and_kept_for_a_reprint(self):
        order = self.order('C-6', courier='SiCepat')
        self.weigh(order)
        number = self.number(order)
        paper = self.printer.job()
        self.assertIn(b'COURIER REG', paper)
        self.assertNotIn(b'^MMT', paper)  # commands that set the printer up do not pass
        self.assertIn(number, judge_label.read_codes(judge_label.draw(paper))[0])
        until(lambda: not self.site.effects(), 20, 'printed')
        asked = lambda: self.courier.made('Sari C-6')[0]['asked']
        before = asked()
        self.scan('*K*reprint:torn')
        again = self.printer.job()
        self.assertIn(b'COURIER REG', again)
        self.assertIn(b'REPRINT 1', again)
        until(lambda: not self.site.effects(), 20, 'printed')
        self.scan('*K*reprint:torn again')
        third = self.printer.job()
        until(lambda: not self.site.effects(), 20, 'printed')
        self.one_mark_and_the_same_barcodes(paper, again, third)
        self.assertEqual(asked(), before)
        self.assertTrue(self.scan(number)['ok'])

    def one_mark_and_the_same_barcodes(self, plain, once, twice):
        """Only white dots became black, in one place, the same for each reprint."""
        self.assertIn(b'REPRINT 2', twice)
        self.assertNotIn(b'REPRINT 1', twice)
        drawn = [judge_label.draw(each) for each in (plain, once, twice)]
        codes = [judge_label.read_codes(each) for each in drawn]
        self.assertTrue(all(zbar and zxing for zbar, zxing in codes))
        self.assertEqual(codes[1], codes[0])
        self.assertEqual(codes[2], codes[0])
        before, *after = [judge_label.Paper(each) for each in drawn]
        places = []
        for marked in after:
            rows = before.rows_unlike(marked)
            self.assertLess(rows[-1] - rows[0], 4, 'one line of letters')
            self.assertTrue(all(new or not old for mine, theirs in zip(before.rows, marked.rows)
                                for old, new in zip(mine, theirs)), 'nothing of the label is gone')
            places.append(round(rows[0]))
        self.assertEqual(places[0], places[1])

    def test_a_label_that_is_a_pdf_or_a_picture_is_drawn_and_kept(self):
        self.addCleanup(self.courier.do, 'label/zpl')
        for kind in ('pdf', 'png'):
            self.courier.do('label/' + kind)
            order = self.order(f'C-7{kind}', courier='SiCepat')
            self.weigh(order)
            number = self.number(order)
            paper = self.printer.job()
            self.assertIn(number, judge_label.read_codes(judge_label.draw(paper))[0])
            until(lambda: not self.site.effects(), 20, 'printed')
            asked = lambda: self.courier.made(f'Sari C-7{kind}')[0]['asked']
            before = asked()
            self.scan('*K*reprint:torn')
            again = self.printer.job()
            self.assertIn(number, judge_label.read_codes(judge_label.draw(again))[0])
            until(lambda: not self.site.effects(), 20, 'printed')
            self.assertEqual(asked(), before)
            self.assertTrue(self.scan(number)['ok'])
            self.one_number(order, number)

    def test_a_pdf_that_says_another_number_is_held_and_shown(self):
        self.addCleanup(self.courier.do, 'label/zpl')
        self.addCleanup(self.courier.do, 'label-number/')
        self.courier.do('label/pdf')
        self.courier.do('label-number/KS99999999ID')
        order = self.order('C-8', courier='SiCepat')
        self.weigh(order)
        until(lambda: self.site.order('C-8')['state'] == 'on_hold', 60, 'on hold')
        number = self.number(order)
        self.assertIn(f'no page of the courier\'s pdf is that of {number}', self.site.order('C-8')['reason'])
        page, = self.site.get('/api/v1/labels/unmatched').json['pages']
        self.assertEqual((page['state'], page['codes'][0]['text']), ('waiting', 'KS99999999ID'))
        self.assertTrue(self.site.get(f"/api/v1/labels/pages/{page['id']}/picture").body.startswith(b'\x89PNG'))
        self.courier.do('label-number/')
        signed = {'by': 'sari', 'reason': 'they have mended it'}
        self.assertEqual(self.site.post('/api/v1/orders/C-8/release', signed).status, 200)
        self.scan('C-8')
        self.finish(number)
        self.one_number(order, number)

    def test_parcels_are_followed_also_after_a_restart_and_a_courier_that_was_gone(self):
        order = self.order('C-9', courier='J&T')
        self.weigh(order)
        number = self.number(order)
        self.finish(number)
        following = lambda: next(each for each in self.site.status()['couriers'] if each['name'] == 'J&T')
        told = lambda: [each['status'] for each in following()['troubles'] if each['tracking_number'] == number]
        self.courier.do(f'move/{number}/delivery_failed')
        until(lambda: told() == ['delivery_failed'], 60, 'told of the trouble')
        self.site.kill()
        self.courier.do('down')
        self.site.start()
        until(lambda: following()['tracking']['error'], 60, 'told that the courier is gone')
        self.assertEqual(told(), ['delivery_failed'])
        self.courier.do(f'move/{number}/delivered')
        self.courier.do('up')
        until(lambda: self.site.order('C-9')['state'] == 'delivered', 90, 'delivered')
        until(lambda: told() == [], 30, 'nothing is wrong with it any more')

    def shop_reads(self, sql, *values):
        with sqlite3.connect(f'file:{self.orders_db}?mode=ro', uri=True, timeout=10) as shop:
            return shop.execute(sql, values).fetchall()

    def test_the_shop_reads_what_became_of_a_parcel_in_its_own_database(self):
        order = self.order('C-11', courier='J&T')
        self.weigh(order)
        number = self.number(order)
        self.finish(number)
        told = lambda: self.shop_reads('select status, by_whom, tracking_number from kemas_parcel_status where '
                                       'external_id = ? order by epoch, seq, idx', 'C-11')[-2:]
        now = lambda: self.shop_reads('select status from kemas_orders_now where external_id = ?', 'C-11')
        self.courier.do(f'move/{number}/in_transit')
        until(lambda: told()[-1] == ('in_transit', 'J&T', number), 60, 'on its way')
        self.assertEqual(now(), [('shipped',)])
        self.site.kill()  # what was told before is not told again
        self.courier.do(f'move/{number}/delivered')
        self.site.start()
        until(lambda: now() == [('delivered',)], 60, 'delivered')
        self.assertEqual(told(), [('in_transit', 'J&T', number), ('delivered', 'J&T', number)])
        self.assertEqual(self.shop_reads('select count(*) from kemas_order_status where external_id = ? and '
                                         "status = 'delivered' and by_whom = 'J&T'", 'C-11'), [(1,)])

    def test_a_second_number_that_shows_late_is_voided_alone(self):
        self.courier.do('next/doubled_late')
        order = self.order('C-10', courier='J&T')
        self.weigh(order)
        number = self.number(order)
        self.finish(number)
        made = lambda: {each['number']: each['voided'] for each in self.courier.made('Sari C-10')}
        until(lambda: list(made().values()).count(True) == 1, 90, 'the extra is void')
        self.assertFalse(made()[number])

    def test_a_lost_answer_is_looked_up(self):
        self.courier.do('next/lost_after')
        order = self.order('C-2')
        self.weigh(order)
        number = self.number(order)
        self.finish(number)
        self.one_number(order, number)

    def test_killed_between_call_and_answer_there_is_one_number(self):
        self.courier.do('next/late')  # it gets the request and says nothing
        order = self.order('C-3')
        self.weigh(order)
        until(lambda: self.courier.made('Sari C-3'), 20, 'the courier has made it')
        self.site.kill()
        self.horizon(2, 90)  # longer than a request may be late there
        self.addCleanup(self.horizon_back)
        self.site.start()
        waiting = self.site.get('/api/v1/couriers').json['waiting']
        self.assertEqual([each['order'] for each in waiting], ['C-3'])
        number = self.number(order, 90)  # found when it is visible there, seconds later
        self.one_number(order, number)
        self.scan('BADGE-ENDAH')
        self.scan('*K*leave')
        self.scan('C-3')
        self.finish(number)

    def test_work_goes_on_while_the_courier_is_gone_and_is_made_good_when_it_is_back(self):
        self.courier.do('down')
        orders = [self.order(f'C-4{letter}') for letter in 'abc']
        for order in orders:
            self.weigh(order)
            self.scan('*K*leave')

        jne = lambda: next(each for each in self.site.status()['couriers'] if each['name'] == 'JNE')
        until(lambda: jne()['connection']['breaker'] != 'closed', 30, 'the breaker opens')
        until(lambda: [each for each in self.site.status()['alarms']['raised'] if each['kind'] == 'courier'], 30, 'an alarm')
        self.assertEqual(jne()['asked'], 3)
        self.courier.do('up')
        for order in orders:
            number = self.number(order, 60)
            self.one_number(order, number)
            self.scan('*K*leave')
            self.assertEqual(self.scan(order['external_id'])['code'], 'label_coming')
            self.finish(number)
        until(lambda: jne()['connection']['breaker'] == 'closed', 30, 'the breaker closes')

    def test_a_refusal_holds_the_order_and_a_cancelled_order_voids_its_number(self):
        self.courier.do('refuse/10650')
        order = self.order('C-5')
        self.weigh(order)
        until(lambda: self.site.order('C-5')['state'] == 'on_hold', 20, 'on hold')
        self.assertIn('ship_to.postal_code: 10650 is not served', self.site.order('C-5')['reason'])
        self.courier.do('refuse')
        signed = {'by': 'sari', 'reason': 'JNE serves it again'}
        self.assertEqual(self.site.post('/api/v1/orders/C-5/release', signed).status, 200)
        self.scan('C-5')
        number = self.number(order)
        self.cancelled.add(number)
        self.assertEqual(self.site.post('/api/v1/orders/C-5/cancel', signed).status, 200)
        until(lambda: all(each['voided'] for each in self.courier.made('Sari C-5')), 30, 'voided')
        self.assertEqual(self.scan(number)['code'], 'order_cancelled')  # the bench still has it open
        self.scan('*K*leave')
        self.assertEqual(self.scan(number)['code'], 'label_void')

    def test_numbers_that_are_not_the_couriers_are_not_imported(self):
        told = self.site.import_file('tracking-numbers', b'courier,service,number\nJNE,REG,0999000000001000\n')
        self.assertEqual(told.status, 422, told.body)
        self.assertIn('does not look like', told.json['errors'][0]['reason'])

    def test_a_pool_below_its_mark_is_an_alarm(self):
        low = lambda: [each for each in self.site.status()['alarms']['raised'] if each['kind'] == 'numbers']
        until(low, 20, 'an alarm')
        self.assertIn('import them', low()[0]['text'])
        told = self.ctl('couriers')
        self.assertIn('LOW', told)
        self.assertIn('breaker', told)


if __name__ == '__main__':
    unittest.main()
