// The frame of every script here: one JSON object a line comes in, one goes out. Bytes travel as base64.
import { createInterface } from "node:readline";

/** The bytes of a member of a request. */
export const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"));

// Uint8Array (and Buffer, which would write itself otherwise) anywhere in an answer.
function encode(key, value) {
  const member = this[key];
  return member instanceof Uint8Array ? Buffer.from(member).toString("base64") : value;
}

/** Answers each request with what the handler returns, or with the error that it throws. */
export async function serve(handler) {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    let answer;
    try {
      answer = await handler(JSON.parse(line));
    } catch (error) {
      answer = { error: String(error?.stack ?? error) };
    }
    process.stdout.write(JSON.stringify(answer, encode) + "\n");
  }
}
