// Asks as the package's README does; prints what it got.
import { createRequire } from "node:module";

const { random } = createRequire(import.meta.url)("@qiskit/algo-anu");
const decimal = await random();
const hexadecimal = await random({ length: 64, format: "hex" });
console.log(JSON.stringify({ decimal, hexadecimal }));
