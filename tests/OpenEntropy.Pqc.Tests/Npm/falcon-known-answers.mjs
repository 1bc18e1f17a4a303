// The first records of falcon512-KAT.rsp and falcon1024-KAT.rsp as the round 3 submission's generator writes them: its requests are the output of the AES-256
// counter-mode generator seeded with the bytes 0 to 47, and each is answered with the generator seeded by the request. The digest of the text tells
// whether it is the published one.
import { createHash } from "node:crypto";
import { rngAesCtrDrbg256 } from "@noble/ciphers/aes.js";
import { falcon1024, falcon512 } from "@noble/post-quantum/falcon.js";
import { serve } from "./lines.mjs";

const sets = { "Falcon-512": falcon512, "Falcon-1024": falcon1024 };
const hex = (value) => Buffer.from(value).toString("hex").toUpperCase();

serve(({ set, count }) => {
  const requests = rngAesCtrDrbg256(Uint8Array.from({ length: 48 }, (_, index) => index));
  const records = [];
  let text = `# ${set}\n\n`;
  for (let index = 0; index < count; index++) {
    const seed = requests.randomBytes(48);
    const message = requests.randomBytes(33 * (index + 1));
    const random = rngAesCtrDrbg256(seed);
    const { publicKey, secretKey } = sets[set].keygen(random.randomBytes(48));
    const signed = sets[set].attached.seal(message, secretKey, { random: (length) => random.randomBytes(length) });
    records.push({ message, publicKey, secretKey, signed });
    text += `count = ${index}\nseed = ${hex(seed)}\nmlen = ${message.length}\nmsg = ${hex(message)}\n`;
    text += `pk = ${hex(publicKey)}\nsk = ${hex(secretKey)}\nsmlen = ${signed.length}\nsm = ${hex(signed)}\n\n`;
  }
  return { digest: createHash("sha256").update(text).digest("hex"), records };
});
