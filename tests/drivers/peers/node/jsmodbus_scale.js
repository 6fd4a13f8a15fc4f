// A scale with the register map of kemas-sim, served over TCP by jsmodbus: PORT GRAMS.
const net = require("net");
const modbus = require("jsmodbus");

const [port, grams] = [Number(process.argv[2]), Number(process.argv[3])];
const holding = Buffer.alloc(10);
[grams >> 16, grams & 0xffff, 1, 0, 5].forEach((word, i) => holding.writeUInt16BE(word, 2 * i));
const socket = new net.Server();
new modbus.server.TCP(socket, { holding });
setInterval(() => holding.writeUInt16BE((holding.readUInt16BE(6) + 1) & 0xffff, 6), 10);
socket.listen(port, "127.0.0.1");
