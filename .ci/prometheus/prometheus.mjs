// A real Prometheus over the configuration and the rules as shipped, but for the targets and for time, which runs sixty times as fast.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, logged, root, run, say, start, until, work } from "./machine.mjs";

const faster = 60;
const shipped = join(root, "deploy/prometheus");
const seconds = { s: 1, m: 60, h: 3600 };

export class Prometheus {
  static async start(targets) {
    const rules = readFileSync(join(shipped, "rules.yml"), "utf8");
    writeFileSync(join(work, "rules.yml"), hasten(rules));
    const config = readFileSync(join(shipped, "prometheus.yml"), "utf8");
    const ours = config.replace(/targets: \[.*\]/, `targets: ${JSON.stringify(targets)}`).replaceAll(/(_interval:) 15s/g, "$1 1s");
    if (ours === config) fail("deploy/prometheus/prometheus.yml has neither a target nor an interval of 15s");
    writeFileSync(join(work, "prometheus.yml"), ours);
    await run("promtool", ["check", "config", join(work, "prometheus.yml")]);
    const prometheus = new Prometheus();
    const options = [`--config.file=${join(work, "prometheus.yml")}`, `--storage.tsdb.path=${join(work, "tsdb")}`];
    const process = start("prometheus", "prometheus", [...options, "--web.listen-address=127.0.0.1:0"]);
    prometheus.address = await logged(process, /msg="Listening on" address=(\S+)/);
    return prometheus;
  }

  async #get(path) {
    const answer = await (await fetch(`http://${this.address}/api/v1/${path}`)).json();
    if (answer.status !== "success") throw new Error(answer.error);
    return answer.data;
  }

  // The series of an instant query, each with its labels and value.
  async query(expression) {
    const { result } = await this.#get(`query?query=${encodeURIComponent(expression)}`);
    return result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
  }

  async has(selector) {
    return (await this.query(`count(${selector})`)).length > 0;
  }

  async #firing() {
    return (await this.#get("alerts")).alerts.filter(({ state }) => state === "firing");
  }

  // Every alert, as the rules have it.
  async rules(type) {
    return (await this.#get(`rules?type=${type}`)).groups.flatMap(group => group.rules);
  }

  awaitSilence(names, instance) {
    const isMeant = ({ labels }) => names.includes(labels.alertname) && (labels.instance ?? instance) === instance;
    return until(`silence of ${names.join(", ")} for ${instance}`, async () => !(await this.#firing()).some(isMeant));
  }

  // Waits until each has fired since then, if only for a while; what all say meanwhile must be whole.
  async awaitAlerts(since, wanted) {
    const missing = new Map(wanted.map(({ name, instance }) => [`${name} ${instance ?? ""}`, name]));
    const isOver = async () => {
      const seconds = Math.floor((performance.now() - since) / 1000);
      if (seconds < 1) return false; // nothing from before
      const fired = await this.query(`count by (alertname, instance) (last_over_time(ALERTS{alertstate="firing"}[${seconds}s]))`);
      for (const { metric } of fired)
        if (missing.delete(`${metric.alertname} ${metric.instance ?? ""}`)) say(`${metric.alertname}, ${seconds} s after`);
      for (const { labels, annotations } of await this.#firing()) checkTexts(labels.alertname, annotations);
      return missing.size === 0;
    };
    await until(() => [...missing.keys()].join(", "), isOver);
  }
}

function checkTexts(alert, annotations) {
  const wrong = Object.values(annotations).find(text => /<no value>|<error|%!|\{\{/i.test(text));
  if (wrong) fail(`${alert} says "${wrong}"`);
}

// Durations stand in "for:" and in ranges; what is compared with a metric stays.
function hasten(rules) {
  const short = (_, before, number, unit) => `${before}${(number * seconds[unit] * 1000) / faster}ms`;
  return rules.replaceAll(/(^\s+for: )(\d+)([smh])(?=$)/gm, short).replaceAll(/(\[)(\d+)([smh])(?=\])/g, short);
}
