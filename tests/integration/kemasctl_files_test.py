"""kemasctl and files: imports, and the check of a site."""
import json

from kemasctl_play import clean_plan, here, KemasctlTest, problem, row_errors, Run


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
