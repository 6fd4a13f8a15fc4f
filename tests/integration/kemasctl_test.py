"""kemasctl against a server that plays canned answers of the HTTP contract."""
import json
import os
import pathlib
import socket
import subprocess
import tempfile
import unittest

from scripted_server import ScriptedServer

program = os.environ.get('KEMASCTL', 'kemasctl')
here = pathlib.Path(__file__).parent
sample_status = json.loads((here.parent / 'web' / 'status_sample.json').read_text())

odd_number = 'INV/2026/11#1 x'
order = {
    'id': 12, 'channel': 'webstore', 'shop': 'main', 'external_id': odd_number, 'owner': 'acme',
    'state': 'on_hold', 'state_since': '2026-11-21T06:00:00.000Z', 'reason': 'postal code missing',
    'by': 'sari', 'ship_by': None, 'cod_amount': 150000, 'value': 148000, 'courier': 'J&T',
    'service': 'EZ', 'arranged_by': 'us', 'package_number': '', 'combine_group': '',
    'received_at': '2026-11-21T05:00:00.000Z', 'why': 'on hold: postal code missing',
    'who': 'supervisor',
    'lines': [{'no': 1, 'sku': 'MUG-RED', 'name': 'Red mug', 'ordered': 2, 'picked': 1, 'packed': 0,
               'short': 0},
              {'no': 2, 'sku': 'TEA', 'name': 'Teh Melati é', 'ordered': 120, 'picked': 0,
               'packed': 0, 'short': 3}],
    'parcels': [{'id': 7, 'tracking_number': 'JP99', 'status': 'labelled'}]}
effect = {
    'id': '12.0', 'kind': 'print_label', 'state': 'unknown', 'station': 'bench-1',
    'device': 'printer-1', 'parcel': 7, 'order': odd_number, 'tracking_number': 'JP99',
    'revision': 1, 'reprint_reason': '', 'planned_at': '2026-11-21T06:00:00.000Z',
    'started_at': '2026-11-21T06:00:01.000Z', 'detail': 'connection lost after 512 bytes'}
clean_plan = {'kind': 'stock', 'file': 'stock.csv', 'rows': 12, 'new': 10, 'changed': 1, 'same': 1,
              'examples': ['A-01 MUG-RED: 3 -> 5'], 'errors': [], 'committed': False}
row_errors = [{'line': 3, 'column': 'quantity', 'reason': "'two' is no whole number"},
              {'line': 14, 'column': 'sku', 'reason': 'no such SKU: MUGG'}]
signed = ['--by', 'sari', '--reason', 'buyer called']


def problem(status, detail, **more):
    return {'type': 'about:blank', 'title': 'Refused', 'status': status, 'detail': detail,
            'instance': '/x', **more}


class Run:
    def __init__(self, *args, env=None, stdin=''):
        kept = {k: v for k, v in os.environ.items() if not k.startswith('KEMAS_')}
        done = subprocess.run([program, *args], env={**kept, **(env or {})}, input=stdin.encode(),
                              capture_output=True, timeout=60)
        self.exit = done.returncode
        self.out, self.err = done.stdout.decode(), done.stderr.decode()


class KemasctlTest(unittest.TestCase):
    def run_against(self, server, *args, exit=0, **more):
        run = Run('--url', server.url, *args, **more)
        self.assertEqual(run.exit, exit, run.out + run.err)
        return run

    def play(self, answers, *args, exit=0, **more):
        """One run against these answers: (run, what was asked)."""
        with ScriptedServer(*answers) as server:
            run = self.run_against(server, *args, exit=exit, **more)
        self.assertEqual(len(server.asked), len(answers), 'every answer is asked for once')
        return run, server.asked

    def write(self, name, text):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = pathlib.Path(folder.name) / name
        path.write_text(text)
        return str(path)


