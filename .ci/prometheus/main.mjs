// In the order of an operator's year: all is well, sources fail, the pool runs dry, it is mended, a process dies.
import { createServer } from "node:net";
import { askAll, readDashboard } from "./dashboard.mjs";
import { drain, keepAsking, refusedRequests, slowReaders } from "./clients.mjs";
import { head, kill, say, until } from "./machine.mjs";
import { Prometheus } from "./prometheus.mjs";
import { checkAlerts, checkFiles, checkMetrics, checkSelectors } from "./rules.mjs";
import { microphone, Service } from "./service.mjs";

const earning = ["dram_row_buffer", "cache_flush", "sleep_jitter", "page_fault_timing"];
const other = ["clock_jitter", "os_rng"];
const byTls = ["--dev-certificate", "--urls", "http://127.0.0.1:0;https://127.0.0.1:0"];
const prefix = name => `OpenEntropy${name}`;

// A host on the network, until it is gone; each connection is taken and dropped.
const host = createServer(peer => peer.on("error", () => {}).destroy());
await new Promise(listening => host.listen(0, "127.0.0.1", listening));

head("two services and a Prometheus");
const [well, ill] = await Promise.all([
  Service.start(
    "well",
    [
      ...["--sources", [...earning, ...other, "tcp_connect_timing"].join(","), "--allow-raw"],
      ...["--OpenEntropy:Sources:MayEnable", "audio_noise", "--OpenEntropy:Sources:Settings:audio_noise:Device", "microphone"],
      ...["--OpenEntropy:Sources:Settings:tcp_connect_timing:Target", `127.0.0.1:${host.address().port}`],
      ...["--OpenEntropy:Pool:Capacity", "64", "--OpenEntropy:Harvest:CpuBudget", "0.1", "--OpenEntropy:Bundles:MaximumBundles", "1"],
      ...byTls,
    ],
    { cache_flush: 6, page_fault_timing: 5 },
    { ALSA_CONFIG_PATH: microphone() },
  ),
  // One source that earns completes no block; its assessment was low, and an old seed would be allowed.
  Service.start("ill", ["--sources", "sleep_jitter,os_rng", "--OpenEntropy:Drbg:MaximumSeedAge", "00:20:00", ...byTls], { sleep_jitter: 0.2 }),
]);
await Promise.all([well.shakeHands(), ill.shakeHands()]); // so that the ends of their certificates are told
const prometheus = await Prometheus.start([well.address, ill.address]);
const dashboard = readDashboard();

head("all is well");
for (const source of [...earning, ...other, "tcp_connect_timing"]) await well.awaitState(source, "healthy");
await until("the pool is full", async () => (await well.json("/pool/status")).blocks.produced >= 64);
await well.post("/api/v1/pqc/bundles", 201);
await checkMetrics(well);
await checkAlerts(prometheus);
const asking = keepAsking(well);
await checkSelectors(prometheus);
await askAll(dashboard, prometheus, "openentropy", well.address);
await asking.stop();

head("what goes wrong, and the alerts that tell of it");
const alerts = (service, ...names) => names.map(name => ({ name, instance: service?.address }));
const told = [];
async function awaitAlerts(since, wanted) {
  await prometheus.awaitAlerts(since, wanted);
  told.push(...wanted);
}

const lasting = ["NoHealthySource", "FewEarningSources", "HarvestStopped", "PoolLow", "PoolEmpty", "Degraded", "SourceFailed"].map(prefix);
const others = ["HealthTestFailed", "SourcePermanentlyFailed", "BundlesRefused", "Refusals", "AnswersBrokenOff", "Slow"].map(prefix);
await prometheus.awaitSilence([...lasting, ...others, ...["Down", "Absent"].map(prefix)], well.address);
await until("the pool has blocks to drain", async () => (await well.json("/pool/status")).blocks_available >= 16);
const begin = performance.now();
const checked = checkFiles(); // meanwhile
await well.post("/api/v1/pqc/bundles", 503); // the ledger is full
await well.post("/sources/audio_noise/enable"); // the microphone falls silent
host.close(); // the host that is timed is gone
const slow = slowReaders(well);
const dry = drain(well); // whoever takes all there is …
for (const source of [...earning, ...other]) await well.post(`/sources/${source}/disable`); // … when there are no more sources
await dry;
const refused = refusedRequests(well);
const always = ["Unhealthy", "AssessmentBelowClaim", "Deviations"].map(prefix);
await awaitAlerts(begin, [...alerts(well, ...lasting, ...others), ...alerts(ill, ...always)]);
await Promise.all([checked, slow.stop(), refused.stop()]);

head("mended");
for (const source of [...earning, ...other]) await well.post(`/sources/${source}/enable`);
await prometheus.awaitSilence(["NoHealthySource", "FewEarningSources", "PoolLow", "PoolEmpty"].map(prefix), well.address);
say("the alerts end");

head("processes that end");
const death = performance.now();
await kill(well.process, "SIGKILL");
await kill(ill.process, "SIGKILL");
await awaitAlerts(death, [...alerts(well, prefix("Down")), ...alerts(ill, prefix("Down")), ...alerts(null, prefix("Absent"))]);
const kinds = new Set(told.map(({ name }) => name)).size;
console.log(`${kinds} alerts told of faults that were made, in ${Math.round(performance.now() / 1000)} s`);
process.exit(0);
