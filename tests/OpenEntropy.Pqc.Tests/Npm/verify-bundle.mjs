// Verifies a bundle of OpenEntropy by what is in it alone: node verify-bundle.mjs bundle.json [identity.json]
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { ml_dsa65 } from "@noble/post-quantum/ml-dsa.js";
import { falcon512padded } from "@noble/post-quantum/falcon.js";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("base64url");
const ascii = (text) => new Uint8Array(Buffer.from(text, "ascii"));
const base64 = (text) => new Uint8Array(Buffer.from(text, "base64"));
const base64url = (text) => new Uint8Array(Buffer.from(text, "base64url"));

// The two algorithms: how a key is named, and how a signature is verified.
const algorithms = {
  "ML-DSA-65": {
    kid: (key) => sha256(`{"alg":"ML-DSA-65","kty":"AKP","pub":"${Buffer.from(key).toString("base64url")}"}`), // RFC 7638
    verify: (signature, message, key) => ml_dsa65.verify(signature, message, key),
  },
  "x-falcon-padded-512": {
    kid: sha256,
    verify: (signature, message, key) => falcon512padded.verify(signature, message, key),
  },
};

// Whether all these keys are those of one identity of that service: a key of one and a key of another are nobody's.
function requireSigner(trusted, kids) {
  const isSame = (identity) => Object.entries(kids).every(([alg, kid]) => identity.keys.some((key) => key.alg === alg && key.kid === kid));
  if (trusted && !trusted.identities.some(isSame)) throw new Error(`not signed by that service: ${Object.keys(kids).join(" and ")}`);
}

/** Throws where anything is wrong, also where an identity is given (the answer of /api/v1/pqc/identity) and the signer is another; returns what was signed, which is what to use from here on. */
export function verify(document, trusted) {
  const signed = JSON.parse(Buffer.from(document.payload, "base64url").toString("utf8"));
  if (signed.format !== "openentropy-bundle" || signed.version !== 1) throw new Error("no bundle of this version");
  if (!isDeepStrictEqual(signed, document.bundle)) throw new Error("bundle is not what payload says");
  if (document.signatures.length !== 2) throw new Error("there must be two signatures");
  const kids = {};
  for (const [i, [alg, { kid, verify }]] of Object.entries(algorithms).entries()) {
    const [entry, signer] = [document.signatures[i], signed.signer[i]];
    const key = base64(signer.public_key);
    const header = JSON.parse(Buffer.from(entry.protected, "base64url"));
    if (header.alg !== alg || signer.alg !== alg || header.typ !== "openentropy-bundle+jws") throw new Error(`not ${alg}`);
    if (header.kid !== kid(key) || signer.kid !== header.kid) throw new Error(`${alg}: not the key it names`);
    // RFC 7515, 5.1: the signature is over these ASCII characters.
    if (!verify(base64url(entry.signature), ascii(`${entry.protected}.${document.payload}`), key)) throw new Error(`${alg}: wrong signature`);
    kids[alg] = header.kid;
  }
  requireSigner(trusted, kids);
  return signed;
}

/** The same of the form with ChaosMagnet's names. */
export function verifyChaosMagnet(b, trusted) {
  const hex = (text) => new Uint8Array(Buffer.from(text, "hex"));
  const lines = ["openentropy-chaosmagnet-1", b.type, b.requester, b.timestamp, b.accumulated_true_bits, b.raw_min_entropy, b.kyber_pk];
  const message = new Uint8Array(Buffer.from(lines.map((line) => `${line}\n`).join(""), "utf8"));
  if (!falcon512padded.verify(hex(b.falcon_sig), message, hex(b.falcon_signer_pk))) throw new Error("wrong signature");
  requireSigner(trusted, { "x-falcon-padded-512": sha256(hex(b.falcon_signer_pk)) });
}

if (process.argv[2]) {
  const [document, trusted] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf8")));
  if ("falcon_sig" in document) verifyChaosMagnet(document, trusted);
  else verify(document, trusted);
  console.log("valid");
}
