"""Labels that come as files, and what is printed beside them."""
import goods
import judge_label
from kemas_site import until


class Paper:
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

    def test_prints_what_is_no_courier_label_and_refuses_by_the_fields_name(self):
        layouts = {each['name']: each for each in self.ask('GET', '/api/v1/layouts', 200).json['layouts']}
        self.assertEqual(len(layouts), 12)
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
