"""A scale served by pymodbus: PORT. Each line on standard input is a weight in grams to put on it.
Register map as in firmware-profiles/scale/kemas-sim.toml; ends with standard input."""
import logging
import os
import sys
import threading
import time

from pymodbus.datastore import (ModbusSequentialDataBlock, ModbusServerContext,
                                ModbusSlaveContext)
from pymodbus.server import StartTcpServer

WEIGHT, STATUS, BEAT, DIVISION = 0, 2, 3, 4
logging.disable(logging.ERROR)  # a peer that hangs up is no news
block = ModbusSequentialDataBlock(0, [0, 0, 1, 0, 5])
context = ModbusServerContext(slaves=ModbusSlaveContext(hr=block, zero_mode=True), single=True)


def beat():
    count = 0
    while True:
        count = (count + 1) & 0xFFFF
        block.setValues(BEAT, [count])
        time.sleep(0.01)


def show(grams, stable):
    block.setValues(STATUS, [0])
    block.setValues(WEIGHT, [grams >> 16, grams & 0xFFFF])
    block.setValues(STATUS, [1 if stable else 0])


def hands():
    for line in sys.stdin:
        show(0, True)
        time.sleep(0.15)  # a few polls: the empty pan is seen
        show(int(line) // 2, False)
        time.sleep(0.06)
        show(int(line), True)
    os._exit(0)


for work in (beat, hands):
    threading.Thread(target=work, daemon=True).start()
StartTcpServer(context=context, address=("127.0.0.1", int(sys.argv[1])))
