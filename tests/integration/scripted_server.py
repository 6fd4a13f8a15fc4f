"""An HTTP server that answers from a script and keeps what it was asked. Knows no kemasd."""
import http.server
import json
import threading


class Asked:
    def __init__(self, method, target, headers, body):
        self.method, self.target, self.headers, self.body = method, target, headers, body

    @property
    def line(self):
        return f'{self.method} {self.target}'


class ScriptedServer:
    """Plays its answers in order: (status, object or bytes). Ask beyond the script: 500."""

    def __init__(self, *answers):
        self.asked = []
        script = list(answers)
        asked = self.asked

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                length = int(self.headers.get('Content-Length') or 0)
                asked.append(Asked(self.command, self.path, self.headers, self.rfile.read(length)))
                status, body = script.pop(0) if script else (500, b'the script is over')
                if not isinstance(body, bytes):
                    body = json.dumps(body).encode()
                kind = 'application/json' if status < 400 else 'application/problem+json'
                self.send_response(status)
                self.send_header('Content-Type', kind)
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = answer

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self.url = f'http://127.0.0.1:{self._server.server_port}'

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
