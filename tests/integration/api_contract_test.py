"""Every route of the contract, asked of a real kemasd; each answer is held against openapi.json."""
import pathlib
import re
import subprocess
import tempfile
import unittest
import urllib.parse

import goods
import judge_label
from api_contract_rating import Rating
from kemas_site import Bench, Site, free_port, until
from line_test import line_toml
from openapi_check import check_answer, check_request, document
from peers import Printer

asked = set()


def tearDownModule():
    """A route that nobody asked is a route that nobody knows to work."""
    routes = {(method.upper(), path) for path, node in document['paths'].items()
              for method in node if method in ('get', 'post', 'put', 'delete', 'patch')}
    assert not routes - asked, f'never asked: {sorted(routes - asked)}'


class Contract(Rating, unittest.TestCase):
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

    def test_couriers_tell_their_numbers(self):
        told = self.ask('GET', '/api/v1/couriers', 200).json
        jne = next(each for each in told['couriers'] if each['name'] == 'JNE')
        self.assertIsNone(jne['connection'])
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

    def bring(self, bytes_, expected=202, query=None, kind='application/octet-stream'):
        answer = self.ask('POST', '/api/v1/labels', expected, bytes_, kind=kind, query=query, sound=False).json
        if expected != 202:
            return answer
        def read():
            file = self.ask('GET', '/api/v1/labels/{id}', 200, id=answer['id']).json
            return file if file['state'] != 'reading' else None
        return until(read, 60, 'the file is read')

    def test_labels_come_as_files(self):
        order = goods.channel_order('API-LABEL', 'SPXAPI0001')
        del order['shipment']['label_zpl']
        self.orders(200, order)
        missing = lambda: self.site.status()['labels']['missing_by']
        until(lambda: {'channel': order['channel'], 'why': 'no_page', 'parcels': 1} in missing(), 10, 'counted')
        one = b'^XA^FO50,50^BCN,100^FDSPXAPI0001^FS^XZ'
        found = self.bring(one, query={'name': 'one.zpl', 'by': 'ana'})['found']
        self.assertEqual([(page['state'], page['tracking_number']) for page in found], [('bound', 'SPXAPI0001')])
        self.assertEqual(self.bring(one, 200)['code'], 'label_file_known')
        self.bring(b'', 422)
        self.ask('GET', '/api/v1/labels/{id}', 404, id='none')
        self.assertEqual(self.ask('GET', '/api/v1/labels', 200).json['files'][0]['name'], 'one.zpl')

        form = (b'--x\r\nContent-Disposition: form-data; name="file"; filename="two.zpl"\r\n\r\n'
                b'^XA^FO50,50^BCN,100^FDSPXAPI0001^FS^FO1,1^FDagain^FS^XZ\r\n--x--\r\n')
        second = self.bring(form, kind='multipart/form-data; boundary=x')
        self.assertEqual((second['name'], second['found'][0]['state']), ('two.zpl', 'second'))
        self.bring(b'no form', 422, kind='multipart/form-data; boundary=x')
        words = b'BT /F1 24 Tf 40 200 Td (Kepada Budi) Tj ET'
        pdf = (b'%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n'
               b'2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R'
               b'/MediaBox[0 0 283 425]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n4 0 obj<</Length '
               + str(len(words)).encode() + b'>>stream\n' + words + b'\nendstream endobj\n'
               b'5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
        blank = self.bring(pdf, query={'name': 'letter.pdf'})['found'][0]
        self.assertEqual(blank['state'], 'unreadable')
        picture = self.ask('GET', '/api/v1/labels/pages/{id}/picture', 200, id=blank['id'])
        self.assertTrue(picture.body.startswith(b'\x89PNG'))
        sketch = self.ask('GET', '/api/v1/labels/pages/{id}/picture', 200, id=second['found'][0]['id'])
        self.assertTrue(sketch.body.startswith(b'\x89PNG'))
        nothing = self.bring(b'\x89PNG no picture', query={'name': 'cut.png'})
        self.assertEqual((nothing['state'], nothing['found']), ('refused', []))
        self.ask('GET', '/api/v1/labels/pages/{id}/picture', 404, id='none')

        listed = self.ask('GET', '/api/v1/labels/unmatched', 200).json
        self.assertEqual(listed['count'], 2)
        who = {'by': 'sari', 'reason': 'seen'}
        bind, discard = '/api/v1/labels/pages/{id}/bind', '/api/v1/labels/pages/{id}/discard'
        self.ask('POST', discard, 200, who, id=blank['id'])
        self.ask('POST', discard, 409, who, id=blank['id'])
        self.ask('POST', bind, 404, who | {'parcel': 'NOBODY'}, id=second['found'][0]['id'])
        self.ask('POST', bind, 422, who, id=second['found'][0]['id'], sound=False)
        self.ask('POST', bind, 200, who | {'parcel': 'SPXAPI0001'}, id=second['found'][0]['id'])
        self.assertEqual(self.ask('GET', '/api/v1/labels/unmatched', 200).json['count'], 0)

        # One label, printed as a run; then the channel gives another number.
        runs, settle = '/api/v1/label-runs', '/api/v1/label-runs/{id}/settle'
        self.ask('POST', runs, 422, {'station': 'bench-9', 'by': 'ana'})
        self.ask('POST', runs, 409, {'station': 'cart-1', 'by': 'ana'})
        self.ask('POST', runs, 200, {'station': 'bench-1', 'by': 'ana', 'most': 10})
        self.assertIn(b'SPXAPI0001', self.printer.job())
        until(lambda: not self.site.effects(), 10, 'printed')
        run = self.ask('GET', runs, 200).json['runs'][0]
        self.assertEqual((run['labels'], run['state']), (1, 'running'))
        self.ask('POST', settle, 409, {'last': 1, 'by': 'ana'}, id=run['id'])
        self.ask('POST', settle, 404, {'last': 1, 'by': 'ana'}, id='none')
        anew = '/api/v1/parcels/{id}/rearranged'
        self.ask('POST', anew, 200, {'tracking_number': 'SPXAPI0002', 'by': 'x', 'reason': 'pickup failed'},
                 id='SPXAPI0001')
        self.scan('bench-1', 'BADGE-ENDAH')
        self.assertEqual(self.scan('bench-1', 'SPXAPI0001')['code'], 'label_replaced')
        self.ask('POST', anew, 404, who, id='NOBODY')

    def test_the_files_are_read_again(self):
        self.assertEqual(self.ask('POST', '/api/v1/reload', 200, {}).json['changed'], [])
        whole = self.site.config.read_text()
        self.site.config.write_text(whole + '\n[nonsense]\n')
        self.addCleanup(self.site.config.write_text, whole)
        self.assertIn('nonsense', self.ask('POST', '/api/v1/reload', 422, {}).json['detail'])

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

    def test_bad_bodies_are_refused_with_their_path(self):
        bad = goods.own_order('API-3', lines=(('K-101', 0),))
        told = self.orders(422, bad, sound=False)
        self.assertIn('lines[0].quantity', [error['path'] for error in told['errors']])
        told = self.orders(422, goods.own_order('API-3') | {'colour': 'red'}, sound=False)
        self.assertIn('colour', told['errors'][0]['path'])
        self.orders(422, '{"channel": ', sound=False)
        self.ask('GET', '/api/v1/orders/{external_id}', 404, external_id='API-3')
        self.ask('POST', '/api/v1/orders', 415, 'x', kind='text/plain', sound=False)

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

    def test_prints_what_is_no_courier_label_and_refuses_by_the_fields_name(self):
        layouts = {each['name']: each for each in self.ask('GET', '/api/v1/layouts', 200).json['layouts']}
        self.assertEqual(len(layouts), 11)
        self.assertEqual(layouts['tote-100x50']['required'], ['tote'])
        wish = {'layout': 'tote-100x50', 'printer': 'printer-bench-1', 'by': 'endah', 'copies': 2,
                'rows': [{'tote': 'T-17', 'zone': 'A'}]}
        said = self.ask('POST', '/api/v1/prints', 200, wish).json
        self.assertEqual((said['code'], said['sheets']),
                         ('sheets_planned', [{'sheet': 'tote-100x50 T-17', 'copies': 2}]))
        for _ in range(2):
            self.assertIn('T-17', str(judge_label.read_codes(judge_label.draw(self.printer.job()))))
        until(lambda: not self.site.effects(), 10, 'both are printed')
        picture = self.ask('POST', '/api/v1/prints/preview', 200,
                           {'layout': 'item-40x30', 'fields': {'sku': 'K-101'}}).body
        self.assertIn(goods.barcode('K-101'), str(judge_label.read_codes(picture)))

        def refused(field, **changed):
            body = {key: value for key, value in (wish | changed).items() if value is not None}
            answer = self.ask('POST', '/api/v1/prints', 422, body, sound=False).json
            self.assertEqual(answer['field'], field, answer)
        refused('layout', layout='tote')
        refused('printer', printer='nowhere')
        refused('totte', rows=[{'totte': 'T-17'}])
        refused('rows[1].tote', rows=[{'tote': 'T-17'}, {'zone': 'B'}])
        refused('copies', copies=0)
        refused('parcel', parcel='NOPE')
        refused('colour', colour='red')
        self.ask('POST', '/api/v1/prints', 403, wish | {'by': 'nobody'})
        self.ask('POST', '/api/v1/prints/preview', 422, {'layout': 'tote-100x50'})
        badge = {'layout': 'badge-86x54', 'fields': {'badge': 'BADGE-BUDI', 'name': 'Budi'}}
        self.ask('POST', '/api/v1/prints', 403, {'printer': wish['printer'], 'by': 'budi'} | badge)

    def test_a_parcels_packing_slip_and_return_take_their_fields_from_the_books(self):
        tracking = self.packed('PARCEL-3')
        for layout in ('packing-slip-100x150', 'return-100x150'):
            picture = self.ask('POST', '/api/v1/prints/preview', 200, {'layout': layout, 'parcel': tracking}).body
            code = {'packing-slip-100x150': 'PARCEL-3', 'return-100x150': tracking}[layout]
            self.assertIn(code, str(judge_label.read_codes(picture)), layout)
        self.scan('bench-1', tracking)

    def test_the_channels_own_label_has_no_picture_and_says_so(self):
        order = goods.channel_order('PARCEL-2', 'JP991647300999')
        self.orders(200, order)
        self.scan('bench-1', 'BADGE-ENDAH')
        self.assertTrue(self.scan('bench-1', 'JP991647300999')['ok'])
        self.assertTrue(self.scan('bench-1', goods.barcode('K-102'))['ok'])
        self.scan('bench-1', '*K*done')
        self.scan('bench-1', f'*K*weight:{goods.weight_g(order)}:no scale')
        self.assertTrue(self.scan('bench-1', 'BADGE-ENDAH')['ok'])
        self.assertIn(b'JP991647300999', self.printer.job())
        self.ask('GET', '/api/v1/parcels/{id}/label.png', 409, id='JP991647300999')
        self.ask('GET', '/api/v1/parcels/{id}/label.zpl', 200, id='JP991647300999')
        until(lambda: not self.site.effects(), 10, 'printed')
        self.assertTrue(self.scan('bench-1', 'JP991647300999')['ok'])

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

    def test_effects_are_listed_and_only_unknown_ones_settled(self):
        self.assertEqual(self.ask('GET', '/api/v1/effects', 200).json['effects'], [])
        self.ask('GET', '/api/v1/effects', 400, query={'state': 'lost'})
        signed = {'outcome': 'done', 'by': 'sari', 'reason': 'saw it'}
        self.ask('POST', '/api/v1/effects/{id}/resolve', 409, signed, id='999999.0')
        self.ask('POST', '/api/v1/effects/{id}/resolve', 404, signed, id='nonsense', sound=False)
        self.ask('POST', '/api/v1/effects/{id}/resolve', 422, signed | {'outcome': 'perhaps'}, id='1.0', sound=False)

    def test_status_keeps_its_lists_short_and_its_etag(self):
        self.orders(200, [goods.own_order(f'MANY-{n}', ship_by='2020-01-01T00:00:00Z') for n in range(70)])
        until(lambda: self.site.status()['orders']['late'] >= 70, 10, '/status sees 70 late orders')
        seen = self.ask('GET', '/status', 200)
        status = seen.json
        for rows in (status['orders']['oldest'], status['orders']['late_list'], status['holds'],
                     status['effects']['unknown_list']):
            self.assertLessEqual(len(rows), 50)
        self.assertEqual(len(status['orders']['late_list']), 50)
        self.assertTrue(all(row['why'] and row['who'] for row in status['orders']['late_list']))
        self.assertEqual({each['name'] for each in status['devices']},
                         {'scanner-bench-1', 'scanner-cart-1', 'scanner-dock-1', 'printer-bench-1',
                          'sorter', 'infeed', 'side', 'camera'})
        for _ in range(20):  # between two asks something may have changed
            seen = self.site.get('/status')
            same = self.site.get('/status', headers={'If-None-Match': seen.headers['ETag']})
            if same.status == 304:
                break
        self.assertEqual((same.status, same.body), (304, b''))
        check_answer('GET', '/status', 304, same.body)

    def test_metrics_are_prometheus_text(self):
        text = self.ask('GET', '/metrics', 200).body.decode()
        sample = re.compile(r'^[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? -?[0-9.e+-]+$')
        lines = [line for line in text.splitlines() if line and not line.startswith('#')]
        self.assertEqual([line for line in lines if not sample.match(line)], [])
        self.assertEqual(len({line.rsplit(' ', 1)[0] for line in lines}), len(lines), 'each series once')
        self.assertTrue(any(line.startswith('kemas_device_up{') for line in lines))

    def test_says_that_it_lives_and_is_ready_and_shows_its_contract_and_page(self):
        self.assertEqual(self.ask('GET', '/healthz', 200).body, b'alive\n')
        self.assertEqual(self.ask('GET', '/readyz', 200).body, b'ready\n')
        self.assertEqual(self.ask('GET', '/api/v1/openapi.json', 200).json, document)
        self.assertIn(b'<html', self.ask('GET', '/', 200).body)
        self.assertIn(b'<html', self.ask('GET', '/labels', 200).body)
        nowhere = self.site.get('/api/v1/nowhere')
        self.assertEqual((nowhere.status, nowhere.kind.split(';')[0]), (404, 'application/problem+json'))

    def test_with_a_token_only_life_signs_are_open(self):
        site = Site([Bench('bench-1')], token='one-long-random-word-for-the-test')
        self.addCleanup(site.close)
        site.start()
        for path, node in document['paths'].items():
            if 'get' not in node or '{' in path:
                continue
            open_to_all = path in ('/', '/labels', '/healthz', '/readyz')  # the pages ask for the token themselves
            for header in ('Bearer wrong', 'Basic b25lOnR3bw==', ''):
                answer = site.get(path, headers={'Authorization': header})
                self.assertEqual(answer.status, 200 if open_to_all else 401, path)
                check_answer('GET', path, answer.status, answer.body, answer.kind)
        self.ask('GET', '/status', 200, site=site)
        self.assertEqual(site.post('/api/v1/orders', goods.own_order('T-1'), headers={'Authorization': ''}).status, 401)
        self.assertEqual(site.order('T-1')['status'], 404, 'nothing was taken')


if __name__ == '__main__':
    unittest.main()