class Status(KemasctlTest):
    def test_says_what_is_late_and_who_must_act(self):
        run, asked = self.play([(200, sample_status)], 'status')
        self.assertEqual(asked[0].line, 'GET /status')
        lines = run.out.splitlines()
        self.assertIn('orders          40 open, 3 late: 4 received, 2 on_hold, 12 released, 7 picking, '
                      '5 picked, 6 packing, 4 packed', lines)
        self.assertIn('order database  up, 6 facts wait, the oldest for 6 s', lines)
        self.assertIn('devices         4 of 5 up', lines)
        late = next(line for line in lines if line.startswith('TP-88301'))
        self.assertRegex(late, r'on_hold +5 h 50 min +- +supervisor +on hold: the postal code')
        self.assertEqual(run.out.count('SP-2611210457'), 1, 'late and oldest is one row')
        self.assertIn('kemasctl effects list', run.out)

    def test_sets_columns_under_their_heads(self):
        run, _ = self.play([(200, sample_status)], 'status')
        lines = run.out.splitlines()
        head = next(i for i, line in enumerate(lines) if line.startswith('DEVICE'))
        column = lines[head].index('STATE')
        self.assertEqual(lines[head + 5][column:column + 4], 'down')

    def test_prints_the_answer_as_it_came_when_asked_for_json(self):
        run, _ = self.play([(200, sample_status)], 'status', '--json')
        self.assertEqual(json.loads(run.out), sample_status)

    def test_survives_a_server_that_says_less(self):
        run, _ = self.play([(200, {'site': 'Small'})], 'status')
        self.assertIn('Small', run.out)


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


class Effects(KemasctlTest):
    def test_lists_the_unknown_ones_and_says_how_to_settle_them(self):
        run, asked = self.play([(200, {'effects': [effect]})], 'effects', 'list', '--state', 'unknown')
        self.assertEqual(asked[0].target, '/api/v1/effects?state=unknown')
        self.assertRegex(run.out, r'12\.0 +print_label +unknown +printer-1 +7 +JP99')
        self.assertIn('kemasctl effects resolve 12.0 done|failed', run.out)

    def test_says_when_there_is_none(self):
        run, asked = self.play([(200, {'effects': []})], 'effects', 'list')
        self.assertEqual((asked[0].target, run.out), ('/api/v1/effects', 'No open act.\n'))

    def test_settles_one(self):
        run, asked = self.play([(200, {'code': 'resolved', 'text': 'It is done.'})],
                               'effects', 'resolve', '12.0', 'done', *signed)
        self.assertEqual(asked[0].line, 'POST /api/v1/effects/12.0/resolve')
        self.assertEqual(json.loads(asked[0].body),
                         {'outcome': 'done', 'by': 'sari', 'reason': 'buyer called'})

    def test_an_outcome_is_done_or_failed(self):
        self.play([], 'effects', 'resolve', '12.0', 'perhaps', *signed, exit=2)


