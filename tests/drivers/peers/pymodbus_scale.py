"""A scale with the register map of kemas-sim, served by pymodbus 3.0: PORT-or-TTY GRAMS.

A port serves Modbus TCP, a path (/dev/...) serves Modbus RTU as unit 1.
"""
import sys
import threading
import time

from pymodbus.datastore import (ModbusSequentialDataBlock, ModbusServerContext,
                                ModbusSlaveContext)
from pymodbus.server import StartSerialServer, StartTcpServer
from pymodbus.transaction import ModbusRtuFramer

where, grams = sys.argv[1], int(sys.argv[2])
block = ModbusSequentialDataBlock(0, [grams >> 16, grams & 0xFFFF, 1, 0, 5])
slave = ModbusSlaveContext(hr=block, zero_mode=True)


def beat():
    count = 0
    while True:
        count = (count + 1) & 0xFFFF
        block.setValues(3, [count])
        time.sleep(0.01)


threading.Thread(target=beat, daemon=True).start()
if where.startswith("/"):
    StartSerialServer(context=ModbusServerContext(slaves={1: slave}, single=False), port=where,
                      framer=ModbusRtuFramer, baudrate=115200, parity="N", timeout=1)
else:
    StartTcpServer(context=ModbusServerContext(slaves=slave, single=True),
                   address=("127.0.0.1", int(where)))
