// Asks as the package's README does; prints what it got.
import { createRequire } from "node:module";

const { RNG, Provider, DataType } = createRequire(import.meta.url)("rng-ts");
const rng = new RNG({ provider: Provider.AnuQrng });
const uint8 = await rng.get({ count: 1024, dataType: DataType.uint8 });
const uint16 = await rng.get({ count: 1024, dataType: DataType.uint16 });
console.log(JSON.stringify({ uint8, uint16 }));
