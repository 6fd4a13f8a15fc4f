// Draws ZPL, 100 x 150 mm at 8 dots a millimetre. Each line on standard input names a file of ZPL; its
// labels become FILE-0.png, FILE-1.png ... and a line on standard output: how many, or what is wrong.
import { webcrypto } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

// Debian's Node.js 18 cannot import the package, whose ES module is not named as one, and has no
// global crypto, which the package wants.
globalThis.crypto ??= webcrypto;
const { api } = await createRequire(import.meta.url)("zpl-renderer-js").ready;
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
