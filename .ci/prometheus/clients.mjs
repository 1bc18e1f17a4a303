// Clients of the service, good and bad. Each goes on until it is stopped.
import { fail, until } from "./machine.mjs";

function repeat(act, pause) {
  let isStopped = false;
  const over = (async () => {
    while (!isStopped) {
      await act();
      await new Promise(done => setTimeout(done, pause));
    }
  })();
  return { stop: () => ((isStopped = true), over) };
}

// Of every quality, and what is refused.
export const keepAsking = service =>
  repeat(async () => {
    for (const query of ["length=64", "length=48&format=bytes&conditioning=limited", "length=16&raw=true", "length=0", "length=16&fresh=true"])
      await service.status(`/api/v1/random?${query}`);
  }, 200);

// Entropy that no pool backs any more.
export const refusedRequests = service => repeat(() => service.status("/api/v1/bytes?length=48&conditioning=limited"), 100);

// Bodies that take four seconds each, as their readers asked for.
export function slowReaders(service) {
  const readers = Array.from({ length: 8 }, () => repeat(() => service.status("/api/v1/random?length=64&format=bytes&rate=16"), 0));
  return { stop: () => Promise.all(readers.map(reader => reader.stop())) };
}

// Reads an endless stream of entropy-limited bytes until the service breaks it off.
export async function drain(service) {
  const answer = await service.ask("/api/v1/stream?conditioning=limited&timeout=1");
  if (answer.status !== 200) fail(`the stream: ${answer.status}`);
  try {
    for await (const bytes of answer.body) if (bytes.length === 0) break;
    fail("an endless stream ended");
  } catch {
    // Broken off, as promised; what is left of the pool goes to those that ask for a block.
  }
  await until("the pool is empty", async () => (await service.status("/api/v1/random?length=48&format=bytes&conditioning=limited")) === 503);
}
