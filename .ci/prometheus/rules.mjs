// The rules as shipped: their checkers, and that what they ask for exists and is explained.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fail, root, run, say, until } from "./machine.mjs";

const directory = join(root, "deploy/prometheus");
const book = readFileSync(join(root, "deploy/RUNBOOK.md"), "utf8");
const severities = new Set(["critical", "warning", "info"]);

export async function checkFiles() {
  await run("promtool", ["check", "config", join(directory, "prometheus.yml")]);
  await run("promtool", ["check", "rules", join(directory, "rules.yml")]);
  await run("promtool", ["test", "rules", join(directory, "rules.test.yml")]);
  say("promtool: configuration, rules and their tests");
}

export async function checkMetrics(service) {
  const metrics = await (await service.ask("/metrics")).text();
  const told = await run("promtool", ["check", "metrics"], metrics);
  if (told) fail(`promtool: ${told}`);
  say(`promtool: ${metrics.length} bytes of metrics`);
}

export async function checkAlerts(prometheus) {
  const tests = readFileSync(join(directory, "rules.test.yml"), "utf8");
  const alerts = await prometheus.rules("alert");
  const names = alerts.map(alert => alert.name);
  for (const { name, labels, annotations } of alerts) {
    const anchor = `deploy/RUNBOOK.md#${name.toLowerCase()}`;
    if (!severities.has(labels.severity)) fail(`${name} has severity ${labels.severity}`);
    if (!annotations.summary || !annotations.description) fail(`${name} has no summary or no description`);
    if (annotations.runbook_url !== anchor) fail(`${name}: its runbook is not ${anchor}`);
    if (!tests.includes(`alertname="${name}"`)) fail(`${name} is not tested to fire`);
    if (!book.includes(`\n### ${name}\n`)) fail(`deploy/RUNBOOK.md does not explain ${name}`);
  }
  for (const [, name] of book.matchAll(/^### (OpenEntropy\w+)$/gm))
    if (!names.includes(name)) fail(`deploy/RUNBOOK.md explains ${name}, which is no alert`);
  say(`${alerts.length} alerts, each tested and explained`);
}

// A rule that asks for a metric, a state, a test or a reason that there is not never fires, and nobody would notice.
export async function checkSelectors(prometheus) {
  const rules = readFileSync(join(directory, "rules.yml"), "utf8");
  const selectors = new Set();
  for (const [, metric, matchers = ""] of rules.matchAll(/\b((?:openentropy|http_server|process)_[a-z_]+)\b(?:\{([^}]*)\})?/g)) {
    if (!rules.includes(`${metric}{`)) continue; // a part of a recorded name, or a word of a text
    selectors.add(metric);
    for (const [, label, values] of matchers.matchAll(/\b(state|test|reason)!?=~?"([^"]*)"/g))
      for (const value of values.split("|")) selectors.add(`${metric}{${label}="${value}"}`);
  }
  for (const selector of selectors) await until(`a series ${selector}`, () => prometheus.has(selector));
  for (const { name } of await prometheus.rules("record"))
    await until(`a recorded ${name}`, () => prometheus.has(name));
  say(`${selectors.size} selectors of the rules, each with a series`);
}
