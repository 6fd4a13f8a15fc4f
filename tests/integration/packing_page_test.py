"""What a bench is told to pack in: on the line of its scanner, and on the page beside it."""
import os
import pathlib
import unittest

import browser
import goods
from kemas_site import Bench, Site, demo
from peers import Scanner

screens = os.environ.get('KEMAS_SCREENS')  # a folder for pictures of each state
sizes = ((1920, 1080), (1366, 768), (390, 844))


class PackingPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        assert browser.program, 'no chromium here: run tools/setup'
        cls.site = Site([Bench('bench-1'), Bench('bench-2')])
        cls.addClassCleanup(cls.site.close)
        cls.site.start().load_goods()
        for kind, more in (('skus', 'ODD-1,Payung teras,8990000000017,900,5,,,,no,no,no'), ('stock', 'Z-09-9,ODD-1,,9,990')):
            head = (demo / f'{kind}.csv').read_text().splitlines()[0]
            told = cls.site.import_file(kind, f'{head}\n{more}\n')
            assert told.status == 200 and told.json['committed'], told.body
        many = (('K-101', 2), ('K-103', 1), ('K-104', 3), ('K-106', 2))
        for number, lines in (('PAGE-1', many), ('PAGE-2', (('K-101', 60), ('K-103', 8))), ('PAGE-3', (('ODD-1', 1),))):
            assert cls.site.post('/api/v1/orders', goods.own_order(number, lines)).status == 200
        cls.browser = browser.Browser()
        cls.addClassCleanup(cls.browser.close)
        cls.scanner = Scanner(cls.site.benches['bench-1'].scanner)
        cls.addClassCleanup(cls.scanner.close)
        cls.scanner.must('BADGE-ENDAH')

    def setUp(self):
        self.browser.faults.clear()

    def tearDown(self):
        if self.site.process:
            self.scanner.scan('*K*leave')

    def show(self, more=''):
        self.browser.open(f'http://127.0.0.1:{self.site.port}/packing?station=bench-1{more}')
        self.browser.wait('document.body?.dataset.freshness === "live"')

    def shot(self, name):
        for width, height in sizes if screens else ():
            for dark in (False, True):
                self.browser.look(width, height, dark)
                self.browser.wait('new Promise(ok => requestAnimationFrame(() => requestAnimationFrame(() => ok(true))))')
                self.browser.picture(pathlib.Path(screens) / f'{name}-{width}{"-dark" if dark else ""}.png')

    def pictures_there(self):
        self.browser.wait('[...document.querySelectorAll(".picture img")].every(i => !i.hidden && i.naturalWidth > 0)')

    def test_the_scanner_that_opened_the_order_hears_the_packaging_after_its_answer(self):
        packing = self.site.get('/api/v1/orders/PAGE-1/packing').json
        said = self.scanner.scan('PAGE-1')
        self.assertTrue(said.ok)
        news = self.scanner.news(packing['pack_in'])
        self.assertEqual((news.ok, news.pushed, news.text), (True, True, f'Pack it in {packing["pack_in"]}.'))

    def test_a_scanner_hears_nothing_of_what_is_no_fault_of_the_packer(self):
        self.assertTrue(self.scanner.scan('PAGE-3').ok)
        self.assertTrue(self.scanner.scan('*K*leave').ok)
        self.assertEqual([each.line for each in self.scanner.pushes if 'size' in each.text], [])

    def test_the_page_follows_the_bench_and_goes_through_its_steps(self):
        page = self.browser
        page.look(1920, 1080)
        self.show()
        self.assertEqual(page.text('#say-title'), 'Scan an order')
        self.shot('idle')
        page.look(1920, 1080)
        self.assertTrue(self.scanner.scan('PAGE-1').ok)
        page.wait('document.body.dataset.view === "pack"')
        carton = self.site.get('/api/v1/orders/PAGE-1/packing').json['cartons'][0]
        self.assertEqual((page.text('#carton'), page.text('#code')), (carton['name'], carton['carton']))
        self.assertIn(carton['items'][0]['name'], page.text('#what'))
        self.pictures_there()
        steps = carton['items'][-1]['step']
        self.assertGreater(steps, 2)
        still = 'JSON.stringify(["#corner", "#above", "#next", "#take", "#step", "#steps"].map(i => document.querySelector(i).getBoundingClientRect()))'
        place = page.ask(still)
        page.press('ArrowRight')
        self.assertEqual(page.text('#number'), f'Step 2 of {steps}')
        self.pictures_there()
        self.assertIn('Step 2', page.ask('document.querySelector("#corner img").alt'))
        self.assertEqual(page.ask(still), place, 'nothing jumps')
        page.click('#next')
        self.assertEqual(page.text('#number'), f'Step 3 of {steps}')
        for key in ('1', 'n', 'Enter', ' '):  # a scanner that types must press nothing
            page.press(key)
        self.assertEqual(page.text('#number'), f'Step 3 of {steps}')
        page.press('PageUp')
        self.assertEqual(page.text('#steps .now'), page.text('#steps li:nth-child(2) button'))
        self.assertTrue(self.scanner.scan(goods.barcode('K-101')).ok)
        page.wait('document.querySelector("#scanned").innerText.startsWith("1 of 8")')
        self.assertEqual(page.text('#number'), f'Step 2 of {steps}', 'a scan turns no page')
        for width, height in sizes:
            page.look(width, height)
            self.assertLessEqual(page.ask('document.documentElement.scrollWidth'), width)
            if width > 1200:
                self.assertLessEqual(page.ask('document.documentElement.scrollHeight'), height)
        self.pictures_there()
        self.shot('pack')
        self.assertTrue(self.scanner.scan('*K*leave').ok)
        page.wait('document.body.dataset.view === "say"')
        self.assertEqual(page.faults, [])

    def test_several_cartons_come_one_after_the_other(self):
        page = self.browser
        page.look(1366, 768)
        self.assertTrue(self.scanner.scan('PAGE-2').ok)
        self.show('&lang=id')
        self.assertEqual(page.ask('document.documentElement.lang'), 'id')
        cartons = self.site.get('/api/v1/orders/PAGE-2/packing').json['cartons']
        self.assertGreater(len(cartons), 1)
        self.assertEqual(page.text('#which').strip(), f'Kardus 1 dari {len(cartons)},')
        for _ in range(cartons[0]['items'][-1]['step']):
            page.press('ArrowRight')
        self.assertEqual(page.text('#which').strip(), f'Kardus 2 dari {len(cartons)},')
        self.assertEqual(page.text('#carton'), cartons[1]['name'])
        self.pictures_there()
        self.shot('two-id')
        self.assertEqual(page.faults, [])

    def test_no_suggestion_says_why_in_words(self):
        page = self.browser
        page.look(1366, 768)
        self.assertTrue(self.scanner.scan('PAGE-3').ok)
        for language, words in (('en', 'is not known. Measure it'), ('id', 'belum diketahui. Ukur')):
            self.show(f'&lang={language}')
            self.assertIn(words, page.text('#say-more'))
            self.assertIn('Payung teras', page.text('#say-list'))
        self.shot('none-id')

    def test_no_bench_or_a_wrong_one_is_asked_for(self):
        page = self.browser
        page.look(1366, 768)
        page.open(f'http://127.0.0.1:{self.site.port}/packing')
        page.wait('document.querySelectorAll("#say-list a").length === 2')
        self.shot('choose')
        page.look(1366, 768)
        page.click('#say-list a')
        page.wait('document.querySelector("#station")?.innerText === "bench-1"')
        page.open(f'http://127.0.0.1:{self.site.port}/packing?station=bench-9')
        page.wait('document.querySelector("#say-title")?.innerText === "Unknown bench"')

    def test_z_a_silent_server_is_said_at_once(self):
        page = self.browser
        page.look(1366, 768)
        self.assertTrue(self.scanner.scan('PAGE-1').ok)
        self.show()
        self.pictures_there()
        self.site.stop()
        page.wait('document.body.dataset.freshness === "old"')
        self.assertIn('Server silent', page.text('#age-words'))
        if os.environ.get('KEMAS_LONG') or screens:
            page.wait('document.body.dataset.freshness === "stale"', 30)
            self.assertIn('may be over', page.text('#alert'))
            self.shot('stale')


if __name__ == '__main__':
    unittest.main()
