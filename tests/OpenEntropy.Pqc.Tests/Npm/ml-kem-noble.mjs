// ML-KEM by @noble/post-quantum: keys of a seed, an encapsulation to them, and what a ciphertext of ours opens to.
import { ml_kem512, ml_kem768, ml_kem1024 } from "@noble/post-quantum/ml-kem.js";
import { bytes, serve } from "./lines.mjs";

const sets = { "ML-KEM-512": ml_kem512, "ML-KEM-768": ml_kem768, "ML-KEM-1024": ml_kem1024 };

serve(({ set, seed, message, ciphertext }) => {
  const kem = sets[set];
  const { publicKey, secretKey } = kem.keygen(bytes(seed));
  const { cipherText, sharedSecret } = kem.encapsulate(publicKey, bytes(message));
  return { publicKey, secretKey, ciphertext: cipherText, sharedSecret, opened: kem.decapsulate(bytes(ciphertext), secretKey) };
});
