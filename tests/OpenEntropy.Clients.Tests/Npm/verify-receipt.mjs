// Checks receipts of the service that is named with node's own cryptography, by RFC 7515 alone; prints what it found.
import { createHash, createPublicKey, verify } from "node:crypto";

const [base] = process.argv.slice(2);
const identity = await (await fetch(`${base}/api/v1/identity`)).json();
const key = createPublicKey({ key: identity.keys[0], format: "jwk" });

/** Whether r and s (RFC 7518, 3.4) are of this key over header and payload as they were received. */
function isSigned(header, payload, signature) {
  const { alg, typ, kid } = JSON.parse(Buffer.from(header, "base64url"));
  return (
    alg === "ES256" &&
    typ === "openentropy-receipt" &&
    kid === identity.keys[0].kid &&
    verify("sha256", Buffer.from(`${header}.${payload}`), { key, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"))
  );
}

/** Whether numbers of one byte are those that were signed. */
function isOf(data, receipt) {
  return receipt.bytes === data.length && receipt.sha256 === createHash("sha256").update(Uint8Array.from(data)).digest("hex");
}

const query = `${base}/api/v1/random?type=uint8&length=1000`;
const answer = await (await fetch(`${query}&receipt=true`)).json();
const [header, payload, signature] = answer.receipt.split(".");
const jws = await (await fetch(query, { headers: { Accept: "application/jose+json" } })).json();
const signed = JSON.parse(Buffer.from(jws.payload, "base64url"));
const other = Buffer.from(payload, "base64url");
other[other.length >> 1] ^= 1;

console.log(
  JSON.stringify({
    compact: isSigned(header, payload, signature) && isOf(answer.data, JSON.parse(Buffer.from(payload, "base64url"))),
    flattened: isSigned(jws.protected, jws.payload, jws.signature) && isOf(signed.data, signed),
    changed: isSigned(header, other.toString("base64url"), signature),
    otherData: isOf([...answer.data.slice(1), answer.data[0] ^ 1], JSON.parse(Buffer.from(payload, "base64url"))),
  }),
);
