// A scale with the register map of kemas-sim, served by modbus-serial: PORT-or-TTY GRAMS.
const ModbusRTU = require("modbus-serial");

const [where, grams] = [process.argv[2], Number(process.argv[3])];
let beat = 0;
const registers = () => [grams >> 16, grams & 0xffff, 1, (beat = (beat + 1) & 0xffff), 5];
const vector = {
    getHoldingRegister: (address) => {
        if (address > 4) throw { modbusErrorCode: 2 };
        return registers()[address];
    },
};
if (where.startsWith("/")) {
    new ModbusRTU.ServerSerial(vector, { port: where, baudRate: 115200, parity: "none", unitID: 1 }, { unitID: 1 });
} else {
    new ModbusRTU.ServerTCP(vector, { host: "127.0.0.1", port: Number(where), unitID: 1 });
}
