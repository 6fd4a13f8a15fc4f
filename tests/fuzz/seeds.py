"""Writes the seeds of every fuzz target: what the shipped profiles give as samples, and the example
files, each behind the byte that picks its format. Usage: seeds.py FOLDER"""
import pathlib
import re
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAMES = ("NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB "
         "CAN EM SUB ESC FS GS RS US SP").split()
SCALES = ["toledo_continuous", "mt_sics", "cas", "and_standard", "dini", "hid_pos"]
SCANNERS = ["line", "honeywell", "ssi", "dataman", "keyence_sr"]
PRINTERS = ["zpl", "tspl", "epl2", "escpos", "cpcl"]


def plain(text):
    """Bytes as profiles write them: "<STX>", "<0xFF>"."""
    def one(match):
        name = match.group(1)
        return chr(int(name[2:], 16)) if name.startswith("0x") else chr(NAMES.index(name))
    return re.sub("<([^>]*)>", one, text).encode("latin-1")


def of_profiles():
    files = sorted((ROOT / "firmware-profiles").rglob("*.toml"))
    for number, file in enumerate(files):
        yield "profile", file.read_bytes()
        profile = tomllib.loads(file.read_text())
        device = profile.get("device", profile)
        word = str(profile.get("protocol", profile.get("language", device.get("protocol", ""))))
        for sample in profile.get("sample", []):
            frame = plain(sample.get("frame", sample.get("bytes", sample.get("reply", ""))))
            words = b"".join(int(w).to_bytes(2, "big") for w in sample.get("words", [])
                             if isinstance(w, int))
            yield "profile", bytes([0, number]) + (frame or words)
            if word in SCALES:
                yield "scale", bytes([SCALES.index(word), int("checksum" in profile), 1]) + frame
            elif word in SCANNERS:
                yield "scanner", bytes([SCANNERS.index(word), 0, 1]) + frame
            elif word in PRINTERS:
                yield "printer", bytes([0, PRINTERS.index(word), 0]) + frame
                if word == "zpl":
                    yield "printer", b"\x01" + frame


def by_hand():
    for format_byte, pattern in [(1, "orders.csv"), (2, "skus.csv"), (3, "stock.csv"),
                                 (4, "tracking-numbers.csv"), (5, "tariff.csv"), (6, "cartons.csv")]:
        for file in sorted((ROOT / "config").rglob(pattern)):
            yield "intake", bytes([format_byte]) + b"".join(file.read_bytes().splitlines(True)[:6])
    for file in sorted((ROOT / "tests" / "fuzz" / "corpus").glob("*/*")):
        yield file.parent.name, file.read_bytes()
    config = ROOT / "config"
    site = [(0, config / "kemas.toml"), (4, config / "operators.csv"), (5, config / "cartons.csv")]
    site += [(1, file) for file in sorted((config / "labels").glob("*.toml"))]
    site += [(2, file) for file in sorted((config / "messages").glob("*.toml"))]
    for format_byte, file in site:
        text = file.read_bytes()
        yield "site", bytes([format_byte]) + text[:8000]
        yield "site", bytes([format_byte]) + b"".join(text.splitlines(True)[:20])
    for protocol in range(6):
        yield "scale", bytes([64 + protocol, 0x30, 0x39, 128 + 2, 7, 5, 3])


def main():
    folder = pathlib.Path(sys.argv[1])
    for number, (target, seed) in enumerate([*of_profiles(), *by_hand()]):
        (folder / target).mkdir(parents=True, exist_ok=True)
        (folder / target / f"seed-{number:03}").write_bytes(seed)


main()
