"""kemasctl and orders and parcels."""
import json
import pathlib

from kemasctl_play import effect, KemasctlTest, odd_number, order, problem, signed


class Orders(KemasctlTest):
    def test_shows_an_order_with_an_odd_number(self):
        run, asked = self.play([(200, order)], 'orders', 'show', odd_number, '--channel', 'web store',
                               '--shop', 'a&b')
        self.assertEqual(asked[0].line, 'GET /api/v1/orders/INV%2F2026%2F11%231%20x'
                                        '?channel=web%20store&shop=a%26b')
        lines = run.out.splitlines()
        self.assertIn('state             on_hold since 2026-11-21T06:00:00.000Z by sari: '
                      'postal code missing', lines)
        self.assertIn('LINE  SKU      NAME          ORDERED  PICKED  PACKED  SHORT', lines)
        self.assertIn('   2  TEA      Teh Melati é      120       0       0      3', lines)
        self.assertNotIn('ship by', run.out)

    def test_keeps_dots_inside_their_segment(self):
        _, asked = self.play([(404, problem(404, 'No order ..'))], 'orders', 'show', '..', exit=1)
        self.assertEqual(asked[0].target, '/api/v1/orders/..')

    def test_an_unknown_order_is_exit_1_with_the_sentence(self):
        run, _ = self.play([(404, problem(404, 'No order X; check the number.'))],
                           'orders', 'show', 'X', exit=1)
        self.assertEqual(run.err, 'kemasctl: No order X; check the number.\n')
        self.assertEqual(run.out, '')

    def test_an_ambiguous_number_lists_the_choices(self):
        choices = [{'channel': 'shopee', 'shop': 'a'}, {'channel': 'webstore', 'shop': 'main'}]
        run, _ = self.play([(409, problem(409, 'Two orders are called 1.', choices=choices))],
                           'orders', 'show', '1', exit=1)
        self.assertIn('webstore  main', run.err)
        self.assertIn('Say which with --channel and --shop.', run.err)

    def test_cancel_says_who_and_why(self):
        for verb in ('cancel', 'hold', 'release'):
            run, asked = self.play([(200, {'code': 'cancelled', 'text': 'Goods to rack C.'})],
                                   'orders', verb, odd_number, '--shop', 'main', *signed)
            self.assertEqual(asked[0].line,
                             f'POST /api/v1/orders/INV%2F2026%2F11%231%20x/{verb}?shop=main')
            self.assertEqual(json.loads(asked[0].body), {'by': 'sari', 'reason': 'buyer called'})
            self.assertEqual(asked[0].headers['Content-Type'], 'application/json')
            self.assertEqual(run.out, 'Goods to rack C.\n')

    def test_cancel_without_a_reason_asks_nobody(self):
        run, _ = self.play([], 'orders', 'cancel', '1', '--by', 'sari', exit=2)
        self.assertIn('--reason', run.err)

    def test_a_refused_cancellation_is_exit_1(self):
        run, _ = self.play([(409, problem(409, 'It has shipped; ask for a return.'))],
                           'orders', 'cancel', '1', *signed, exit=1)
        self.assertIn('It has shipped', run.err)

    def test_adds_orders_from_a_file_as_it_is(self):
        body = '{"orders": [ ]}\n'
        result = {'channel': 'webstore', 'shop': 'main', 'external_id': 'W-1', 'outcome': 'received',
                  'id': 12, 'state': 'released'}
        run, asked = self.play([(200, {'results': [result]})], 'orders', 'add',
                               self.write('o.json', body))
        self.assertEqual((asked[0].line, asked[0].body.decode()), ('POST /api/v1/orders', body))
        self.assertRegex(run.out, r'W-1 +webstore +main +received +released')

    def test_adds_orders_from_the_standard_input(self):
        _, asked = self.play([(200, {'results': []})], 'orders', 'add', '-', stdin='{"a":1}')
        self.assertEqual(asked[0].body, b'{"a":1}')

    def test_one_refused_order_of_many_is_exit_1(self):
        results = [{'external_id': 'W-1', 'outcome': 'received', 'state': 'released'},
                   {'external_id': 'W-2', 'outcome': 'refused', 'code': 'conflict',
                    'detail': 'line 1: quantity 3, was 1'}]
        run, _ = self.play([(207, {'results': results})], 'orders', 'add',
                           self.write('o.json', '{}'), exit=1)
        self.assertRegex(run.out, r'W-2 .*refused +line 1: quantity 3, was 1')
        self.assertIn('1 of 2 refused', run.out)

    def test_a_bad_body_names_each_field(self):
        errors = [{'path': 'lines[0].quantity', 'reason': 'is 0; must be 1 or more'}]
        run, _ = self.play([(422, problem(422, 'Nothing taken.', errors=errors))],
                           'orders', 'add', self.write('o.json', '{}'), exit=1)
        self.assertRegex(run.err, r'lines\[0\].quantity +is 0; must be 1 or more')

    def test_a_conflict_names_the_difference(self):
        run, _ = self.play([(409, problem(409, 'Known.', order='W-1', difference='quantity 3, was 1'))],
                           'orders', 'add', self.write('o.json', '{}'), exit=1)
        self.assertIn('difference  quantity 3, was 1', run.err)

    def test_a_file_that_is_not_there_is_exit_2(self):
        run, _ = self.play([], 'orders', 'add', '/nowhere/o.json', exit=2)
        self.assertIn('Cannot read /nowhere/o.json: No such file', run.err)

    def test_a_folder_is_no_file(self):
        run, _ = self.play([], 'orders', 'add', '/tmp', exit=2)
        self.assertIn('Cannot read /tmp: Is a directory', run.err)

    def test_leaves_an_empty_file_to_the_server_to_refuse(self):
        _, asked = self.play([(422, problem(422, 'Holds no order.'))], 'orders', 'add',
                             self.write('o.json', ''), exit=1)
        self.assertEqual(asked[0].body, b'')

    def test_control_characters_of_a_buyer_do_not_reach_the_terminal(self):
        run, _ = self.play([(200, {**order, 'reason': 'a\x1b[31mb\u009bc\nd'})],
                           'orders', 'show', '1')
        self.assertIn(': a [31mb c d\n', run.out)


