// In the order of an operator's year: all is well, sources fail, the pool runs dry, it is mended, a process dies.
import { createServer } from "node:net";
import { askAll, readDashboard } from "./dashboard.mjs";
import { drain, keepAsking, refusedRequests, slowReaders } from "./clients.mjs";
import { kill, say, until } from "./machine.mjs";
import { Prometheus } from "./prometheus.mjs";
import { checkAlerts, checkFiles, checkMetrics, checkSelectors } from "./rules.mjs";
import { microphone, Service } from "./service.mjs";

const earning = ["dram_row_buffer", "speculative_execution", "hash_timing", "page_fault_timing"];
const other = ["clock_jitter", "os_rng"];

// A host on the network, until it is gone; each connection is taken and dropped.
const host = createServer(peer => peer.on("error", () => {}).destroy());
await new Promise(listening => host.listen(0, "127.0.0.1", listening));

console.log("two services and a Prometheus");
const well = await Service.start(
  "well",
  [
    ...["--sources", [...earning, ...other, "tcp_connect_timing"].join(","), "--allow-raw"],
    ...["--OpenEntropy:Sources:MayEnable", "audio_noise", "--OpenEntropy:Sources:Settings:audio_noise:Device", "microphone"],
    ...["--OpenEntropy:Sources:Settings:tcp_connect_timing:Target", `127.0.0.1:${host.address().port}`],
    ...["--OpenEntropy:Pool:Capacity", "64", "--OpenEntropy:Harvest:CpuBudget", "0.1", "--OpenEntropy:Bundles:MaximumBundles", "1"],
  ],
  { hash_timing: 6, page_fault_timing: 5 },
  { ALSA_CONFIG_PATH: microphone() },
);
// One source that earns completes no block; its assessment was low, and an old seed would be allowed.
const ill = await Service.start(
  "ill",
  ["--sources", "sleep_jitter,os_rng", "--OpenEntropy:Drbg:MaximumSeedAge", "00:20:00"],
  { sleep_jitter: 0.2 },
);
const prometheus = await Prometheus.start([well.address, ill.address]);
const dashboard = readDashboard();
const checked = checkFiles();

console.log("all is well");
for (const source of [...earning, ...other, "tcp_connect_timing"]) await well.awaitState(source, "healthy");
await until("the pool is full", async () => (await well.json("/pool/status")).blocks.produced >= 64);
await well.post("/api/v1/pqc/bundles", 201);
await checked;
await checkMetrics(well);
await checkAlerts(prometheus);
const asking = keepAsking(well);
await checkSelectors(prometheus);
await askAll(dashboard, prometheus, "openentropy", well.address);
await asking.stop();

const faults = {
  [well.address]: [
    "OpenEntropyHealthTestFailed",
    "OpenEntropySourcePermanentlyFailed",
    "OpenEntropySourceFailed",
    "OpenEntropyDegraded",
    "OpenEntropyFewEarningSources",
    "OpenEntropyNoHealthySource",
    "OpenEntropyHarvestStopped",
    "OpenEntropyPoolLow",
    "OpenEntropyPoolEmpty",
    "OpenEntropyRefusals",
    "OpenEntropyAnswersBrokenOff",
    "OpenEntropyBundlesRefused",
    "OpenEntropySlow",
  ],
  [ill.address]: ["OpenEntropyUnhealthy", "OpenEntropyAssessmentBelowClaim", "OpenEntropyDeviations"],
};
let fired = 0;
async function awaitAlerts(service, alerts) {
  for (const alert of alerts) {
    say(`${alert}: ${await prometheus.awaitAlert(alert, service.address)}`);
    fired++;
  }
}

console.log("what goes wrong, and what alerts tell of it");
for (const alert of [...faults[well.address], "OpenEntropyDown", "OpenEntropyAbsent"]) await prometheus.awaitSilence(alert, well.address);

await well.post("/api/v1/pqc/bundles", 503); // the ledger is full
await well.post("/sources/audio_noise/enable"); // the microphone falls silent
host.close(); // the host that is timed is gone
const slow = slowReaders(well);
const dry = drain(well); // whoever takes all there is …
for (const source of [...earning, ...other]) await well.post(`/sources/${source}/disable`); // … when there are no more sources
await dry;
const refused = refusedRequests(well);
await awaitAlerts(well, faults[well.address]);
await awaitAlerts(ill, faults[ill.address]);
await slow.stop();
await refused.stop();

console.log("mended");
for (const source of [...earning, ...other]) await well.post(`/sources/${source}/enable`);
for (const alert of ["OpenEntropyNoHealthySource", "OpenEntropyFewEarningSources", "OpenEntropyPoolEmpty", "OpenEntropyPoolLow"])
  await prometheus.awaitSilence(alert, well.address);
say("the alerts end");

console.log("processes that end");
await kill(well.process, "SIGKILL");
await awaitAlerts(well, ["OpenEntropyDown"]);
await kill(ill.process, "SIGKILL");
await awaitAlerts(ill, ["OpenEntropyAbsent"]);
console.log(`${fired} alerts told of faults that were made, in ${Math.round(performance.now() / 1000)} s`);
process.exit(0);
