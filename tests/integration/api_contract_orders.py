"""Orders: taken once, held, cancelled, packed, handed over, and their parcels."""
import goods
import judge_label
from api_contract_asking import asked
from kemas_site import until
from openapi_check import check_answer


class Orders:
    def test_orders_are_taken_once_and_a_difference_is_named(self):
        order = goods.own_order('API 1/x#')
        first = self.orders(200, order)['results'][0]
        self.assertEqual((first['outcome'], first['state']), ('received', 'released'))
        short = self.orders(200, goods.own_order('API-0', lines=(('K-101', 100000),)))['results'][0]
        self.assertEqual(short['state'], 'backordered')
        again = self.orders(200, order)['results'][0]
        self.assertEqual(again['outcome'], 'known')
        edit = goods.own_order('API 1/x#', lines=(('K-101', 3),))
        self.assertEqual(self.orders(200, edit)['results'][0]['outcome'], 'edited')
        seen = self.order('API 1/x#', channel='webstore', shop='bukti')
        self.assertEqual([line['ordered'] for line in seen['lines']], [3])
        self.assertEqual((seen['id'], seen['state'], seen['owner']), (again['id'], 'released', 'Kopi Lereng'))

        self.scan('cart-1', 'BADGE-BUDI')
        self.assertTrue(self.scan('cart-1', 'API 1/x#')['ok'])
        self.assertTrue(self.scan('cart-1', goods.barcode('K-101'))['ok'])
        refused = self.orders(409, order)
        self.assertEqual(refused['order'], 'API 1/x#')
        self.assertTrue(refused['difference'])
        self.assertIn(refused['difference'], refused['detail'])
        mixed = self.orders(207, [order, goods.own_order('API-2')])
        self.assertEqual([each['outcome'] for each in mixed['results']], ['refused', 'received'])

    def test_the_dock_lists_what_each_courier_took(self):
        tracking = self.packed('API-DOCK')
        self.assertTrue(self.scan('bench-1', tracking)['ok'])
        self.scan('dock-1', 'BADGE-BUDI')
        self.assertTrue(self.scan('dock-1', tracking)['ok'])
        parcel = self.ask('GET', '/api/v1/parcels/{id}', 200, id=tracking).json
        listed = self.ask('GET', '/api/v1/manifests', 200).json['manifests']
        self.assertEqual([(each['id'], each['status']) for each in listed], [(parcel['manifest'], 'open')])
        self.assertTrue(self.scan('dock-1', f"*K*manifest:{parcel['courier']}")['ok'])
        closed = self.ask('GET', '/api/v1/manifests/{id}', 200, id=parcel['manifest']).json
        self.assertEqual((closed['status'], closed['closed_by']), ('closed', 'budi'))
        self.assertEqual([each['tracking_number'] for each in closed['contents']], [tracking])
        self.ask('GET', '/api/v1/manifests/{id}', 404, id='none')

    def test_one_number_in_two_channels_is_asked_about(self):
        self.orders(200, [goods.own_order('TWICE'), goods.own_order('TWICE', channel='expo')])
        told = self.ask('GET', '/api/v1/orders/{external_id}', 409, external_id='TWICE').json
        self.assertEqual({each['channel'] for each in told['choices']}, {'webstore', 'expo'})
        self.assertEqual(self.order('TWICE', channel='expo')['channel'], 'expo')

    def test_orders_are_held_released_and_cancelled_with_who_and_why(self):
        self.orders(200, goods.own_order('STOP-1'))
        signed = {'by': 'sari', 'reason': 'buyer called'}
        for act, state in (('hold', 'on_hold'), ('release', 'released'), ('cancel', 'cancelled')):
            self.ask('POST', '/api/v1/orders/{external_id}/' + act, 200, signed, external_id='STOP-1')
            self.assertEqual(self.order('STOP-1')['state'], state)
        self.assertIn('sari', self.order('STOP-1')['by'])
        again = self.ask('POST', '/api/v1/orders/{external_id}/release', 200, signed, external_id='STOP-1').json
        self.assertEqual(again['code'], 'not_on_hold')
        self.ask('POST', '/api/v1/orders/{external_id}/cancel', 422, {'by': ''}, external_id='STOP-1', sound=False)
        self.ask('POST', '/api/v1/orders/{external_id}/hold', 404, signed, external_id='STOP-9')

    def test_a_parcel_shows_its_label_weight_price_and_reprints(self):
        tracking = self.packed('PARCEL-1')
        parcel = self.ask('GET', '/api/v1/parcels/{id}', 200, id=tracking).json
        self.assertEqual(self.ask('GET', '/api/v1/parcels/{id}', 200, id=parcel['id']).json, parcel)
        self.assertIn('typed', parcel['weight_source'])
        self.assertEqual(parcel['status'], 'labelled')
        picture = self.ask('GET', '/api/v1/parcels/{id}/label.png', 200, id=tracking)
        self.assertEqual(judge_label.read_png(picture.body)[:2], (800, 1200))
        self.assertIn(tracking, judge_label.read_codes(picture.body)[0])
        zpl = self.ask('GET', '/api/v1/parcels/{id}/label.zpl', 200, id=tracking)
        self.assertTrue(zpl.body.lstrip().startswith(b'^XA') and zpl.body.rstrip().endswith(b'^XZ'))
        self.assertIn(tracking, judge_label.read_codes(judge_label.draw(zpl.body))[1])

        signed = {'by': 'sari', 'reason': 'torn'}
        self.ask('POST', '/api/v1/parcels/{id}/reprint', 200, signed, id=tracking)
        again = self.printer.job()
        self.assertNotEqual(again, zpl.body)
        until(lambda: not self.site.effects(), 10, 'printed again')
        self.assertEqual(self.ask('GET', '/api/v1/parcels/{id}', 200, id=tracking).json['reprints'], 1)
        self.scan('bench-1', tracking)
        for route in ('', '/label.png', '/label.zpl'):
            self.ask('GET', '/api/v1/parcels/{id}' + route, 404, id='NOPE')
        self.ask('POST', '/api/v1/parcels/{id}/reprint', 404, signed, id='NOPE')
        self.ask('POST', '/api/v1/parcels/{id}/reprint', 422, {}, id=tracking, sound=False)

    def test_scans_by_http_are_as_good_as_a_scanners_and_a_repeat_changes_nothing(self):
        self.orders(200, goods.own_order('SCAN-1'))
        self.scan('cart-1', 'BADGE-BUDI')
        self.scan('cart-1', 'SCAN-1')
        first = self.scan('cart-1', goods.barcode('K-101'), id='r-1')
        self.assertEqual(first, self.scan('cart-1', goods.barcode('K-101'), id='r-1'))
        self.assertEqual(self.order('SCAN-1')['lines'][0]['picked'], 1)
        wrong = self.scan('cart-1', goods.barcode('K-103'))
        self.assertEqual((wrong['ok'], wrong['kind'], wrong['code']), (False, 'refused', 'wrong_item'))
        self.ask('POST', '/api/v1/scans', 422, {'station': 'nowhere', 'code': 'x'}, sound=False)
        self.ask('POST', '/api/v1/scans', 422, {'station': 'cart-1', 'code': 'a\u0001b'}, sound=False)

    def test_imports_are_tried_first_and_taken_whole_or_not_at_all(self):
        route, files = '/api/v1/imports/{kind}', {
            'skus': 'sku,name,barcodes,weight_g\nIT-1,Try me,8999000000017,100\nIT-2,Try me too,8999000000024,heavy\n',
            'stock': 'location,sku,quantity\nIT-01,K-101,many\n',
            'tracking-numbers': 'courier,service,number\nJNE,REG,IT0001\nJNE,REG,IT0001\n',
            'orders': 'channel,shop,external_id,sku,quantity\nweb,it,IT-9,K-101,0\n'}
        names = {'skus': (3, 'weight_g'), 'stock': (2, 'quantity'), 'tracking-numbers': (3, 'number'),
                 'orders': (2, 'quantity')}
        for kind, text in files.items():
            send = lambda expected, body=text, dry='true': self.site.post(
                route.replace('{kind}', kind), body, kind='text/csv', query={'file': 'it.csv', 'dry_run': dry})
            dry = send(200)
            check_answer('POST', route, dry.status, dry.body, dry.kind)
            self.assertEqual(dry.status, 200, dry.body)
            error = dry.json['errors'][0]
            self.assertEqual((error['line'], error['column']), names[kind], dry.json)
            self.assertTrue(error['reason'])
            refused = send(422, dry='false')
            check_answer('POST', route, refused.status, refused.body, refused.kind)
            self.assertEqual((refused.status, refused.json['errors'][0]['line']), (422, names[kind][0]))
        asked.add(('POST', route))
        # The good row beside the bad one was not taken; alone, it is, once.
        good = files['skus'].rsplit('\n', 2)[0] + '\n'
        take = lambda: self.site.post('/api/v1/imports/skus', good, kind='text/csv', query={'dry_run': 'false'}).json
        counts = lambda told: (told['rows'], told['new'], told['changed'], told['same'], told['committed'])
        self.assertEqual(counts(take()), (1, 1, 0, 0, True))
        self.assertEqual(counts(take()), (1, 0, 0, 1, True))
        self.assertEqual(self.site.post('/api/v1/imports/gossip', 'a\n', kind='text/csv').status, 404)
