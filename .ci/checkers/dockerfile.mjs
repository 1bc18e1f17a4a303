// The last stage of a Dockerfile as JSON: {"env": {…}, "user", "health", "entrypoint": […]}. Reads the file named by the first argument.
import { readFileSync } from "node:fs";

const lines = readFileSync(process.argv[2], "utf8")
  .split("\n")
  .filter((line) => !line.startsWith("#"))
  .join("\n")
  .replace(/\s*\\\n\s*/g, " ")
  .split("\n");
const last = lines.slice(lines.findLastIndex((line) => line.startsWith("FROM ")));
const image = { env: {}, user: null, health: null, entrypoint: null };
for (const line of last) {
  const [, instruction, rest] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
  if (instruction === "ENV") {
    for (const word of rest.split(/\s+/)) {
      const equals = word.indexOf("=");
      image.env[word.slice(0, equals)] = word.slice(equals + 1);
    }
  } else if (instruction === "USER") {
    image.user = rest;
  } else if (instruction === "HEALTHCHECK") {
    image.health = rest.slice(rest.indexOf("CMD ") + 4);
  } else if (instruction === "ENTRYPOINT") {
    image.entrypoint = JSON.parse(rest);
  }
}
console.log(JSON.stringify(image));
