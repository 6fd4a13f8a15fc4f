"""Labels as a marketplace sends them: bulk PDFs with vector barcodes, and a reader of TSPL pictures."""
import io
import re
import subprocess
import tempfile
import zipfile

# ISO/IEC 15417, table 1: bar and space widths of each symbol value; 104 starts set B, 106 stops.
_widths = (
    '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 '
    '123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 '
    '232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 '
    '313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 '
    '111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 '
    '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 '
    '114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112').split()
_point = 72 / 25.4  # points a millimetre


def _code128(text):
    """Where its bars begin and how wide they are, in modules; and all its modules."""
    values = [104] + [ord(c) - 32 for c in text]
    values += [(values[0] + sum(i * v for i, v in enumerate(values))) % 103, 106]
    bars, at = [], 0
    for value in values:
        for i, width in enumerate(map(int, _widths[value])):
            if i % 2 == 0:
                bars.append((at, width))
            at += width
    return bars, at


def _content(codes, height_mm):
    """Each code (text, x, y, width, height in mm) as bars, its text below."""
    out = []
    for text, x, y, width, height in codes:
        bars, modules = _code128(text)
        module = width / modules
        for at, wide in bars:
            out.append(f'{(x + at * module) * _point:.3f} {(height_mm - y - height) * _point:.3f} '
                       f'{wide * module * _point:.3f} {height * _point:.3f} re f')
        out.append(f'BT /F1 9 Tf {x * _point:.1f} {(height_mm - y - height - 4) * _point:.1f} Td ({text}) Tj ET')
    return '\n'.join(out).encode()


def pdf(pages, width_mm=105, height_mm=148):
    """A PDF of A6 pages; each page a list of codes."""
    objects = [b'<</Type/Catalog/Pages 2 0 R>>', b'', b'<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>']
    for codes in pages:
        content = _content(codes, height_mm)
        objects.append(b'<</Length %d>>stream\n%s\nendstream' % (len(content), content))
        objects.append(b'<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Contents %d 0 R'
                       b'/Resources<</Font<</F1 3 0 R>>>>>>' % (width_mm * _point, height_mm * _point, len(objects)))
    kids = b' '.join(b'%d 0 R' % (5 + 2 * i) for i in range(len(pages)))
    objects[1] = b'<</Type/Pages/Kids[%s]/Count %d>>' % (kids, len(pages))
    out, places = io.BytesIO(b'%PDF-1.4\n'), []
    out.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b'%d 0 obj%s endobj\n' % (number, body))
    start = out.tell()
    out.write(b'xref\n0 %d\n0000000000 65535 f \n' % (len(objects) + 1))
    out.writelines(b'%010d 00000 n \n' % place for place in places)
    out.write(b'trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n' % (len(objects) + 1, start))
    return out.getvalue()


def label(number, *more):
    """A page's codes: the tracking number large, others small below."""
    codes = [(number, 10, 20, 80, 22)]
    return codes + [(text, 10, 60 + 25 * i, 60, 12) for i, text in enumerate(more)]


def archive(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def tspl_picture(job):
    """Width and height in mm as the job says, and the picture that its BITMAP commands draw, as PBM."""
    size = re.match(rb'\r\nSIZE ([\d.]+) mm,([\d.]+) mm\r\n', job)
    assert size, job[:80]
    bands, at = [], 0
    while found := re.compile(rb'BITMAP (\d+),(\d+),(\d+),(\d+),0,').search(job, at):
        x, y, width, height = map(int, found.groups())
        at = found.end() + width * height
        bands.append((x // 8, y, width, height, job[found.end():at]))
    row = max(x + width for x, _, width, _, _ in bands)
    rows = [bytearray(b'\0' * row) for _ in range(max(y + height for _, y, _, height, _ in bands))]
    for x, y, width, height, data in bands:
        assert len(data) == width * height, 'a band is cut short'
        for i in range(height):
            rows[y + i][x:x + width] = bytes(255 - dots for dots in data[i * width:(i + 1) * width])  # 0 is black
    white = [bytes(row)] * 40
    return (float(size[1]), float(size[2]),
            b'P4\n%d %d\n' % (row * 8, len(rows) + 80) + b''.join(white + rows + white))


def zbar(picture):
    """What zbar reads in a picture."""
    with tempfile.NamedTemporaryFile(suffix='.pbm') as file:
        file.write(picture)
        file.flush()
        read = subprocess.run(['zbarimg', '-q', '--nodbus', '--raw', file.name], capture_output=True, text=True)
    return set(read.stdout.split())
