// Processes, files and waiting. Whatever happens, what was started is ended and what was written is removed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const work = mkdtempSync(join(tmpdir(), "use-prometheus-"));

const processes = [];
const patience = 90_000; // ms; far more than anything here takes on a quiet machine
const longest = 300_000; // ms; of all of it

export const head = text => console.log(`${text} (${Math.round(performance.now() / 1000)} s)`);
export const say = text => console.log(`  ${text}`);

export function fail(text) {
  const logs = processes.map(each => `--- ${each.log}\n${readFileSync(each.log, "utf8").split("\n").slice(-15).join("\n")}`);
  console.error(`FAILED: ${text}\n${logs.join("\n")}`);
  process.exit(1);
}

// Runs a program to its end and gives what it wrote; another exit code than 0 is a failure.
export async function run(program, args, input = "") {
  const child = spawn(program, args, { stdio: "pipe", timeout: patience });
  const written = Promise.all([text(child.stdout), text(child.stderr)]);
  child.stdin.end(input);
  const [status] = await once(child, "exit");
  const told = (await written).join("");
  if (status !== 0) fail(`${program} ${args.join(" ")}: ${status}: ${told}`);
  return told;
}

// Starts a program that dies with this one, also where this one is killed.
export function start(name, program, args, environment = {}) {
  const log = join(work, `${name}.log`);
  const file = openSync(log, "w");
  const child = spawn("setpriv", ["--pdeathsig", "KILL", program, ...args], {
    cwd: work,
    env: { ...process.env, ...environment },
    stdio: ["ignore", file, file],
  });
  const ended = new Promise(done => child.once("exit", done));
  const started = { child, log, ended, isStopping: false };
  child.once("error", error => fail(`${program} was not started: ${error.message}`));
  child.once("exit", code => started.isStopping || fail(`${name} ended with ${code}`));
  processes.push(started);
  return started;
}

export function kill(started, signal) {
  started.isStopping = true;
  started.child.kill(signal);
  return started.ended;
}

// Asks until the answer is true enough, and gives it. What is waited for is a text, or gives one.
export async function until(what, ask, every = 200) {
  const end = performance.now() + patience;
  for (let last; ; ) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) fail(`not within ${patience / 1000} s: ${typeof what === "string" ? what : what()}${last ? ` (${last.message})` : ""}`);
    await new Promise(done => setTimeout(done, every));
  }
}

// The first group of the pattern in what a process has logged.
export const logged = (started, pattern) =>
  until(`${pattern} in ${started.log}`, () => pattern.exec(readFileSync(started.log, "utf8"))?.[1]);

process.on("exit", () => {
  for (const each of processes) {
    each.isStopping = true;
    each.child.kill("SIGKILL");
  }
  rmSync(work, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));
setTimeout(() => fail(`not over within ${longest / 1000} s`), longest).unref();
process.on("uncaughtException", error => fail(error.stack));
