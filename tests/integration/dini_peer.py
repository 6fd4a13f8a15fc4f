"""A Dini Argeo DGT served by pymodbus: PORT. Each line on standard input is a word: grams to put on the
pan, `moving`, `still` or `deaf` (takes commands and does nothing). Ends with standard input.
Inputs as in firmware-profiles/scale/dini-argeo-dgt.toml; obeys 1 (zero) and 2 (tare) in holding 40001."""
import logging
import os
import sys
import threading

from pymodbus.datastore import (ModbusSequentialDataBlock, ModbusServerContext,
                                ModbusSlaveContext)
from pymodbus.server import StartTcpServer

logging.disable(logging.ERROR)
STABLE, TARED, ZERO = 1 << 2, 1 << 5, 1 << 7


class Indicator:
    def __init__(self):
        self.inputs = ModbusSequentialDataBlock(0, [0] * 6)
        self.load, self.zero, self.tare, self.moving, self.deaf = 0, 0, 0, False, False
        self.show()

    def show(self):
        gross = self.load - self.zero
        net = gross - self.tare
        bits = (STABLE * (not self.moving) | TARED * (self.tare != 0) | ZERO * (gross == 0) |
                (net < 0) | (gross < 0) << 1)
        words = [abs(gross) >> 16, abs(gross) & 0xFFFF, abs(net) >> 16, abs(net) & 0xFFFF, bits, 0]
        self.inputs.setValues(0, words)

    def obey(self, code):
        if self.deaf or self.moving:
            return
        if code == 1:
            self.zero, self.tare = self.load, 0
        if code == 2:
            self.tare = self.load - self.zero
        self.show()

    def hands(self):
        for line in sys.stdin:
            word = line.strip()
            if word.isdigit():
                self.load = int(word)
            self.moving = {'moving': True, 'still': False}.get(word, self.moving)
            self.deaf = self.deaf or word == 'deaf'
            self.show()
        os._exit(0)


class Commands(ModbusSequentialDataBlock):
    def setValues(self, address, values):
        super().setValues(address, values)
        if address == 0:
            indicator.obey(values[0] if isinstance(values, list) else values)


indicator = Indicator()
context = ModbusServerContext(
    slaves=ModbusSlaveContext(ir=indicator.inputs, hr=Commands(0, [0] * 16), zero_mode=True), single=True)
threading.Thread(target=indicator.hands, daemon=True).start()
StartTcpServer(context=context, address=('127.0.0.1', int(sys.argv[1])))
