"""`kemasctl layouts` and `kemasctl print` against a scripted kemasd: what is asked, what a person reads."""
import json
import pathlib
import tempfile
import unittest

from kemasctl_play import KemasctlTest

planned = {'code': 'sheets_planned', 'text': '2 to print on printer-1.',
           'sheets': [{'sheet': 'tote-100x50 T-17', 'copies': 2}]}
to = ('print', 'tote-100x50', '--printer', 'printer-1', '--by', 'ani')


class Prints(KemasctlTest):
    def test_one_label_is_asked_for_by_its_fields(self):
        run, asked = self.play([(200, planned)], *to, 'tote=T-17', 'zone=A = B', '--copies', '2')
        self.assertEqual(asked[0].line, 'POST /api/v1/prints')
        self.assertEqual(json.loads(asked[0].body),
                         {'layout': 'tote-100x50', 'printer': 'printer-1', 'by': 'ani', 'copies': 2,
                          'fields': {'tote': 'T-17', 'zone': 'A = B'}})
        self.assertEqual(run.out, '2 to print on printer-1.\n  2 x tote-100x50 T-17\n')

    def test_a_file_brings_a_label_a_line(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / 'totes.csv'
            file.write_text('tote,zone\nT-1,A\nT-2,\n')
            _, asked = self.play([(200, planned)], *to, '--file', str(file))
            self.assertEqual(json.loads(asked[0].body)['rows'], [{'tote': 'T-1', 'zone': 'A'}, {'tote': 'T-2'}])
            file.write_text('tote,zone\nT-1\n')
            run, _ = self.play([], *to, '--file', str(file), exit=2)
            self.assertIn('line 2 has 1 cells, its first line names 2', run.err)
            file.write_text('tote,zone\n')
            run, _ = self.play([], *to, '--file', str(file), exit=2)
            self.assertIn("expected a line with the fields' names", run.err)

    def test_a_preview_needs_neither_printer_nor_person(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / 'slip.png'
            run, asked = self.play([(200, {'not': 'a picture, but bytes'})], 'print', 'packing-slip-100x150',
                                   '--parcel', 'JX1', '--preview', str(file))
            self.assertEqual(asked[0].line, 'POST /api/v1/prints/preview')
            self.assertEqual(json.loads(asked[0].body)['parcel'], 'JX1')
            self.assertIn('nothing was printed', run.out)
            self.assertIn('a picture', file.read_text())
        run, _ = self.play([], 'print', 'tote-100x50', 'tote=T-1', '--preview', 'slip.gif', exit=2)
        self.assertIn('must end in .png', run.err)

    def test_mistakes_are_told_with_the_next_step(self):
        run, _ = self.play([], *to, 'T-17', exit=2)
        self.assertIn('"T-17" is no field: write NAME=VALUE', run.err)
        run, _ = self.play([], 'print', 'tote-100x50', 'tote=T-1', exit=2)
        self.assertIn('Give --printer and --by', run.err)
        wrong = {'type': 'about:blank', 'title': 'Cannot print this', 'status': 422, 'field': 'tote',
                 'detail': 'tote: The tote is empty.', 'instance': '/api/v1/prints'}
        run, _ = self.play([(422, wrong)], *to, exit=1)
        self.assertIn('tote: The tote is empty.', run.err)


class Layouts(KemasctlTest):
    def test_each_layout_says_what_it_needs_and_may_have(self):
        layout = {'name': 'tote-100x50', 'kind': 'tote', 'width_mm': 100, 'height_mm': 50,
                  'fields': ['printed_at', 'tote', 'zone'], 'required': ['tote']}
        run, asked = self.play([(200, {'layouts': [layout]})], 'layouts')
        self.assertEqual(asked[0].line, 'GET /api/v1/layouts')
        self.assertTrue(run.out.startswith(
            'tote-100x50  (100 x 50 mm)\n  needs     tote\n  may have  printed_at, zone\n'), run.out)
        self.assertIn('kemasctl print tote-100x50', run.out)


if __name__ == '__main__':
    unittest.main()
