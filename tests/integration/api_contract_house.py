"""The house itself: its files, effects, status, metrics, life signs and token."""
import re

import goods
from kemas_site import Bench, Site, until
from openapi_check import check_answer, document


class House:
    def test_the_files_are_read_again(self):
        self.assertEqual(self.ask('POST', '/api/v1/reload', 200, {}).json['changed'], [])
        whole = self.site.config.read_text()
        self.site.config.write_text(whole + '\n[nonsense]\n')
        self.addCleanup(self.site.config.write_text, whole)
        self.assertIn('nonsense', self.ask('POST', '/api/v1/reload', 422, {}).json['detail'])

    def test_bad_bodies_are_refused_with_their_path(self):
        bad = goods.own_order('API-3', lines=(('K-101', 0),))
        told = self.orders(422, bad, sound=False)
        self.assertIn('lines[0].quantity', [error['path'] for error in told['errors']])
        told = self.orders(422, goods.own_order('API-3') | {'colour': 'red'}, sound=False)
        self.assertIn('colour', told['errors'][0]['path'])
        self.orders(422, '{"channel": ', sound=False)
        self.ask('GET', '/api/v1/orders/{external_id}', 404, external_id='API-3')
        self.ask('POST', '/api/v1/orders', 415, 'x', kind='text/plain', sound=False)

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
        self.assertIn(b'<html', self.ask('GET', '/packing', 200, query={'station': 'bench-1'}).body)
        nowhere = self.site.get('/api/v1/nowhere')
        self.assertEqual((nowhere.status, nowhere.kind.split(';')[0]), (404, 'application/problem+json'))

    def test_with_a_token_only_life_signs_are_open(self):
        site = Site([Bench('bench-1')], token='one-long-random-word-for-the-test')
        self.addCleanup(site.close)
        site.start()
        for path, node in document['paths'].items():
            if 'get' not in node or '{' in path:
                continue
            open_to_all = path in ('/', '/labels', '/packing', '/healthz', '/readyz')  # the pages ask for the token themselves
            for header in ('Bearer wrong', 'Basic b25lOnR3bw==', ''):
                answer = site.get(path, headers={'Authorization': header})
                self.assertEqual(answer.status, 200 if open_to_all else 401, path)
                check_answer('GET', path, answer.status, answer.body, answer.kind)
        self.ask('GET', '/status', 200, site=site)
        self.assertEqual(site.post('/api/v1/orders', goods.own_order('T-1'), headers={'Authorization': ''}).status, 401)
        self.assertEqual(site.order('T-1')['status'], 404, 'nothing was taken')