class Parcels(KemasctlTest):
    parcel = {
        'id': 7, 'order': {'channel': 'webstore', 'shop': 'main', 'external_id': odd_number},
        'orders': [{'channel': 'webstore', 'shop': 'main', 'external_id': odd_number}], 'no': 1,
        'station': 'bench-1', 'carton': 'BOX-S', 'arranged_by': 'us', 'courier': 'J&T',
        'service': 'EZ', 'tracking_number': 'JP99', 'weight_g': '980.000', 'expected_g': '975.000',
        'tolerance_g': '20.000', 'weight_source': 'scale scale-1', 'cost': 18000, 'currency': 'IDR',
        'quote': ['1 kg x 18000', 'total 18000'], 'revision': 1, 'reprints': 0, 'hold': '',
        'closed_at': '2026-11-21T06:00:00.000Z', 'voided_at': None,
        'items': [{'order': {'external_id': odd_number}, 'line_no': 1, 'sku': 'MUG-RED',
                   'quantity': 2}],
        'effects': [effect]}

    def test_shows_weight_price_and_acts(self):
        run, asked = self.play([(200, self.parcel)], 'parcels', 'show', 'JP/99')
        self.assertEqual(asked[0].target, '/api/v1/parcels/JP%2F99')
        self.assertIn('980.000 g, expected 975.000 g, tolerance 20.000 g, scale scale-1', run.out)
        self.assertIn('18000 IDR', run.out)
        self.assertIn('total 18000', run.out)
        self.assertRegex(run.out, r'INV/2026/11#1 x +1 +MUG-RED +2')
        self.assertRegex(run.out, r'12\.0 +print_label +unknown')
        self.assertNotIn('voided', run.out)

    def test_leaves_out_what_a_young_parcel_does_not_have(self):
        young = {'id': 8, 'no': 1, 'status': 'open', 'courier': '', 'service': '', 'cost': None,
                 'weight_g': '0.000', 'expected_g': '0.000', 'tolerance_g': '0.000'}
        run, _ = self.play([(200, young)], 'parcels', 'show', '8')
        self.assertEqual(run.out, 'parcel  8, number 1 of its order\nstatus  open\n'
                                  'label   revision 0, 0 reprints\n')

    def test_saves_the_label_that_the_name_asks_for(self):
        for kind in ('zpl', 'png'):
            bytes_ = b'\x89\x00\xff^XA'
            out = self.write('label.' + kind, 'old')
            run, asked = self.play([(200, bytes_)], 'parcels', 'label', '7', '--out', out)
            self.assertEqual(asked[0].target, f'/api/v1/parcels/7/label.{kind}')
            self.assertEqual(pathlib.Path(out).read_bytes(), bytes_)

    def test_keeps_the_old_file_when_there_is_no_picture(self):
        out = self.write('label.png', 'old')
        self.play([(409, problem(409, "The channel's own ZPL has no picture."))],
                  'parcels', 'label', '7', '--out', out, exit=1)
        self.assertEqual(pathlib.Path(out).read_text(), 'old')

    def test_another_kind_of_file_is_exit_2(self):
        run, _ = self.play([], 'parcels', 'label', '7', '--out', 'a.pdf', exit=2)
        self.assertIn('must end in .zpl or .png', run.err)

    def test_a_folder_that_is_not_there_is_exit_2(self):
        run, _ = self.play([(200, b'^XA^XZ')], 'parcels', 'label', '7', '--out', '/nowhere/a.zpl',
                           exit=2)
        self.assertIn('Cannot write /nowhere/a.zpl', run.err)

    def test_reprints_with_a_reason(self):
        run, asked = self.play([(200, {'code': 'reprint_planned', 'text': 'Prints again.'})],
                               'parcels', 'reprint', '7', *signed)
        self.assertEqual(asked[0].line, 'POST /api/v1/parcels/7/reprint')
        self.assertEqual(json.loads(asked[0].body)['reason'], 'buyer called')
