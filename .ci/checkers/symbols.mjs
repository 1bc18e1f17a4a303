// The names that a 64-bit little-endian shared library exports, a line each: symbols.mjs FILE
import { readFileSync } from "node:fs";

const file = readFileSync(process.argv[2]);
const [offset, size, count] = [Number(file.readBigUInt64LE(0x28)), file.readUInt16LE(0x3a), file.readUInt16LE(0x3c)];
const sections = Array.from({ length: count }, (_, i) => {
  const at = offset + i * size;
  return {
    type: file.readUInt32LE(at + 4),
    offset: Number(file.readBigUInt64LE(at + 24)),
    size: Number(file.readBigUInt64LE(at + 32)),
    link: file.readUInt32LE(at + 40),
  };
});
const dynamic = sections.find((section) => section.type === 11); // SHT_DYNSYM
const strings = sections[dynamic.link];
for (let at = dynamic.offset; at < dynamic.offset + dynamic.size; at += 24) {
  const start = strings.offset + file.readUInt32LE(at);
  const isDefined = file.readUInt16LE(at + 6) !== 0;
  if (isDefined) console.log(file.toString("latin1", start, file.indexOf(0, start)));
}