class Import(KemasctlTest):
    def test_shows_first_and_imports_nothing(self):
        file = self.write('stock x.csv', 'location,sku\n')
        run, asked = self.play([(200, clean_plan)], 'import', 'stock', file)
        self.assertEqual(asked[0].line,
                         'POST /api/v1/imports/stock?file=stock%20x.csv&dry_run=true')
        self.assertEqual(asked[0].headers['Content-Type'], 'text/csv')
        self.assertEqual(asked[0].body, b'location,sku\n')
        self.assertIn('12 rows: 10 new, 1 changed, 1 the same', run.out)
        self.assertIn('  A-01 MUG-RED: 3 -> 5', run.out)
        self.assertIn(f"kemasctl import stock '{file}' --commit", run.out)

    def test_commits_after_a_clean_dry_run(self):
        run, asked = self.play([(200, clean_plan), (200, {**clean_plan, 'committed': True})],
                               'import', 'stock', self.write('stock.csv', 'a\n'), '--commit')
        self.assertEqual([a.target.split('dry_run=')[1] for a in asked], ['true', 'false'])
        self.assertEqual(asked[0].body, asked[1].body)
        self.assertIn('Imported. Next: kemasctl import tariff FILE.csv', run.out)

    def test_does_not_commit_when_a_row_is_at_fault(self):
        run, asked = self.play([(200, {**clean_plan, 'errors': row_errors})],
                               'import', 'stock', self.write('stock.csv', 'a\n'), '--commit', exit=1)
        self.assertEqual(len(asked), 1)
        self.assertIn('LINE  COLUMN    REASON', run.out)
        self.assertIn("   3  quantity  'two' is no whole number", run.out)
        self.assertIn('Nothing is imported: 2 faults to correct', run.out)

    def test_does_not_commit_with_json_either(self):
        plan = {**clean_plan, 'errors': row_errors}
        run, _ = self.play([(200, plan)], '--json', 'import', 'stock', self.write('s.csv', 'a\n'),
                           '--commit', exit=1)
        self.assertEqual(json.loads(run.out), plan)

    def test_tells_when_the_books_changed_in_between(self):
        run, _ = self.play([(200, clean_plan), (422, problem(422, 'No longer.', errors=row_errors))],
                           'import', 'stock', self.write('s.csv', 'a\n'), '--commit', exit=1)
        self.assertIn('no such SKU: MUGG', run.err)
        self.assertNotIn('Imported', run.out)

    def test_an_answer_that_does_not_say_committed_is_no_success(self):
        self.play([(200, clean_plan), (200, clean_plan)],
                  'import', 'stock', self.write('s.csv', 'a\n'), '--commit', exit=1)

    def test_an_unknown_kind_is_exit_2(self):
        self.play([], 'import', 'people', self.write('s.csv', 'a\n'), exit=2)


class Scan(KemasctlTest):
    def test_a_refused_scan_is_exit_1_with_the_sentence(self):
        answer = {'ok': True, 'kind': 'refused', 'code': 'wrong_item',
                  'text': 'Wrong item: scanned SKU-2, this line wants SKU-1'}
        run, asked = self.play([(200, answer)], 'scan', 'bench-1', '8991000000003', '--id', 'a-1',
                               exit=1)
        self.assertEqual(json.loads(asked[0].body),
                         {'station': 'bench-1', 'code': '8991000000003', 'id': 'a-1'})
        self.assertEqual(run.out, 'refused (wrong_item): Wrong item: scanned SKU-2, this line wants '
                                  'SKU-1\n')

    def test_an_accepted_scan_is_exit_0(self):
        answer = {'ok': True, 'kind': 'accepted', 'code': 'picked', 'text': '1 of 2'}
        _, asked = self.play([(200, answer)], 'scan', 'bench-1', 'X')
        self.assertNotIn('id', json.loads(asked[0].body))


class Check(KemasctlTest):
    """Needs no server."""
    site = here.parents[1] / 'config' / 'kemas.toml'

    def check(self, text):
        path = self.write('kemas.toml', text)
        return path, Run('check', '--config', path)

    def test_the_example_site_is_sound(self):
        run = Run('check', '--config', str(self.site))
        self.assertEqual((run.exit, run.err), (0, ''))
        self.assertTrue(run.out.startswith(f'OK: {self.site}: '), run.out)

    def test_names_every_fault_with_file_and_line(self):
        path, run = self.check('[site]\nnam = "x"\n\n[http]\nport = "many"\n')
        self.assertEqual((run.exit, run.out), (2, ''))
        self.assertIn(f'{path}:2: ', run.err)
        self.assertIn(f'{path}:5: ', run.err)

    def test_a_picture_format_that_nobody_reads_is_named_with_its_line(self):
        path, run = self.check('[[station]]\nname = "b"\nkind = "bench"\n\n[[scanner]]\nname = "eye"\n'
                               'station = "b"\nmode = "camera"\nfolder = "in"\nformats = ["Code128", "Codabar"]\n')
        self.assertEqual(run.exit, 2)
        self.assertIn(f'{path}:10: ', run.err)
        self.assertIn('"Codabar"', run.err)
        self.assertIn('DataMatrix', run.err)

    def test_a_missing_file_is_exit_2(self):
        run = Run('check', '--config', '/nowhere/kemas.toml')
        self.assertEqual(run.exit, 2)
        self.assertIn('/nowhere/kemas.toml', run.err)

    def test_reads_the_files_that_the_site_names(self):
        profile, layout = self.write('scale.toml', 'modle = 1\n'), self.write('label.toml', 'x = 1\n')
        _, run = self.check(f'[label]\nlayout = "{layout}"\n'
                            '[[station]]\nname = "b"\nkind = "bench"\nscale = "s"\n'
                            f'[[scale]]\nname = "s"\nprofile = "{profile}"\nhost = "127.0.0.1"\n')
        self.assertEqual(run.exit, 2, run.out + run.err)
        self.assertIn(f'{profile}:1: ', run.err)
        self.assertIn(f'{layout}:1: ', run.err)


