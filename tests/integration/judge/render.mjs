// Draws ZPL on standard input, 100 x 150 mm at 8 dots a millimetre, into the PNG files named by the
// argument: PREFIX-0.png, PREFIX-1.png ... one a label. Prints their names.
import { readFileSync, writeFileSync } from "node:fs";
import { ready } from "zpl-renderer-js";

const { api } = await ready;
const zpl = readFileSync(0, "utf8");
const labels = await api.zplToBase64MultipleAsync(zpl, 100, 150, 8);
labels.forEach((label, i) => {
    const name = `${process.argv[2]}-${i}.png`;
    writeFileSync(name, Buffer.from(label, "base64"));
    console.log(name);
});
process.exit(0);
