// Draws ZPL, 100 x 150 mm at 8 dots a millimetre. Each line on standard input names a file of ZPL; its
// labels become FILE-0.png, FILE-1.png ... and a line on standard output: how many, or what is wrong.
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import * as judge from "zpl-renderer-js";

// Debian's Node.js 18 sees only the default export of this CommonJS module, newer ones its names too.
const { api } = await (judge.ready ?? judge.default.ready);
for await (const file of createInterface({ input: process.stdin })) {
    try {
        const labels = await api.zplToBase64MultipleAsync(readFileSync(file, "utf8"), 100, 150, 8);
        labels.forEach((label, i) => writeFileSync(`${file}-${i}.png`, Buffer.from(label, "base64")));
        console.log(labels.length);
    } catch (error) {
        console.log(String(error).replaceAll("\n", " "));
    }
}
process.exit(0);
