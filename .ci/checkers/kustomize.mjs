// Composes a kustomization as `kubectl kustomize` does, of what deploy/kubernetes uses and nothing else: resources, components, namespace, images and
// patches of RFC 6902. Whatever it does not know is an error. Where kubectl is installed, check-deploy compares the two.
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";

const known = new Set(["apiVersion", "kind", "namespace", "resources", "components", "images", "patches"]);
const clusterWide = new Set(["Namespace"]);

/** The objects of a folder with a kustomization.yaml. */
export function build(folder) {
  const text = readFileSync(join(folder, "kustomization.yaml"), "utf8");
  const kustomization = parse(text);
  for (const key of Object.keys(kustomization)) {
    if (!known.has(key)) throw new Error(`${folder}/kustomization.yaml: ${key} is not known here`);
  }

  const objects = (kustomization.resources ?? []).flatMap((path) => read(join(folder, path)));
  objects.push(...(kustomization.components ?? []).flatMap((path) => read(join(folder, path))));
  for (const { target, patch } of kustomization.patches ?? []) {
    const targets = objects.filter((object) => object.kind === target.kind && object.metadata.name === target.name);
    if (targets.length === 0) throw new Error(`${folder}: a patch's target is missing: ${target.kind} ${target.name}`);
    for (const object of targets) parse(patch).forEach((step) => apply(object, step));
  }

  for (const object of objects) {
    if (kustomization.namespace && !clusterWide.has(object.kind)) object.metadata.namespace = kustomization.namespace;
    for (const image of kustomization.images ?? []) setImage(object, image);
  }

  return objects;
}

function read(path) {
  return statSync(path).isDirectory() ? build(path) : parseAllDocuments(readFileSync(path, "utf8")).map((document) => document.toJS());
}

function apply(object, { op, path, value }) {
  const keys = path.slice(1).split("/").map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = keys.pop();
  const parent = keys.reduce((node, key) => node?.[key], object);
  if (parent === undefined || (op !== "add" && !(last in parent))) throw new Error(`${op} ${path}: there is no such path`);
  if (op === "remove") delete parent[last];
  else if (op === "add" && Array.isArray(parent)) parent.splice(last === "-" ? parent.length : Number(last), 0, value);
  else if (op === "add" || op === "replace") parent[last] = value;
  else throw new Error(`${op} is not known here`);
}

function setImage(object, { name, newName, newTag, digest }) {
  for (const container of object.spec?.template?.spec?.containers ?? []) {
    if (container.image === name) container.image = `${newName ?? name}${digest ? `@${digest}` : `:${newTag}`}`;
  }
}
