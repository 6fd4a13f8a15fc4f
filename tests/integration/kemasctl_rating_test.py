"""kemasctl: quotes, and other systems' rate tables into the tariff."""
import csv
import io
import json

from kemasctl_play import clean_plan, KemasctlTest, problem

weight = {'actual_g': '1301.000', 'volumetric_g': '1000.000', 'billed_g': '2000.000', 'by_volume': False, 'unit': 'kg',
          'divisor': 6000, 'step': 1000, 'rounding': 'tolerance', 'tolerance': 300, 'edge': 'inclusive',
          'minimum': 1000, 'how': '1.301 kg billed as 2 kg'}
won = {'courier': 'JNE', 'service': 'REG', 'name': '', 'competes': True, 'why_not': '',
       'quote': {'total': 18000, 'weight': weight, 'rate_for': '31', 'zone': '', 'lines': [], 'transit_days': 3,
                 'promised': '2026-11-26', 'text': ['1.301 kg billed as 2 kg', 'freight 18000: 2 x 1 kg x 9000']}}
lost = {**won, 'service': 'YES', 'why_not': '36000 against 18000',
        'quote': {**won['quote'], 'total': 36000, 'text': ['freight 36000: 2 x 1 kg x 18000']}}
barred = {'courier': 'SiCepat', 'service': 'REG', 'name': '', 'competes': False,
          'why_not': 'SiCepat REG collects no cash; choose a service with COD.', 'quote': None}
quotes = {'tariff': 'c0ffee' * 8, 'currency': 'IDR', 'exponent': 0, 'rule': '', 'choose': 'cheapest',
          'area_code': '31.71', 'day': '2026-11-23', 'time': '09:00',
          'winner': {'courier': 'JNE', 'service': 'REG'}, 'services': [won, lost, barred]}


summed = {'cartons': 1190, 'outer_cm3': 7140000, 'empty_permille': 398, 'cost': 2856000}
period = {'from': '2026-10-24', 'to': '2026-11-22', 'cut': False, 'until': '2026-11-22T09:41:12.004Z',
          'parcels': 1204, 'orders': 1193, 'orders_without_size': 3, 'goods_without_size': 'ODD-1 (Payung teras)',
          'orders_that_fit_nowhere': 0, 'planned': summed, 'currency': 'IDR', 'exponent': 0,
          'cartons': [{'carton': 'BOX-S', 'name': 'Kardus S', 'outer_mm': [250, 200, 120], 'parcels': 1204,
                       'parcels_empty_permille': 412, 'planned': summed},
                      {'carton': 'OLD', 'name': 'OLD', 'outer_mm': None, 'parcels': 2, 'parcels_empty_permille': None,
                       'planned': None}],
          'savings': [{'name': '200 x 150 x 100', 'inner_mm': [200, 150, 100], 'orders': 640, 'outer_cm3': 1920000,
                       'cartons': 12, 'cost': -5000}]}


class Assortment(KemasctlTest):
    def test_says_what_was_used_and_what_would_have_saved(self):
        run, asked = self.play([(200, period)], 'report', 'assortment', '--from', '2026-10-24', '--to', '2026-11-22',
                               '--carton', '200x150x100', '--carton', '300x200x150')
        self.assertEqual(asked[0].line, 'GET /api/v1/reports/assortment?from=2026-10-24&to=2026-11-22'
                                        '&carton=200x150x100%2C300x200x150')
        self.assertIn('1204 parcels of 1193 orders', run.out)
        self.assertIn('1190 cartons, 7.140 m3 outside, 40 % empty, IDR 2856000', run.out)
        self.assertIn('3 orders are left out: the size of ODD-1 (Payung teras) is not known', run.out)
        rows = [' '.join(line.split()) for line in run.out.splitlines()]
        self.assertIn('BOX-S Kardus S 1204 41 % 1190 40 % 7.140 2856000', rows)
        self.assertIn('OLD OLD 2 - - - - -', rows)
        self.assertIn('200 x 150 x 100 640 1.920 26.8 % 12 -5000', rows)

    def test_says_it_in_indonesian_and_that_it_is_cut(self):
        run, asked = self.play([(200, {**period, 'cut': True, 'savings': []})], 'report', 'assortment',
                               '--language', 'id')
        self.assertEqual(asked[0].line, 'GET /api/v1/reports/assortment')
        self.assertIn('Terpotong', run.out)
        self.assertIn('Tidak ada ukuran lain', run.out)
        self.assertNotIn('parcels', run.out)


