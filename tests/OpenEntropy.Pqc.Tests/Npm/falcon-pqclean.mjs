// Falcon by PQClean as WebAssembly: keys of its own, signatures with any key, and verdicts on signatures. It draws its own randomness.
import pqclean from "pqclean/wasm/index.js";
import { bytes, serve } from "./lines.mjs";

const names = {
  "Falcon-512 Compressed": "falcon-512",
  "Falcon-512 Padded": "falcon-padded-512",
  "Falcon-1024 Compressed": "falcon-1024",
  "Falcon-1024 Padded": "falcon-padded-1024",
};

serve(({ set, generate, sign, verify }) => {
  const falcon = new pqclean.Sign(names[set]);
  if (generate) {
    const { publicKey, privateKey } = falcon.keypair();
    return { publicKey, secretKey: privateKey };
  }
  if (sign) return { signature: falcon.sign(bytes(sign.secretKey), bytes(sign.message)) };
  return { valid: falcon.verify(bytes(verify.publicKey), bytes(verify.message), bytes(verify.signature)) };
});
