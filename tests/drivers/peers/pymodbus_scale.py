"""A scale with the register map of kemas-sim, served by pymodbus 3.0: PORT GRAMS."""
import sys
import threading
import time

from pymodbus.datastore import (ModbusSequentialDataBlock, ModbusServerContext,
                                ModbusSlaveContext)
from pymodbus.server import StartTcpServer

port, grams = int(sys.argv[1]), int(sys.argv[2])
block = ModbusSequentialDataBlock(0, [grams >> 16, grams & 0xFFFF, 1, 0, 5])
context = ModbusServerContext(slaves=ModbusSlaveContext(hr=block, zero_mode=True), single=True)


def beat():
    count = 0
    while True:
        count = (count + 1) & 0xFFFF
        block.setValues(3, [count])
        time.sleep(0.01)


threading.Thread(target=beat, daemon=True).start()
StartTcpServer(context=context, address=("127.0.0.1", port))
