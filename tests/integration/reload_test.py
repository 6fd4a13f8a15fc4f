"""The site's files are read again while everything runs; systemd's watchdog is fed meanwhile."""
import os
import shutil
import signal
import subprocess
import unittest

import goods
from kemas_site import Bench, Site, binary, root, until
from peers import Printer, Scale, Scanner


class Reload(unittest.TestCase):
    def setUp(self):
        self.scale = Scale()
        self.addCleanup(self.scale.close)
        self.printer = Printer().start()
        self.addCleanup(self.printer.stop)
        self.site = Site([Bench('bench-1', self.printer.port, self.scale.port)])
        self.addCleanup(self.site.close)
        self.site.start().load_goods()
        self.bench = self.scanner(self.site.benches['bench-1'])
        self.bench.must('BADGE-BUDI')

    def scanner(self, bench):
        scanner = Scanner(bench.scanner, sender=f'{bench.name}-')
        self.addCleanup(scanner.close)
        return scanner

    def rewrite(self, old, new):
        text = self.site.config.read_text()
        self.assertIn(old, text)
        self.site.config.write_text(text.replace(old, new))

    def reload(self, expected=200):
        answer = self.site.post('/api/v1/reload', {})
        self.assertEqual(answer.status, expected, answer.body)
        return answer.json

    def test_a_new_station_comes_and_the_old_one_never_notices(self):
        order = goods.own_order('R-1')
        self.assertEqual(self.site.post('/api/v1/orders', order).status, 200)
        self.bench.must('R-1')
        second = Bench('bench-2')
        self.site.config.write_text(self.site.config.read_text() + second.toml())
        self.assertEqual(self.reload(), {'changed': ['scanner scanner-bench-2'], 'needs_restart': []})
        self.bench.must(goods.barcode(order['lines'][0]['sku']))  # same socket, same open order
        self.scanner(second).must('BADGE-BUDI')
        self.assertEqual(self.reload()['changed'], [])

    def test_a_printer_moves_and_the_next_label_comes_out_there(self):
        other = Printer().start()
        self.addCleanup(other.stop)
        self.rewrite(f'port = {self.printer.port}', f'port = {other.port}')
        self.assertEqual(self.reload()['changed'], ['printer printer-bench-1'])
        order = goods.own_order('R-2')
        self.assertEqual(self.site.post('/api/v1/orders', order).status, 200)
        self.bench.must('R-2')
        until(lambda: self.site.device('scale-bench-1')['up'], 15, 'the scale is up')
        for line in order['lines']:
            self.bench.must(*[goods.barcode(line['sku'])] * line['quantity'])
        self.scale.put(goods.weight_g(order))
        self.bench.news('went to')
        other.job()

    def test_a_changed_profile_makes_its_scale_anew_and_no_other_device(self):
        profile = self.site.folder / 'mine.toml'
        shutil.copy(f'{root}/firmware-profiles/scale/kemas-sim.toml', profile)
        self.rewrite(f'profile = "{root}/firmware-profiles/scale/kemas-sim.toml"', 'profile = "mine.toml"')
        self.assertEqual(self.reload()['changed'], ['scale scale-bench-1'])
        self.assertEqual(self.reload()['changed'], [])
        profile.write_text(profile.read_text() + '\n# looked at again\n')
        self.assertEqual(self.reload()['changed'], ['scale scale-bench-1'])
        until(lambda: self.site.device('scale-bench-1')['up'], 15, 'the scale is up again')

    def test_a_gone_device_is_gone(self):
        text = self.site.config.read_text()
        self.site.config.write_text(text[:text.index('[[scale]]')].replace('scale = "scale-bench-1"\n', '') +
                                    text[text.index('[[printer]]'):])
        self.assertEqual(self.reload()['changed'], ['scale scale-bench-1'])
        until(lambda: 'scale-bench-1' not in [each['name'] for each in self.site.status()['devices']], 5, 'gone')

    def test_a_new_badge_counts_at_once(self):
        self.assertEqual(self.bench.scan('BADGE-NEW').code, 'unknown_code_idle')
        operators = self.site.folder / 'operators.csv'
        operators.write_text(operators.read_text().rstrip('\n') + '\nnina,Nina,BADGE-NEW,packer\n')
        self.assertEqual(self.reload(), {'changed': [], 'needs_restart': []})
        self.bench.must('BADGE-NEW')

    def test_a_broken_file_keeps_the_old_one(self):
        self.rewrite('poll_ms = 20', 'poll_mss = 20')
        refusal = self.reload(422)
        self.assertIn('kemas.toml:', refusal['detail'])
        self.assertIn('poll_mss', refusal['detail'])
        self.bench.must('*K*logout')
        self.bench.must('BADGE-BUDI')
        self.assertTrue(self.site.device('scanner-bench-1')['up'])

    def test_a_signal_does_it_too_and_a_section_waits_for_a_restart(self):
        self.rewrite('[http]\n', '[log]\nlevel = "warn"\n[http]\n')
        self.assertEqual(self.reload(), {'changed': [], 'needs_restart': ['[log]']})
        self.rewrite('poll_ms = 20', 'poll_ms = 25')
        self.site.process.send_signal(signal.SIGHUP)
        until(lambda: '"reload.done"' in self.site.log.read_text() and
              'scale scale-bench-1' in self.site.log.read_text(), 10, 'the log names what changed')

    def test_kemasctl_says_what_was_made_anew(self):
        self.rewrite('poll_ms = 20', 'poll_ms = 30')
        said = subprocess.run([binary('kemasctl'), '--url', f'http://127.0.0.1:{self.site.port}', 'reload'],
                              capture_output=True, text=True, timeout=30)
        self.assertEqual((said.returncode, said.stdout), (0, 'made anew: scale scale-bench-1\n'), said.stderr)


class Watchdog(unittest.TestCase):
    def test_is_fed_while_all_threads_live(self):
        site = Site([Bench('bench-1')])
        self.addCleanup(site.close)
        os.environ['WATCHDOG_USEC'] = '800000'
        self.addCleanup(os.environ.pop, 'WATCHDOG_USEC')
        site.start()
        for _ in range(3):
            site.hear('WATCHDOG=1', 10)


if __name__ == '__main__':
    unittest.main()