class Reaching(KemasctlTest):
    def test_nobody_there_is_exit_2_naming_the_url_and_the_next_step(self):
        with socket.socket() as unused:  # bound, never listening
            unused.bind(('127.0.0.1', 0))
            url = f'http://127.0.0.1:{unused.getsockname()[1]}'
            run = Run('--url', url, 'status')
        self.assertEqual(run.exit, 2)
        self.assertIn(f'No kemasd answers at {url}', run.err)
        self.assertIn('systemctl start kemasd', run.err)

    def test_takes_url_and_token_from_the_environment(self):
        with ScriptedServer((200, {'effects': []})) as server:
            run = Run('effects', 'list', env={'KEMAS_URL': server.url + '/', 'KEMAS_TOKEN': 's3cret'})
        self.assertEqual(run.exit, 0, run.err)
        self.assertEqual(server.asked[0].target, '/api/v1/effects')
        self.assertEqual(server.asked[0].headers['Authorization'], 'Bearer s3cret')

    def test_a_missing_token_is_exit_2_and_says_where_to_give_it(self):
        run, asked = self.play([(401, problem(401, 'Token wanted.'))], 'status', exit=2)
        self.assertIsNone(asked[0].headers['Authorization'])
        self.assertIn('--token or KEMAS_TOKEN', run.err)

    def test_a_wrong_token_is_not_printed(self):
        run, _ = self.play([(401, problem(401, 'Token wanted.'))], '--token', 's3cret', 'status',
                           exit=2)
        self.assertNotIn('s3cret', run.out + run.err)

    def test_a_kemasd_in_trouble_is_exit_2(self):
        run, _ = self.play([(503, problem(503, 'The ledger stopped; look at the disk.'))],
                           'status', exit=2)
        self.assertIn('look at the disk', run.err)

    def test_some_other_server_is_told_apart(self):
        run, _ = self.play([(200, b'<html>hello</html>')], 'status', exit=2)
        self.assertIn('not as kemasd does', run.err)
        run, _ = self.play([(404, b'<html>not here</html>')], 'orders', 'show', '1', exit=1)
        self.assertIn('answers 404 without saying why', run.err)

    def test_the_refusal_as_it_came_with_json(self):
        body = problem(404, 'No order X.')
        run, _ = self.play([(404, body)], 'orders', 'show', 'X', '--json', exit=1)
        self.assertEqual(json.loads(run.out), body)

    def test_an_address_that_is_none_is_exit_2(self):
        run = Run('--url', 'ftp://x', 'status')
        self.assertEqual(run.exit, 2)
        self.assertIn("'ftp://x' is no http or https address", run.err)

    def test_no_command_is_exit_2_and_help_is_0(self):
        self.assertEqual(Run().exit, 2)
        self.assertEqual(Run('--help').exit, 0)


if __name__ == '__main__':
    unittest.main()
