// The service, and the files that a machine with a history, or with a microphone, would give it.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, logged, root, start, until, work } from "./machine.mjs";

const dll = join(root, "src/OpenEntropy.Server/bin/Debug/net10.0/OpenEntropy.Server.dll");

export class Service {
  static async start(name, args, assessments, environment = {}) {
    const storage = join(work, name);
    mkdirSync(storage, { mode: 0o700 });
    writeFileSync(join(storage, "assessments.json"), JSON.stringify(history(assessments)), { mode: 0o600 });
    const service = new Service();
    service.process = start(name, "dotnet", [dll, "--port", "0", ...args], { ...environment, OpenEntropy__Storage__Directory: storage });
    service.address = (await logged(service.process, /Now listening on: http:\/\/(\S+)/)).trim();
    return service;
  }

  ask(path, options) {
    return fetch(`http://${this.address}${path}`, options);
  }

  async json(path, options) {
    return (await this.ask(path, options)).json();
  }

  // An answer is read to its end, so that its duration is counted.
  async status(path, options) {
    const answer = await this.ask(path, options);
    await answer.arrayBuffer();
    return answer.status;
  }

  async post(path, expected = 200) {
    const status = await this.status(path, { method: "POST" });
    if (status !== expected) fail(`POST ${path}: expected ${expected}, got ${status}`);
  }

  awaitState(source, state) {
    return until(`${source} is ${state}`, async () => (await this.json(`/sources/${source}`)).state === state);
  }
}

// Assessments of an earlier run: of each source ten figures, all of them the given one, in bits per sample.
function history(assessments) {
  const figure = bits => ({ time: new Date().toISOString(), min_entropy: bits, samples: 1_000_000, trigger: "Automatic" });
  const sources = Object.entries(assessments).map(([name, bits]) => [name, { count: 10, minimum: bits, figures: Array(10).fill(figure(bits)) }]);
  return { version: 1, sources: Object.fromEntries(sources) };
}

// A microphone that falls silent: ALSA plays these frames in as if they were captured, and zeros after them. It has settled (480 frames), was
// heard at opening (512), and gives nothing but zeros within its start-up test.
export function microphone() {
  const frames = Buffer.alloc(2 * 1200, Uint8Array.from({ length: 37 }, (_, i) => i * 73));
  writeFileSync(join(work, "heard.raw"), frames);
  const configuration = join(work, "asound.conf");
  const plugin = `type file slave.pcm { type null } file "/dev/null" format raw infile "${join(work, "heard.raw")}"`;
  writeFileSync(configuration, `pcm.microphone { ${plugin} }\n`);
  return configuration;
}
