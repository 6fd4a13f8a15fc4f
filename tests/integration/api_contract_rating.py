"""The contract's routes about prices, packing and invoices."""
import xml.etree.ElementTree

import goods


class Rating:
    def quotes(self, expected, body, **more):
        return self.ask('POST', '/api/v1/quotes', expected, body, **more).json

    def test_every_service_is_quoted_with_its_sum_and_the_losers_reason(self):
        ask = {'area_code': '31.71.03.1004', 'postal_code': '10650', 'day': '2026-11-23', 'time': '09:00',
               'pieces': [{'weight_g': 1301, 'carton': 'BOX-S'}]}
        told = self.quotes(200, ask)
        best, lost = told['services'][0], told['services'][1:]
        self.assertEqual(told['winner'], {'courier': best['courier'], 'service': best['service']})
        self.assertEqual(best['why_not'], '')
        self.assertTrue(all(each['why_not'] for each in lost), lost)
        self.assertEqual(told['choose'], 'cheapest')
        priced = [each['quote'] for each in told['services'] if each['competes']]
        self.assertEqual([each['total'] for each in priced], sorted(each['total'] for each in priced))
        for quote in priced:
            self.assertEqual(quote['total'], sum(line['amount'] for line in quote['lines']), quote)
            self.assertIn(told['tariff'], quote['text'][0])
        jne = next(each['quote'] for each in told['services'] if (each['courier'], each['service']) == ('JNE', 'REG'))
        self.assertEqual((jne['weight']['billed_g'], jne['lines'][0]['how']), ('2000.000', '2 x 1 kg x 9000'))
        self.assertEqual(jne['promised'], '2026-11-26')
        cash = self.quotes(200, ask | {'cod': 150000, 'language': 'id'})
        none = next(each for each in cash['services'] if each['courier'] == 'SiCepat')
        self.assertEqual((none['competes'], none['quote']), (False, None))
        self.assertIn('tidak menagih COD', none['why_not'])
        nowhere = self.quotes(200, ask | {'area_code': 'XX'})
        self.assertIsNone(nowhere['winner'])

    def test_an_order_of_the_books_is_quoted_as_its_parcel_was(self):
        tracking = self.packed('QUOTE-1')
        self.assertTrue(self.scan('bench-1', tracking)['ok'])
        parcel = self.ask('GET', '/api/v1/parcels/{id}', 200, id=tracking).json
        told = self.quotes(200, {'order': 'QUOTE-1', 'courier': 'JNE', 'service': 'REG'})
        self.assertEqual(told['services'][0]['quote']['total'], parcel['cost'])
        self.orders(200, goods.own_order('QUOTE-2'))
        self.quotes(409, {'order': 'QUOTE-2'})
        self.quotes(404, {'order': 'QUOTE-9'})
        self.quotes(404, {'order': 'QUOTE-1', 'courier': 'NOBODY'})
        for body in ({}, {'order': 'QUOTE-1', 'cod': -1}, {'pieces': [{'weight_g': 0}]}, {'order': 'QUOTE-1', 'x': 1}):
            self.quotes(422, body, sound=False)
        self.quotes(422, {'area_code': '31', 'pieces': [{'weight_g': 1, 'carton': 'NONE'}]})

    def packing(self, expected, number, **query):
        return self.ask('GET', '/api/v1/orders/{external_id}/packing', expected, external_id=number, query=query).json

    def picture(self, expected, number, **query):
        return self.ask('GET', '/api/v1/orders/{external_id}/packing.svg', expected, external_id=number, query=query)

    def test_an_orders_packing_says_where_each_thing_lies_and_shows_it(self):
        self.orders(200, goods.own_order('PACK-1', lines=(('K-101', 2), ('K-103', 1))))
        told = self.packing(200, 'PACK-1')
        carton = told['cartons'][0]
        self.assertEqual(sorted(each['sku'] for each in carton['items']), ['K-101', 'K-101', 'K-103'])
        for each in carton['items']:
            for at, side, room in zip(each['at_mm'], each['size_mm'], carton['inner_mm']):
                self.assertLessEqual(at + side, room)
        self.assertEqual((told['shipping']['courier'], told['shipping']['service']), ('JNE', 'REG'))
        self.assertIn(carton['carton'], told['pack_in'])
        drawn = xml.etree.ElementTree.fromstring(self.picture(200, 'PACK-1').body)
        self.assertEqual(drawn.tag, '{http://www.w3.org/2000/svg}svg')
        self.picture(404, 'PACK-1', carton=9)
        self.scan('bench-1', 'BADGE-ENDAH')
        answer = self.scan('bench-1', 'PACK-1')
        self.assertIn('packing', answer, answer)
        opened = answer['packing']
        self.assertIn(told['pack_in'], opened['text'])
        self.assertEqual(self.site.http('GET', opened['picture']).body, self.picture(200, 'PACK-1').body)
        self.packing(404, 'PACK-9')
        self.picture(404, 'PACK-9')

    def test_what_couriers_told_of_parcels_is_a_report(self):
        told = self.ask('GET', '/api/v1/reports/reliability', 200, query={'area': '31.71'}).json
        self.assertEqual((told['rows'], told['reliable_from'], told['left_out']), ([], 30, 0))
        self.assertLess(told['from'], told['before'])

    def at_bench(self, expected, station='bench-1', **query):
        return self.ask('GET', '/api/v1/stations/{station}/packing', expected, station=station, query=query)

    def test_a_bench_says_what_its_open_order_goes_into(self):
        self.assertIsNone(self.at_bench(200).json['order'])
        self.orders(200, goods.own_order('PACK-2', lines=(('K-104', 2), ('K-106', 1))))
        self.scan('bench-1', 'BADGE-ENDAH')
        self.assertTrue(self.scan('bench-1', 'PACK-2')['ok'])
        answer = self.at_bench(200)
        told = answer.json
        self.assertEqual((told['order']['external_id'], told['stage'], told['none_because']), ('PACK-2', 'items', None))
        self.assertEqual(told['packing']['cartons'], self.packing(200, 'PACK-2')['cartons'])
        self.assertEqual([(each['sku'], each['wanted'], each['packed']) for each in told['lines']],
                         [('K-104', 2, 0), ('K-106', 1, 0)])
        self.assertTrue(next(each for each in told['packing']['cartons'][0]['items'] if each['sku'] == 'K-106')['upright'])
        same = self.ask('GET', '/api/v1/stations/{station}/packing', 304, station='bench-1',
                        headers={'If-None-Match': answer.headers['ETag']})
        self.assertEqual(same.body, b'')
        stations = self.ask('GET', '/api/v1/stations', 200).json['stations']
        self.assertEqual([(each['station'], each['kind']) for each in stations],
                         [('bench-1', 'bench'), ('cart-1', 'pick'), ('dock-1', 'dock')])
        self.assertEqual(stations[0]['order'], told['order'])
        steps = told['packing']['cartons'][-1]['items'][-1]['step']
        for view in ('corner', 'above'):
            drawn = self.picture(200, 'PACK-2', step=steps, view=view)
            self.assertEqual(xml.etree.ElementTree.fromstring(drawn.body).get('viewBox'), '0 0 600 600')
        self.picture(404, 'PACK-2', step=steps + 1)
        self.picture(404, 'PACK-2', step=1, view='below')
        self.at_bench(404, 'cart-1')
        self.at_bench(404, 'nowhere')
        self.at_bench(422, language='fr')

    def invoice(self, expected, rows, **query):
        return self.ask('POST', '/api/v1/reports/invoice', expected, 'tracking_number,amount,billed_g\n' + rows,
                        kind='text/csv', query=query).json

    def billed(self, number):
        """A parcel that a courier may bill: its tracking number, and what it cost us."""
        tracking = self.packed(number)
        self.assertTrue(self.scan('bench-1', tracking)['ok'])
        return tracking, self.ask('GET', '/api/v1/parcels/{id}', 200, id=tracking).json['cost']

    def test_an_invoice_is_held_against_our_prices(self):
        tracking, cost = self.billed('BILL-1')
        same = self.invoice(200, f'{tracking},{cost},\nNOBODYS,1,\n')
        self.assertEqual((same['parcels'], same['same'], same['unknown']), (1, 1, ['NOBODYS']))
        more = self.invoice(200, f'{tracking},{3 * cost},3000\n')
        self.assertEqual(more['habits'][0]['difference'], 2 * cost)
        self.assertNotEqual(more['differences'][0]['habit'], 'none')
        self.assertEqual(self.invoice(422, f'{tracking},dear,\n')['errors'][0]['line'], 2)
        self.assertEqual(self.invoice(200, '')['parcels'], 0)

    def test_an_invoice_is_explained_in_the_language_asked_for_with_what_to_write(self):
        tracking, cost = self.billed('BILL-2')
        rows = f'{tracking},{cost + 77},\n'
        english = self.invoice(200, rows, language='en')['habits'][0]
        indonesian = self.invoice(200, rows, language='id')['habits'][0]
        self.assertEqual((english['habit'], indonesian['habit']), ('unknown', 'unknown'))
        self.assertEqual(english['write'],
                         'Please credit IDR 77 for 1 parcel: please tell how each amount came about.')
        self.assertIn('Mohon kreditkan IDR 77 untuk 1 paket', indonesian['write'])
        self.invoice(422, rows, language='fr')

    def test_an_invoice_prices_each_parcel_by_the_tariff_of_its_label(self):
        tracking, cost = self.billed('BILL-3')
        mine = self.ask('GET', '/api/v1/tariff.csv', 200).body.decode()
        dearer = mine.replace('9000', '9900')
        self.assertNotEqual(mine, dearer)
        self.addCleanup(self.site.import_file, 'tariff', mine)
        self.assertTrue(self.site.import_file('tariff', dearer).json['committed'])
        later, new_cost = self.billed('BILL-4')
        self.assertGreater(new_cost, cost)
        told = self.invoice(200, f'{tracking},{cost},\n{later},{cost},\n')
        self.assertEqual((told['parcels'], told['same']), (2, 1))
        self.assertEqual([(each['parcels'], each['note']) for each in told['tariffs']], [(1, ''), (1, '')])
        self.assertEqual(told['differences'][0]['tracking_number'], later)
        self.assertEqual(told['differences'][0]['tariff'], told['tariff'])
        self.assertIn('Nothing to claim', told['habits'][0]['write'])

    def assortment(self, expected, sound=True, **query):
        return self.ask('GET', '/api/v1/reports/assortment', expected, query=query, sound=sound).json

    def test_a_period_says_which_cartons_it_used_and_which_would_have_saved(self):
        before = self.assortment(200)
        tracking = self.packed('KIND-1')
        self.assertTrue(self.scan('bench-1', tracking)['ok'])  # set aside: now it counts
        told = self.assortment(200)
        self.assertEqual((told['parcels'], told['orders']), (before['parcels'] + 1, before['orders'] + 1))
        used = {each['carton']: each for each in told['cartons']}
        self.assertGreaterEqual(used['BOX-S']['parcels'], 1)
        self.assertLess(used['BOX-S']['parcels_empty_permille'], 1000)
        self.assertEqual(told['planned']['cartons'],
                         sum(each['planned']['cartons'] for each in told['cartons'] if each['planned']))
        self.assertFalse(told['cut'])
        tried = self.assortment(200, carton='244x194x64,40x30x20')['savings']
        self.assertEqual({each['name'] for each in tried}, {'244 x 194 x 64', '40 x 30 x 20'})
        self.assertEqual(next(each for each in tried if each['name'] == '40 x 30 x 20')['orders'], 0)
        self.assertEqual(self.assortment(200, **{'from': '2020-01-01', 'to': '2020-12-31'})['parcels'], 0)
        for bad in ({'from': 'monday'}, {'from': '2026-11-02', 'to': '2026-11-01'}, {'from': '2020-01-01'},
                    {'carton': '300x200'}, {'carton': '300x200x0'}, {'carton': '1x1x1x1'}):
            self.assortment(422, sound=False, **bad)

    def test_what_shops_declare_is_imported_and_held_against_parcels(self):
        send = lambda csv, dry: self.site.post('/api/v1/imports/listings', csv, kind='text/csv',
                                               query={'file': 'l.csv', 'dry_run': dry}).json
        rows = 'channel,shop,sku,weight_g\nshopee,bukti,K-101,300\n'
        self.assertEqual(send(rows, 'true')['new'], 1)
        self.assertTrue(send(rows, 'false')['committed'])
        self.assertEqual(send(rows, 'true')['same'], 1)
        self.assertEqual(send(rows.replace('300', '"310,5"'), 'true')['errors'], [])
        unknown = send('channel,shop,sku,weight_g\nshopee,bukti,K-999,300\n', 'true')['errors']
        self.assertEqual((unknown[0]['line'], unknown[0]['column']), (2, 'sku'))
        told = self.ask('GET', '/api/v1/reports/declared', 200, query={'from': '2026-11-01', 'to': '2026-11-30'}).json
        self.assertEqual((told['from'], told['to'], told['share_percent']), ('2026-11-01', '2026-11-30', 10))
        self.assertEqual((told['rows'], told['cut']), ([], False))
        for query in ({'from': 'today'}, {'share_percent': '-1'}, {'share_percent': '10,5'},
                      {'from': '2026-11-30', 'to': '2026-11-01'}):
            self.ask('GET', '/api/v1/reports/declared', 400, query=query)

    def test_the_tariff_in_force_comes_back_as_the_file_it_was(self):
        csv = self.ask('GET', '/api/v1/tariff.csv', 200).body
        again = self.site.post('/api/v1/imports/tariff', csv.decode(), kind='text/csv').json
        self.assertEqual((again['errors'], again['new'], again['changed']), ([], 0, 0))
        self.assertGreater(again['rows'], 50)
        self.assertEqual(again['same'], again['rows'])