class Quote(KemasctlTest):
    def test_shows_every_service_and_the_sum_of_the_winner(self):
        run, asked = self.play([(200, quotes)], 'quote', '--area', '31.71', '--parcel', '1301:250x200x120',
                               '--parcel', '900:BOX-S', '--parcel', '50', '--cod', '150000', '--insured',
                               '--day', '2026-11-23', '--language', 'en')
        self.assertEqual(asked[0].line, 'POST /api/v1/quotes')
        self.assertEqual(json.loads(asked[0].body), {
            'area_code': '31.71', 'cod': 150000, 'insured': True, 'day': '2026-11-23', 'language': 'en',
            'pieces': [{'weight_g': 1301, 'length_mm': 250, 'width_mm': 200, 'height_mm': 120},
                       {'weight_g': 900, 'carton': 'BOX-S'}, {'weight_g': 50}]})
        self.assertIn('JNE      REG      18000  2 kg    2026-11-26  chosen', run.out)
        self.assertIn('36000 against 18000', run.out)
        self.assertIn('SiCepat REG collects no cash', run.out)
        self.assertIn('  freight 18000: 2 x 1 kg x 9000', run.out)
        self.assertNotIn('freight 36000', run.out)

    def test_says_how_punctual_the_winner_is_where_the_rule_asks(self):
        proven = {**won, 'punctuality': '95.00 % of 200 parcels on time'}
        run, _ = self.play([(200, {**quotes, 'services': [proven, lost]})], 'quote', '--order', '1001')
        self.assertIn('chosen, 95.00 % of 200 parcels on time', run.out)

    def test_explains_all_when_asked_and_money_has_its_decimals(self):
        run, _ = self.play([(200, {**quotes, 'currency': 'USD', 'exponent': 2})], 'quote', '--order', '1001',
                           '--explain')
        self.assertIn('freight 36000', run.out)
        self.assertIn('180.00', run.out)

    def test_nobody_takes_it_is_exit_1(self):
        run, _ = self.play([(200, {**quotes, 'winner': None, 'services': [barred]})], 'quote', '--order', '1001',
                           exit=1)
        self.assertIn('No service takes it', run.out)

    def test_a_parcel_that_is_none_is_exit_2(self):
        run, _ = self.play([], 'quote', '--area', '31', '--parcel', 'heavy', exit=2)
        self.assertIn('1200:BOX-S or 1200:250x200x120', run.err)


tariff = ('record,courier,service,currency,exponent,area,first_price,step_price\n'
          'tariff,,,IDR,0,,,\nservice,JNE,REG,,,,,\nservice,JNE,YES,,,,,\n'
          'rate,JNE,REG,,,31,9000,9000\nrate,JNE,YES,,,31,18000,18000\n').encode()


class Sheets(KemasctlTest):
    def setUp(self):
        super().setUp()
        self.chart = self.write('chart.csv', 'zone,area\nA,Kota Bekasi\nB,32.16\n')
        self.grid = self.write('grid.csv', 'up_to,A,B\n1,10000,12000\n2,19000,\n')
        self.areas = self.write('areas.csv', 'code,name,parent\n32.75,Kota Bekasi,Jawa Barat\n')
        self.to = ['--courier', 'JNE', '--service', 'REG', '--areas', self.areas]

    def zones(self, answers, *more, **options):
        return self.play(answers, 'tariff', 'zones', self.chart, self.grid, *self.to, *more, **options)

    def test_a_zone_chart_takes_the_place_of_one_services_rates(self):
        plan = {**clean_plan, 'kind': 'tariff'}
        run, asked = self.zones([(200, tariff), (200, plan)])
        self.assertEqual([each.line for each in asked], [
            'GET /api/v1/tariff.csv', 'POST /api/v1/imports/tariff?file=chart.csv&dry_run=true'])
        rows = list(csv.DictReader(io.StringIO(asked[1].body.decode())))
        zones = {(row['zone'], row['area']) for row in rows if row['record'] == 'zone'}
        self.assertEqual(zones, {('A', '32.75'), ('B', '32.16')})
        rates = {(row['service'], row['zone'] or row['area'], row.get('up_to_g') or '', row['first_price'])
                 for row in rows if row['record'] == 'rate'}
        self.assertEqual(rates, {('YES', '31', '', '18000'), ('REG', 'A', '1000', '10000'),
                                 ('REG', 'A', '2000', '19000'), ('REG', 'B', '1000', '12000')})
        self.assertIn(f'kemasctl tariff zones {self.chart} {self.grid} --courier JNE', run.out)

    def test_commits_what_was_shown(self):
        plan = {**clean_plan, 'kind': 'tariff'}
        run, asked = self.zones([(200, tariff), (200, plan), (200, {**plan, 'committed': True})], '--commit')
        self.assertEqual(asked[1].body, asked[2].body)
        self.assertIn('Imported.', run.out)

    def test_a_name_that_is_not_known_is_told_by_line_with_the_nearest_and_nothing_is_sent(self):
        self.chart = self.write('chart.csv', 'zone,area\nA,Kota Bekasih\nB,32.16\n')
        run, asked = self.zones([], exit=1)
        self.assertEqual(asked, [])
        self.assertIn(f"{self.chart}:2: area has 'Kota Bekasih'", run.out)
        self.assertIn('nearest: 32.75 Kota Bekasi (Jawa Barat)', run.out)
        aliases = self.write('aliases.csv', 'theirs,code\nKota Bekasih,32.75\n')
        self.zones([(200, tariff), (200, clean_plan)], '--aliases', aliases)

    def test_a_cell_at_fault_is_told_by_file_and_line(self):
        self.grid = self.write('grid.csv', 'up_to,A,B\n1,cheap,12000\n')
        run, _ = self.zones([(200, tariff)], exit=1)
        self.assertIn(f'{self.grid}:2: ', run.out)

    def test_a_service_without_rules_is_refused(self):
        run, _ = self.play([(200, tariff)], 'tariff', 'magento',
                           self.write('m.csv', 'Country,Region/State,Zip/Postal Code,Weight (and above),'
                                               'Shipping Price\n*,*,*,0,5\n'),
                           '--courier', 'POS', '--service', 'X', exit=1)
        self.assertIn('has no service POS X', run.err)

    def test_magento_rates_become_bands(self):
        file = self.write('m.csv', 'Country,Region/State,Zip/Postal Code,Weight (and above),Shipping Price\n'
                                   'ID,*,17530,0,9000\nID,*,17530,2,15000\n')
        run, asked = self.play([(200, tariff), (200, clean_plan)], 'tariff', 'magento', file, '--courier', 'JNE',
                               '--service', 'REG')
        rows = [row for row in csv.DictReader(io.StringIO(asked[1].body.decode()))
                if row['record'] == 'rate' and row['service'] == 'REG']
        self.assertEqual([(row['postal'], row['first_price']) for row in rows], [('17530', '9000'), ('17530', '15000')])

    def test_the_tariff_in_force_is_written_to_a_file(self):
        file = self.write('out.csv', '')
        self.play([(200, tariff)], 'tariff', 'export', file)
        with open(file, 'rb') as written:
            self.assertEqual(written.read(), tariff)
        self.play([(404, problem(404, 'No tariff is in force.'))], 'tariff', 'export', file, exit=1)


