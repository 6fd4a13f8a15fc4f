"""A Modbus TCP device that plays the map of a profile, served by pymodbus: FILE.

Reads the TOML itself and knows nothing of our reader. Prints its port; then each line on standard
input is the number of a sample to show (answered by "ok"), and it ends with standard input. What the
profile calls its heartbeat keeps changing."""
import logging
import os
import socket
import sys
import threading
import time
import tomllib

from pymodbus.datastore import (ModbusSequentialDataBlock, ModbusServerContext,
                                ModbusSlaveContext)
from pymodbus.server import StartTcpServer

MODICON = {1: 1, 2: 10001, 3: 40001, 4: 30001}
logging.disable(logging.ERROR)  # a peer that hangs up is no news
profile = tomllib.load(open(sys.argv[1], 'rb'))
spaces = {code: ModbusSequentialDataBlock(0, [0] * 65536) for code in (1, 2, 3, 4)}


def wire(number, code):
    """The address on the wire of a number as the manual writes it."""
    base = profile['address_base']
    if base == 'modicon':
        return number - MODICON[code]
    return number - (profile.get('coil_base', 1 if base else 0) if code <= 2 else base)


def show(words):
    """Puts the words of all read blocks where they belong; coils are packed sixteen to a word."""
    at = 0
    for block in profile['read']:
        code, start, count = block['function_code'], block['start'], block['count']
        if code <= 2:
            used = (count + 15) // 16
            values = [words[at + i // 16] >> i % 16 & 1 for i in range(count)]
        else:
            used, values = count, words[at:at + count]
        spaces[code].setValues(wire(start, code), values)
        at += used
    assert at == len(words), 'the sample is not as long as what is read'


def beat():
    field = profile['liveness']
    code = next(b['function_code'] for b in profile['read']
                if b['function_code'] > 2
                and 0 <= wire(field['register'], b['function_code']) - wire(b['start'], b['function_code'])
                < b['count'])
    address, step = wire(field['register'], code), 1 << field.get('bit', 0)
    while True:
        now = spaces[code].getValues(address, 1)[0]
        change = now ^ step if 'bit' in field else now + step & 0xFFFF
        spaces[code].setValues(address, [change])
        time.sleep(0.01)


def hands():
    for line in sys.stdin:
        show(profile['sample'][int(line)]['words'])
        print('ok', flush=True)
    os._exit(0)


show(profile['sample'][0]['words'])
with socket.socket() as free:
    free.bind(('127.0.0.1', 0))
    port = free.getsockname()[1]
works = [hands] + ([beat] if 'liveness' in profile else [])
if 'identity' in profile:
    who = profile['identity']
    text = who.get('text', '').ljust(2 * who['count'])
    words = who.get('words') or [ord(a) << 8 | ord(b) for a, b in zip(text[::2], text[1::2])]
    spaces[who['function_code']].setValues(wire(who['start'], who['function_code']), words)
for work in works:
    threading.Thread(target=work, daemon=True).start()
print(port, flush=True)
context = ModbusServerContext(
    slaves=ModbusSlaveContext(co=spaces[1], di=spaces[2], hr=spaces[3], ir=spaces[4],
                              zero_mode=True), single=True)
StartTcpServer(context=context, address=('127.0.0.1', port))
