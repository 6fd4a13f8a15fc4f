"""A real PostgreSQL 15 in a folder of its own; stopped and started at will."""
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile

from kemas_site import free_port, root

programs = pathlib.Path('/usr/lib/postgresql/15/bin')


class Postgres:
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='kemas-itpg-'))
        self.port, self.running = free_port(), False
        if os.geteuid() == 0:
            owner = pwd.getpwnam('postgres')
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self._run(programs / 'initdb', '-D', self.folder / 'data', '-U', 'postgres', '-A', 'trust',
                  '-E', 'UTF8', '--locale=C', '--no-sync')
        self.start()
        self.database = 'postgres'
        self.count = 0

    def fresh(self):
        """From now on another database: empty but for Kemas's tables."""
        self.count += 1
        self.sql_alone(f'create database shop{self.count}')
        self.database = f'shop{self.count}'
        self.sql((root / 'config' / 'orderdb' / 'postgresql.sql').read_text())
        return self

    def _run(self, *words):
        # PostgreSQL refuses to run as root.
        owner = ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups']
        command = (owner if os.geteuid() == 0 else []) + [str(word) for word in words]
        ended = subprocess.run(command, cwd='/', stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, text=True, timeout=60, check=False)
        assert ended.returncode == 0, f'{command}: {ended.stderr}'

    def _pg_ctl(self, *words):
        self._run(programs / 'pg_ctl', '-D', self.folder / 'data', '-l', self.folder / 'log', '-w', *words)

    def start(self):
        self._pg_ctl('-o', f'-p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off '
                           f'-c unix_socket_directories={self.folder}', 'start')
        self.running = True

    def stop(self):
        """As a power cut: nobody is asked, nothing is written down."""
        self.running = False
        self._pg_ctl('-m', 'immediate', 'stop')

    def close(self):
        if self.running:
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def connect(self):
        return f'host=127.0.0.1 port={self.port} user=postgres dbname={self.database}'

    def sql(self, text):
        """In one transaction. Rows as lists of text; an empty text is NULL too."""
        return self.sql_alone(text, '-1')

    def sql_alone(self, text, *options):
        ended = subprocess.run(['psql', '-X', '-q', '-A', '-t', '-F', '\t', '-v', 'ON_ERROR_STOP=1', *options,
                                '-d', self.connect, '-f', '-'], input=text, capture_output=True, text=True,
                               timeout=60, check=False)
        assert ended.returncode == 0, ended.stderr
        return [line.split('\t') for line in ended.stdout.splitlines()]