class Reliability(KemasctlTest):
    def test_says_how_each_courier_kept_its_word(self):
        row = {'courier': 'JNE', 'service': 'REG', 'area': '', 'sent': 40, 'on_time_percent': '95.00',
               'returned_percent': '2.50', 'lost_percent': '0.00', 'proven': True}
        told = {'from': '2026-10-23', 'before': '2026-11-22', 'reliable_from': 30, 'left_out': 0,
                'rows': [row, row | {'area': '31.74', 'sent': 4, 'proven': False}]}
        run, asked = self.play([(200, told)], 'report', 'reliability', '--area', '31.74')
        self.assertEqual(asked[0].line, 'GET /api/v1/reports/reliability?area=31.74')
        lines = [line.split() for line in run.out.splitlines()]
        self.assertIn('JNE REG all 40 95.00 % 2.50 % 0.00 %'.split(), lines)
        self.assertIn('JNE REG 31.74 4 95.00 % 2.50 % 0.00 % not yet proven'.split(), lines)
        run, _ = self.play([(200, told | {'rows': []})], 'report', 'reliability')
        self.assertIn('No courier has told of any.', run.out)


declared_row = {
    'channel': 'shopee', 'shop': 'toko-a', 'sku': 'POT,24', 'name': 'Panci', 'parcels': 34, 'units': 36,
    'declared': {'weight_g': '800.000', 'size_mm': None, 'told_by': 'catalogue'},
    'ours': {'weight_g': '1260.400', 'size_mm': [300, 300, 180], 'goods_g': '1130.400', 'weight_from': 'parcels',
             'parcels_alone': 29, 'size_from': 'parcels'},
    'volumetric': None, 'weight_off_basis_points': -3652, 'size_off_basis_points': 0, 'direction': 'too_low',
    'cost': 270000, 'cost_of_parcels': 30, 'unknown_cost_parcels': 4,
    'correction': {'weight_g': 1261, 'length_mm': 300, 'width_mm': 300, 'height_mm': 180}}
unpriced = {**declared_row, 'sku': 'CUP', 'ours': {**declared_row['ours'], 'parcels_alone': 1}, 'cost': None, 'cost_of_parcels': 0,
            'correction': {'weight_g': 90, 'length_mm': None, 'width_mm': None, 'height_mm': None}}
declared_report = {
    'from': '2026-11-01', 'to': '2026-11-22', 'share_percent': 10, 'tariff': 'x', 'currency': 'IDR', 'exponent': 0,
    'parcels': {'compared': 412, 'not_on_scale': 3, 'not_declared': 20}, 'cut': False,
    'skus': {'compared': 37, 'off': 2, 'not_declared': 2, 'not_measured': 0}, 'we_pay': 270000,
    'buyers_pay_too_much': 0, 'unknown_cost_parcels': 8, 'rows': [declared_row, unpriced], 'packages_off': 0,
    'packages': []}


