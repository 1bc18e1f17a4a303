// Checks deploy/kubernetes: kubernetes.mjs FOLDER OUTPUT. Composes every kustomization, validates each object against the schemas of its kind (numbers,
// enumerations, what is required), and writes them to OUTPUT as TypeScript, so that the compiler finds fields that do not exist.
// Then the rules that no schema knows.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./kustomize.mjs";

const [folder, output] = process.argv.slice(2);
const operator = "monitoring.coreos.com/v1";
const problems = [];
const told = [];

function moduleOf({ apiVersion, kind }) {
  const group = apiVersion === operator ? "@kubernetes-models/prometheus-operator" : "kubernetes-models";
  return `${group}/${apiVersion}/${kind}`;
}

async function validate(where, object) {
  const type = (await import(moduleOf(object)))[object.kind];
  try {
    new type(object).validate();
  } catch (error) {
    problems.push(`${where}: ${object.kind} ${object.metadata?.name}: ${error.message}`);
  }
}

function asTypeScript(objects) {
  const imports = objects.map((object, i) => `import type { I${object.kind} as T${i} } from "${moduleOf(object)}";`);
  const values = objects.map((object, i) => `export const o${i}: T${i} = ${JSON.stringify(object, null, 2)};`);
  return [...imports, ...values, ""].join("\n");
}

function agree(where, objects) {
  const of = (kind) => objects.filter((object) => object.kind === kind);
  const expect = (right, text) => right || problems.push(`${where}: ${text}`);
  const [deployment] = of("Deployment");
  const pod = deployment.spec.template;
  const container = pod.spec.containers[0];
  const ports = container.ports.map((port) => port.name);
  const selects = (selector) => Object.entries(selector).every(([key, value]) => pod.metadata.labels[key] === value);
  expect(selects(deployment.spec.selector.matchLabels), "the Deployment does not select its own pods");
  for (const service of of("Service")) {
    expect(selects(service.spec.selector), "the Service selects no pod");
    service.spec.ports.forEach((port) => expect(ports.includes(port.targetPort), `the Service's port ${port.targetPort} is none of the container's`));
  }
  for (const kind of ["PodDisruptionBudget", "NetworkPolicy"]) {
    expect(of(kind).length === 1, `no ${kind}`);
    of(kind).forEach(({ spec }) => expect(selects((spec.selector ?? spec.podSelector).matchLabels), `the ${kind} selects no pod`));
  }
  const [budget] = of("PodDisruptionBudget");
  expect((budget?.spec.minAvailable ?? 0) < deployment.spec.replicas, "the PodDisruptionBudget lets no node be drained");
  for (const probe of ["startupProbe", "readinessProbe", "livenessProbe"]) {
    expect(ports.includes(container[probe]?.httpGet.port), `${probe} asks no port of the container's`);
  }
  const volumes = pod.spec.volumes.map((volume) => volume.name);
  container.volumeMounts.forEach((mount) => expect(volumes.includes(mount.name), `${mount.name} is no volume`));
  const storage = container.env.find((variable) => variable.name === "OpenEntropy__Storage__Directory")?.value ?? "";
  expect(container.volumeMounts.some((mount) => storage.startsWith(`${mount.mountPath}/`)), `the storage ${storage} is not within a volume`);
  const claims = of("PersistentVolumeClaim").map((claim) => claim.metadata.name);
  for (const { persistentVolumeClaim: claim } of pod.spec.volumes) expect(!claim || claims.includes(claim.claimName), `no claim ${claim?.claimName}`);
  expect(pod.spec.securityContext.runAsNonRoot && pod.spec.securityContext.runAsUser > 0, "the pod may be root");
  expect(container.securityContext.readOnlyRootFilesystem && !container.securityContext.allowPrivilegeEscalation, "the container is not closed");
  expect(/[:@]/.test(container.image) && !container.image.endsWith(":latest"), `the image ${container.image} is not pinned`);
  for (const monitor of of("ServiceMonitor")) {
    const service = of("Service")[0];
    expect(
      Object.entries(monitor.spec.selector.matchLabels).every(([key, value]) => service.metadata.labels[key] === value),
      "the ServiceMonitor selects no Service",
    );
    monitor.spec.endpoints.forEach((endpoint) => expect(service.spec.ports.some((port) => port.name === endpoint.port), "the ServiceMonitor's port"));
    // The rules and the dashboard ask for job="openentropy".
    expect(service.metadata.labels[monitor.spec.jobLabel] === "openentropy", "the ServiceMonitor names the job otherwise than the rules do");
  }
}

mkdirSync(output, { recursive: true });
const overlays = readdirSync(join(folder, "overlays"));
for (const overlay of overlays) {
  const path = join(folder, "overlays", overlay);
  const objects = build(path);
  for (const object of objects) await validate(path, object);
  agree(path, objects);
  writeFileSync(join(output, `${overlay}.ts`), asTypeScript(objects));
  writeFileSync(join(output, `${overlay}.json`), JSON.stringify(objects));
  told.push(`${overlay}: ${objects.map((object) => object.kind).join(", ")}`);
}

told.forEach((line) => console.log(`  ${line}`));
problems.forEach((line) => console.error(line));
process.exit(problems.length === 0 && overlays.length >= 2 ? 0 : 1);
