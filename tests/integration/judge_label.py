"""Judges a printed label with code that is not ours: zpl-renderer-js draws it, zbar and ZXing read it."""
import functools
import pathlib
import struct
import subprocess
import tempfile
import unittest
import zlib

from kemas_site import binary

renderer = pathlib.Path(__file__).parent / 'judge' / 'render.mjs'


def unfilter(kind, row, above, step):
    if kind == 0 or kind == 2 and not any(row):  # most rows of a label
        return row if kind == 0 else above
    for i in range(len(row)):
        left = row[i - step] if i >= step else 0
        up, corner = above[i], above[i - step] if i >= step else 0
        if kind == 4:
            near = left + up - corner
            paeth = min((left, up, corner), key=lambda each: abs(near - each))
            row[i] = row[i] + paeth & 255
        else:
            row[i] = row[i] + (0, left, up, (left + up) // 2)[kind] & 255
    return row


def read_png(data):
    """Width, height, bits a dot and rows of a grey PNG (RFC 2083), each checksum looked at."""
    assert data.startswith(b'\x89PNG\r\n\x1a\n'), data[:16]
    at, packed, head = 8, b'', None
    while at < len(data):
        size, name = struct.unpack('>I4s', data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        assert zlib.crc32(name + body) == struct.unpack('>I', data[at + 8 + size:at + 12 + size])[0], name
        head = struct.unpack('>IIBBBBB', body) if name == b'IHDR' else head
        packed += body if name == b'IDAT' else b''
        at += 12 + size
    assert name == b'IEND'
    width, height, depth, colour, *_ = head
    assert colour == 0 and depth in (1, 8), f'expected a grey picture, got {head}'
    raw, size = zlib.decompress(packed), (width * depth + 7) // 8
    rows, above = [], bytearray(size)
    for y in range(height):
        start = y * (size + 1)
        above = unfilter(raw[start], bytearray(raw[start + 1:start + 1 + size]), above, 1)
        rows.append(bytes(above))
    return width, height, depth, rows


def pgm_of(png):
    width, height, depth, rows = read_png(png)
    if depth == 1:
        rows = [bytes(255 * (row[x // 8] >> (7 - x % 8) & 1) for x in range(width)) for row in rows]
    return b'P5\n%d %d\n255\n' % (width, height) + b''.join(rows)


@functools.cache
def drawer():
    """The one renderer of this test run: it takes a second to get ready."""
    process = subprocess.Popen(['node', str(renderer)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def end():
        process.stdin.close()
        process.wait(20)
        process.stdout.close()
    unittest.addModuleCleanup(end)
    unittest.addModuleCleanup(drawer.cache_clear)
    return process


def draw(zpl):
    """The one label in these bytes, as PNG, drawn by zpl-renderer-js."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / 'label'
        file.write_bytes(zpl)
        drawer().stdin.write(f'{file}\n')
        drawer().stdin.flush()
        told = drawer().stdout.readline().strip()
        assert told == '1', f'expected one label, the renderer says {told!r}'
        return pathlib.Path(f'{file}-0.png').read_bytes()


def read_codes(png):
    """What zbar reads and what ZXing reads, as two sets of text."""
    with tempfile.NamedTemporaryFile(suffix='.png') as file:
        file.write(png)
        file.flush()
        zbar = subprocess.run(['zbarimg', '-q', '--raw', file.name], capture_output=True, text=True, timeout=30,
                              check=False).stdout
    zxing = subprocess.run([binary('kemas-decode')], input=pgm_of(png), capture_output=True, timeout=30, check=True)
    return (set(zbar.split('\n')) - {''},
            {line.split('\t', 1)[1] for line in zxing.stdout.decode().splitlines()})


class Paper:
    """A label's dots, 8 a millimetre; places are in millimetres from its top left corner."""

    def __init__(self, png):
        width, _, depth, rows = read_png(png)
        assert depth == 8, 'drawn by zpl-renderer-js'
        self.rows = [[dot < 128 for dot in row[:width]] for row in rows]

    def black_share(self, x, y, w, h):
        rows = [row[round(x * 8):round((x + w) * 8)] for row in self.rows[round(y * 8):round((y + h) * 8)]]
        return sum(map(sum, rows)) / sum(map(len, rows))

    def rows_unlike(self, other):
        """Millimetres from the top where the two differ."""
        return [y / 8 for y, (mine, theirs) in enumerate(zip(self.rows, other.rows)) if mine != theirs]
