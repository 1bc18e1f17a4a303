// Whether a file of YAML documents holds the same objects as a file of JSON, in whatever order: same.mjs YAML JSON
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { parseAllDocuments } from "yaml";

const byName = (objects) => new Map(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object]));
const theirs = byName(parseAllDocuments(readFileSync(process.argv[2], "utf8")).map((document) => document.toJS()));
const ours = byName(JSON.parse(readFileSync(process.argv[3], "utf8")));
const different = [...new Set([...theirs.keys(), ...ours.keys()])].filter((name) => !isDeepStrictEqual(theirs.get(name), ours.get(name)));
different.forEach((name) => console.error(`${name} differs`));
process.exit(different.length === 0 ? 0 : 1);
