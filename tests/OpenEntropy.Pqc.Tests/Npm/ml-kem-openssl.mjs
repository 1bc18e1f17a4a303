// ML-KEM by the OpenSSL in Node 24: a private key of ours as PKCS#8 with the seed, written out again in both forms of key and as the public key;
// encapsulation to that, and what a ciphertext of ours opens to.
import { createPrivateKey, createPublicKey, decapsulate, encapsulate } from "node:crypto";
import { bytes, serve } from "./lines.mjs";

serve(({ pkcs8, spki, ciphertext }) => {
  const key = createPrivateKey({ key: Buffer.from(bytes(pkcs8)), format: "der", type: "pkcs8" });
  const received = createPublicKey({ key: Buffer.from(bytes(spki)), format: "der", type: "spki" });
  const { sharedKey, ciphertext: made } = encapsulate(received);
  return {
    type: key.asymmetricKeyType,
    spki: createPublicKey(key).export({ format: "der", type: "spki" }),
    pkcs8: key.export({ format: "der", type: "pkcs8" }),
    ciphertext: made,
    sharedSecret: sharedKey,
    opened: decapsulate(key, bytes(ciphertext)),
  };
});
