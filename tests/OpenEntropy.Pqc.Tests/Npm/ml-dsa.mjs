// ML-DSA by two others: noble's, and PQClean's C compiled to WebAssembly (its package's install script, which does not run here, only chooses that).
import { ml_dsa44, ml_dsa65, ml_dsa87 } from "@noble/post-quantum/ml-dsa.js";
import pqclean from "pqclean/wasm/index.js";
import { bytes, serve } from "./lines.mjs";

const sets = { "ML-DSA-44": ml_dsa44, "ML-DSA-65": ml_dsa65, "ML-DSA-87": ml_dsa87 };

// Keys from the seed, both kinds of signature, and what it says of ours and of ours with another context.
function noble({ set, seed, message, context, random, signature }) {
  const algorithm = sets[set];
  const [text, ctx] = [bytes(message), bytes(context)];
  const { publicKey, secretKey } = algorithm.keygen(bytes(seed));
  const other = Uint8Array.from([...ctx.slice(0, 254), 1]);
  return {
    publicKey,
    secretKey,
    deterministic: algorithm.sign(text, secretKey, { context: ctx, extraEntropy: false }),
    hedged: algorithm.sign(text, secretKey, { context: ctx, extraEntropy: bytes(random) }),
    accepted: algorithm.verify(bytes(signature), text, publicKey, { context: ctx }),
    acceptedElsewhere: algorithm.verify(bytes(signature), text, publicKey, { context: other }),
  };
}

// PQClean takes neither seed nor context: it signs with our key and with one of its own, and looks at ours.
function clean({ set, publicKey, secretKey, message, signature }) {
  const algorithm = new pqclean.Sign(set.toLowerCase());
  const text = bytes(message);
  const own = algorithm.keypair();
  const altered = bytes(signature);
  altered[altered.length >> 1] ^= 1;
  return {
    withOurs: algorithm.sign(bytes(secretKey), text),
    ownPublicKey: own.publicKey,
    ownPrivateKey: own.privateKey,
    withOwn: algorithm.sign(own.privateKey, text),
    accepted: algorithm.verify(bytes(publicKey), text, bytes(signature)),
    acceptedAltered: algorithm.verify(bytes(publicKey), text, altered),
  };
}

serve((request) => (request.by === "noble" ? noble(request) : clean(request)));
