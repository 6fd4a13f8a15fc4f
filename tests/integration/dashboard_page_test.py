"""The dashboard in a browser: it follows the daemon, and never lets old numbers look live."""
import unittest

import browser
import goods
from kemas_site import Bench, Site


class DashboardPage(unittest.TestCase):
    def test_shows_what_is_so_and_says_when_it_no_longer_knows(self):
        assert browser.program, 'no chromium here: run tools/setup'
        site = Site([Bench('bench-1')])
        self.addCleanup(site.close)
        site.start().load_goods()
        page = browser.Browser()
        self.addCleanup(page.close)
        page.open(f'http://127.0.0.1:{site.port}/')
        page.wait('document.body?.dataset.freshness === "live"')
        self.assertEqual(site.post('/api/v1/orders', goods.own_order('DASH-1', (('K-101', 2),))).status, 200)
        page.wait('document.querySelector("#orders .body").innerText.includes("DASH-1")')
        site.kill()
        page.wait('document.body.dataset.freshness === "old"')
        self.assertIn('No answer from the server', page.text('#age-words'))
        page.wait('document.body.dataset.freshness === "stale"', 40)
        self.assertIn('Numbers below are from', page.text('#alert'))
        site.start()
        page.wait('document.body.dataset.freshness === "live"')
        self.assertEqual(page.text('#alert'), '')
