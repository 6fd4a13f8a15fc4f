"""A real kemasd that is asked over HTTP; each answer is held against openapi.json."""
import re
import urllib.parse

import goods
from kemas_site import Bench, Site, free_port, until
from line_test import line_toml
from openapi_check import check_answer, check_request
from peers import Printer

asked = set()  # the routes that somebody asked


class Asking:
    @classmethod
    def setUpClass(cls):
        cls.printer = Printer().start()
        cls.addClassCleanup(cls.printer.stop)
        cls.site = Site([Bench('bench-1', cls.printer.port), Bench('cart-1', kind='pick'),
                         Bench('dock-1', kind='dock')],
                        more=line_toml(free_port(), {'side': free_port(), 'camera': free_port()}, feed=free_port()))
        cls.addClassCleanup(cls.site.close)
        cls.site.start().load_goods()

    def setUp(self):
        for station in self.site.benches:  # nobody's job from another test is in the way
            self.site.post('/api/v1/scans', {'station': station, 'code': '*K*leave'})

    def ask(self, method, route, expected, body=None, query=None, site=None, headers=None, kind='application/json',
            sound=True, **names):
        """Asks, checks status and contract, and gives the answer. `sound`: the request keeps to it too."""
        path = re.sub(r'\{(\w+)\}', lambda name: urllib.parse.quote(str(names[name[1]]), safe=''), route)
        answer = (site or self.site).http(method, path, body, kind=kind, query=query, headers=headers)
        self.assertEqual(answer.status, expected, answer.body[:2000])
        asked.add((method, route))
        check_answer(method, route, answer.status, answer.body, answer.kind or None)
        if sound and body is not None and isinstance(body, (dict, list)):
            check_request(method, route, body, kind)
        if answer.status >= 400 and 'json' in answer.kind:
            self.assertEqual(answer.kind.split(';')[0], 'application/problem+json')
            self.assertEqual(answer.json['status'], answer.status)
            self.assertGreater(len(answer.json['detail']), 10)
        return answer

    def orders(self, expected, body, **more):
        return self.ask('POST', '/api/v1/orders', expected, body, **more).json

    def order(self, number, **query):
        return self.ask('GET', '/api/v1/orders/{external_id}', 200, external_id=number, query=query).json

    def scan(self, station, code, expected=200, **more):
        return self.ask('POST', '/api/v1/scans', expected, {'station': station, 'code': code} | more).json

    def packed(self, number):
        """A parcel of this order with its label printed; its tracking number."""
        order = goods.own_order(number)
        self.orders(200, order)
        self.scan('bench-1', 'BADGE-ENDAH')
        self.assertTrue(self.scan('bench-1', number)['ok'])
        for line in order['lines']:
            for _ in range(line['quantity']):
                self.assertTrue(self.scan('bench-1', goods.barcode(line['sku']))['ok'])
        self.scan('bench-1', '*K*done')
        self.scan('bench-1', f'*K*weight:{goods.weight_g(order)}:no scale here')
        self.assertTrue(self.scan('bench-1', 'BADGE-ENDAH')['ok'])
        self.printer.job()
        until(lambda: not self.site.effects(), 10, 'printed')
        return self.order(number)['parcels'][0]['tracking_number']
