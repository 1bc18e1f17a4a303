// An encrypted private key by the OpenSSL in Node 24: what it is, and its public half.
import { createPrivateKey, createPublicKey } from "node:crypto";
import { serve } from "./lines.mjs";

serve(({ pem, passphrase }) => {
  const key = createPrivateKey({ key: pem, format: "pem", passphrase });
  return { type: key.asymmetricKeyType, publicPem: createPublicKey(key).export({ format: "pem", type: "spki" }) };
});
