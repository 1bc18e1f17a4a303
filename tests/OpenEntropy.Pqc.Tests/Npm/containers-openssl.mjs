// Keys of ours in their containers, by the OpenSSL in Node 24: read in every form, written out again, and used.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { bytes, serve } from "./lines.mjs";

const pkcs8 = { format: "der", type: "pkcs8" };
const spki = { format: "der", type: "spki" };
const buffer = (text) => Buffer.from(bytes(text));

// Every form of one private key must be the same key to OpenSSL.
function read({ forms, pem, encrypted, publicKey, publicPem, passphrase }) {
  const keys = [
    ...forms.map((form) => createPrivateKey({ key: buffer(form), ...pkcs8 })),
    createPrivateKey(pem),
    createPrivateKey({ key: buffer(encrypted), ...pkcs8, passphrase }),
  ];
  const publicKeys = [createPublicKey({ key: buffer(publicKey), ...spki }), createPublicKey(publicPem)];
  let opensWithAnother = true;
  try {
    createPrivateKey({ key: buffer(encrypted), ...pkcs8, passphrase: passphrase + "x" });
  } catch {
    opensWithAnother = false;
  }
  return {
    type: keys[0].asymmetricKeyType,
    privateKeys: keys.map((key) => key.export(pkcs8)),
    publicKeys: [...keys.map(createPublicKey), ...publicKeys].map((key) => key.export(spki)),
    pem: keys[0].export({ format: "pem", type: "pkcs8" }),
    encrypted: keys[0].export({ ...pkcs8, cipher: "aes-256-cbc", passphrase }),
    opensWithAnother,
  };
}

// A key of OpenSSL's own, in all that we read.
function make({ type, passphrase }) {
  const { privateKey, publicKey } = generateKeyPairSync(type);
  return {
    privateKey: privateKey.export(pkcs8),
    pem: privateKey.export({ format: "pem", type: "pkcs8" }),
    encrypted: privateKey.export({ format: "pem", type: "pkcs8", cipher: "aes-256-cbc", passphrase }),
    publicKey: publicKey.export(spki),
  };
}

// Signatures both ways, and the key as a JWK both ways.
function use({ privateKey, message, signature, jwk }) {
  const key = createPrivateKey({ key: buffer(privateKey), ...pkcs8 });
  const text = bytes(message);
  const altered = bytes(signature);
  altered[altered.length >> 1] ^= 1;
  const fromJwk = createPrivateKey({ key: JSON.parse(jwk), format: "jwk" });
  return {
    signature: sign(null, text, key),
    accepted: verify(null, text, createPublicKey(key), bytes(signature)),
    acceptedAltered: verify(null, text, createPublicKey(key), altered),
    jwk: JSON.stringify(key.export({ format: "jwk" })),
    sameJwk: fromJwk.equals(key),
  };
}

const tasks = { read, make, use };
serve((request) => tasks[request.task](request));