class Declared(KemasctlTest):
    def test_says_what_is_wrong_what_it_costs_and_what_to_enter(self):
        run, asked = self.play([(200, declared_report)], 'report', 'declared', '--from', '2026-11-01', '--share', '10',
                               '--shop', 'toko-a')
        self.assertEqual(asked[0].line, 'GET /api/v1/reports/declared?from=2026-11-01&share_percent=10&shop=toko-a')
        self.assertIn('2 of 37 goods, in 412 parcels', run.out)
        self.assertIn('3 parcels that no scale weighed', run.out)
        self.assertRegex(run.out, r'POT,24 +Panci +34 +800 g +1260.4 g 300x300x180 +-36 % +29 parcels +270000; '
                                  r'not known of 4 +1261 g 300x300x180')
        self.assertRegex(run.out, r'CUP .* 1 parcel +not known +90 g')
        self.assertIn('We paid IDR 270000 too much', run.out)

    def test_speaks_indonesian_and_writes_the_corrections_as_a_file(self):
        run, _ = self.play([(200, declared_report)], 'report', 'declared', '--language', 'id')
        self.assertIn('tidak diketahui', run.out)
        self.assertIn('Kita membayar IDR 270000', run.out)
        run, _ = self.play([(200, declared_report)], 'report', 'declared', '--csv')
        self.assertEqual(list(csv.reader(io.StringIO(run.out))), [
            ['channel', 'shop', 'sku', 'weight_g', 'length_mm', 'width_mm', 'height_mm'],
            ['shopee', 'toko-a', 'POT,24', '1261', '300', '300', '180'],
            ['shopee', 'toko-a', 'CUP', '90', '', '', '']])

    def test_nothing_to_correct_and_a_wrong_day(self):
        fine = {**declared_report, 'rows': [], 'skus': {**declared_report['skus'], 'off': 0}}
        self.assertIn('Nothing to correct.', self.play([(200, fine)], 'report', 'declared')[0].out)
        run, _ = self.play([(400, problem(400, 'from must be a day, as 2026-11-01.'))], 'report', 'declared',
                           '--from', 'x', exit=1)
        self.assertIn('must be a day', run.err)


class Invoice(KemasctlTest):
    letter = 'Please credit IDR 9000 for 1 parcel (rounded up instead of tolerance): weights are rounded as our ' \
             'contract says.'
    told = {'tariff': 'x', 'currency': 'IDR', 'exponent': 0, 'parcels': 3, 'same': 2, 'theirs': 36000, 'ours': 27000,
            'tariffs': [{'tariff': '91ab55c0ffee11', 'parcels': 2, 'note': ''},
                        {'tariff': '2f6c0d', 'parcels': 1, 'note': 'by the tariff in force now: its own is not known'}],
            'habits': [{'habit': 'rounding', 'how': 'rounded up instead of tolerance', 'parcels': 1,
                        'difference': 9000, 'write': letter}],
            'differences': [{'tracking_number': 'JP1', 'theirs': 18000, 'ours': 9000, 'their_billed_g': '2000.000',
                             'our_billed_g': '1000.000', 'habit': 'rounding',
                             'how': 'rounded up instead of tolerance', 'tariff': '91ab55c0ffee11',
                             'tariff_note': ''}], 'unknown': ['JP9']}

    def setUp(self):
        super().setUp()
        self.file = self.write('invoice.csv', 'tracking_number,amount\nJP1,18000\n')

    def test_names_the_habits_each_difference_and_what_to_write(self):
        run, asked = self.play([(200, self.told)], 'report', 'invoice', self.file)
        self.assertEqual(asked[0].line, 'POST /api/v1/reports/invoice')
        self.assertEqual(asked[0].headers['Content-Type'], 'text/csv')
        self.assertIn('3 parcels, 2 as we priced them. They ask IDR 36000, we reckon 27000: +9000', run.out)
        self.assertIn('rounded up instead of tolerance', run.out)
        self.assertIn('To write:\n  ' + self.told['habits'][0]['write'], run.out)
        self.assertIn('91ab55c0ffee', run.out)
        self.assertIn('Tariff 2f6c0d: 1 parcel by the tariff in force now: its own is not known', run.out)
        self.assertNotIn('Tariff 91ab55', run.out)
        self.assertIn('1 numbers are of no labelled parcel of ours: JP9', run.out)

    def test_is_asked_in_the_language_wanted(self):
        _, asked = self.play([(200, self.told)], 'report', 'invoice', self.file, '--language', 'id')
        self.assertEqual(asked[0].line, 'POST /api/v1/reports/invoice?language=id')
