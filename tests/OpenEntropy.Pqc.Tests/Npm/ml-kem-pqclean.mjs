// ML-KEM by PQClean as WebAssembly, which draws its own randomness: an encapsulation to a key of ours, what a ciphertext of ours opens to with our
// expanded key, and a pair of its own.
import pqclean from "pqclean/wasm/index.js";
import { bytes, serve } from "./lines.mjs";

serve(({ set, publicKey, secretKey, ciphertext }) => {
  const kem = new pqclean.KEM(set.toLowerCase());
  const { key, encryptedKey } = kem.generateKey(bytes(publicKey));
  const own = kem.keypair();
  return {
    ciphertext: encryptedKey,
    sharedSecret: key,
    opened: kem.decryptKey(bytes(secretKey), bytes(ciphertext)),
    ownPublic: own.publicKey,
    ownSecret: own.privateKey,
  };
});
