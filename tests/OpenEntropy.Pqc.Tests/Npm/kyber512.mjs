// Kyber512 of the third round by crystals-kyber, a translation of the C reference by way of Go. It draws its own randomness from Web Crypto, in whose
// place stand the bytes of the request. One request asks for the published known answers that the package brings.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { webcrypto } from "node:crypto";
import { bytes, serve } from "./lines.mjs";

const require = createRequire(import.meta.url);
let scripted = new Uint8Array();
Object.defineProperty(webcrypto, "getRandomValues", {
  value: (target) => {
    if (scripted.length < target.length) throw new Error("more randomness was asked for than given");
    target.set(scripted.subarray(0, target.length));
    scripted = scripted.subarray(target.length);
    return target;
  },
});
const kyber = require("crystals-kyber");

const withRandomness = (random, action) => {
  scripted = bytes(random);
  const result = action();
  if (scripted.length) throw new Error("less randomness was asked for than given");
  return result;
};

serve(({ knownAnswers, seed, message, ciphertext }) => {
  if (knownAnswers) return { text: readFileSync(require.resolve("crystals-kyber/PQCkemKAT_1632.rsp"), "latin1") };
  const [publicKey, secretKey] = withRandomness(seed, () => kyber.KeyGen512());
  const [made, sharedSecret] = withRandomness(message, () => kyber.Encrypt512(publicKey));
  return {
    publicKey: Uint8Array.from(publicKey),
    secretKey: Uint8Array.from(secretKey),
    ciphertext: Uint8Array.from(made),
    sharedSecret: Uint8Array.from(sharedSecret),
    opened: Uint8Array.from(kyber.Decrypt512(Array.from(bytes(ciphertext)), secretKey)),
  };
});
