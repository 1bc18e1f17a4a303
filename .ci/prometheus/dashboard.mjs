// The dashboard as shipped: its structure, and that every panel's query and every variable's gives data.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fail, root, say, until } from "./machine.mjs";

const source = "${datasource}";
const columns = 24;
const kinds = new Set(["row", "stat", "timeseries", "table", "state-timeline"]);

const check = (holds, what) => holds || fail(`the dashboard: ${what}`);

export function readDashboard() {
  const text = readFileSync(join(root, "deploy/grafana/dashboards/openentropy.json"), "utf8");
  const dashboard = JSON.parse(text);
  check(text === `${JSON.stringify(dashboard, null, 2)}\n`, "it is not written with two spaces, each value on its line");
  check(!("id" in dashboard) && dashboard.uid === "openentropy", "it has an id, which is of one Grafana, or another uid");
  check(dashboard.templating.list[0].type === "datasource", "the data source is no variable");
  checkSources(dashboard);
  checkPanels(dashboard.panels);
  say(`a dashboard of ${dashboard.panels.length} panels and rows`);
  return dashboard;
}

// No data source but the variable, and Grafana's own for its annotations.
function checkSources(node) {
  if (node === null || typeof node !== "object") return;
  if (node.datasource) {
    const { type, uid } = node.datasource;
    check((type === "prometheus" && uid === source) || type === "grafana", `a data source is fixed: ${JSON.stringify(node.datasource)}`);
  }
  Object.values(node).forEach(checkSources);
}

function checkPanels(panels) {
  check(new Set(panels.map(panel => panel.id)).size === panels.length, "two panels have one id");
  for (const row of ["At a glance", "Requests: rate, errors, duration", "Noise sources", "Entropy and pool", "Process"])
    check(panels.some(({ type, title }) => type === "row" && title === row), `it has no row "${row}"`);
  const taken = new Map();
  for (const panel of panels) {
    const { type, title, gridPos } = panel;
    check(kinds.has(type) && title, `a panel is of type ${type}, title "${title}"`);
    for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++)
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        check(x < columns && !taken.has(`${x},${y}`), `"${title}" lies over "${taken.get(`${x},${y}`)}", or outside`);
        taken.set(`${x},${y}`, title);
      }
    if (type === "row") continue;
    const { defaults } = panel.fieldConfig;
    check(panel.description, `"${title}" has no description`);
    check(type === "table" || defaults.unit, `"${title}" has no unit`);
    check(panel.targets.length > 0, `"${title}" asks for nothing`);
    check(new Set(panel.targets.map(target => target.refId)).size === panel.targets.length, `"${title}" has two queries of one name`);
    for (const { expr, format } of panel.targets) {
      check(/\$job\b/.test(expr), `"${title}" asks for other jobs as well: ${expr}`);
      check(format === "table" || type !== "table", `"${title}" is a table of a query that gives none`);
    }
  }
}

// Asks for everything that the dashboard asks for, of one instance, until there is data, as there is after some requests.
export async function askAll(dashboard, prometheus, job, instance) {
  const fill = text => text.replaceAll("$__rate_interval", "15s").replaceAll("$job", job).replaceAll("$instance", instance);
  for (const { name, query } of dashboard.templating.list.slice(1)) {
    const [, metric, label] = /^label_values\((.*), (\w+)\)$/.exec(fill(query.query)) ?? fail(`the variable ${name} is no label_values(metric, label)`);
    await until(`the variable ${name} has a value`, () => prometheus.has(`count by (${label}) (${metric}{${label}!=""})`.replace("}{", ", ")));
  }
  let asked = 0;
  for (const { title, targets = [] } of dashboard.panels)
    for (const { expr, legendFormat = "" } of targets) {
      const isData = ({ value }) => Number.isFinite(value);
      const series = await until(`"${title}" shows data: ${fill(expr)}`, async () => {
        const found = (await prometheus.query(fill(expr))).filter(isData);
        return found.length > 0 && found;
      });
      const named = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1]);
      for (const label of named)
        check(series.some(({ metric }) => label in metric), `"${title}" names a series by ${label}, which none has`);
      asked++;
    }
  say(`${asked} queries of panels give data`);
}
