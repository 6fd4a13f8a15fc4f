"""What kemasctl says of the site, and when it cannot reach it."""
import json
import socket

from kemasctl_play import effect, here, KemasctlTest, order, problem, Run, sample_status, signed
from scripted_server import ScriptedServer


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
