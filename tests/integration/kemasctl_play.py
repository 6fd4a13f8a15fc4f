"""Runs kemasctl against a server that plays canned answers of the HTTP contract."""
import json
import os
import pathlib
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
