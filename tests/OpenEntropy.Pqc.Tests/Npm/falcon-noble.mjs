// Falcon by @noble/post-quantum: keys of its own, signatures with any key, and verdicts on signatures.
import { falcon1024, falcon1024padded, falcon512, falcon512padded } from "@noble/post-quantum/falcon.js";
import { bytes, serve } from "./lines.mjs";

const sets = {
  "Falcon-512 Compressed": falcon512,
  "Falcon-512 Padded": falcon512padded,
  "Falcon-1024 Compressed": falcon1024,
  "Falcon-1024 Padded": falcon1024padded,
};

serve(({ set, generate, publicOf, sign, verify }) => {
  const falcon = sets[set];
  if (generate) return falcon.keygen(bytes(generate));
  if (publicOf) return { publicKey: falcon.getPublicKey(bytes(publicOf)) };
  if (sign) return { signature: falcon.sign(bytes(sign.message), bytes(sign.secretKey)) };
  return { valid: falcon.verify(bytes(verify.signature), bytes(verify.message), bytes(verify.publicKey)) };
});
