"""A headless Chromium that a test drives over its debugging pipe: no driver program, no socket."""
import base64
import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time

from kemas_site import until

program = shutil.which('chromium')


class Browser:
    """One page. `faults` holds what its console called an error, policy violations among them."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix='kemas-browser-')
        ours, theirs = os.pipe(), os.pipe()
        to_it, from_it = (fcntl.fcntl(fd, fcntl.F_DUPFD, 50) for fd in (ours[0], theirs[1]))
        options = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run',
                   '--disable-background-networking', '--disable-dev-shm-usage', '--lang=en-GB',
                   f'--user-data-dir={self.folder}', '--remote-debugging-pipe', 'about:blank']
        self.process = subprocess.Popen(
            ['bash', '-c', f'exec "$@" 3<&{to_it} 4>&{from_it}', 'chromium', program, *options],
            pass_fds=(to_it, from_it), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True)
        for fd in (ours[0], theirs[1], to_it, from_it):
            os.close(fd)
        self.out, self.back, self.bytes, self.count, self.session = ours[1], theirs[0], b'', 0, None
        self.faults = []
        target = self.call('Target.createTarget', url='about:blank')['targetId']
        self.session = self.call('Target.attachToTarget', targetId=target, flatten=True)['sessionId']
        for domain in ('Page', 'Runtime', 'Log'):
            self.call(f'{domain}.enable')

    def close(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.out)
        os.close(self.back)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _hear(self, within_s):
        end = time.monotonic() + within_s
        while b'\0' not in self.bytes:
            if not select.select([self.back], [], [], max(0, end - time.monotonic()))[0]:
                raise AssertionError(f'the browser said nothing for {within_s} s')
            part = os.read(self.back, 1 << 20)
            if not part:
                raise AssertionError('the browser has ended')
            self.bytes += part
        message, self.bytes = self.bytes.split(b'\0', 1)
        return json.loads(message)

    def call(self, method, within_s=40, **params):
        self.count += 1
        message = {'id': self.count, 'method': method, 'params': params}
        if self.session:
            message['sessionId'] = self.session
        os.write(self.out, json.dumps(message).encode() + b'\0')
        while True:
            said = self._hear(within_s)
            if said.get('id') == self.count:
                assert 'error' not in said, (method, said['error'])
                return said['result']
            entry = said.get('params', {}).get('entry', {})
            if said.get('method') == 'Runtime.exceptionThrown' or entry.get('level') == 'error':
                self.faults.append(said['params'])

    def open(self, url):
        self.call('Page.navigate', url=url)

    def look(self, width, height, dark=False):
        self.call('Emulation.setDeviceMetricsOverride', width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call('Emulation.setEmulatedMedia',
                  features=[{'name': 'prefers-color-scheme', 'value': 'dark' if dark else 'light'}])

    def ask(self, expression):
        """The value of a JavaScript expression in the page."""
        result = self.call('Runtime.evaluate', expression=expression, returnByValue=True, awaitPromise=True)
        assert 'exceptionDetails' not in result, (expression, result['exceptionDetails'])
        return result['result'].get('value')

    def text(self, selector):
        return self.ask(f'document.querySelector({json.dumps(selector)})?.innerText ?? ""')

    def wait(self, expression, within_s=20):
        return until(lambda: self.ask(expression), within_s, expression)

    def press(self, key):
        for kind in ('keyDown', 'keyUp'):
            self.call('Input.dispatchKeyEvent', type=kind, key=key, code=key)

    def click(self, selector):
        box = self.ask(f'(r => [r.x + r.width / 2, r.y + r.height / 2])'
                       f'(document.querySelector({json.dumps(selector)}).getBoundingClientRect())')
        for kind in ('mousePressed', 'mouseReleased'):
            self.call('Input.dispatchMouseEvent', type=kind, x=box[0], y=box[1], button='left', clickCount=1)

    def picture(self, path):
        data = self.call('Page.captureScreenshot', format='png')['data']
        with open(path, 'wb') as file:
            file.write(base64.b64decode(data))
