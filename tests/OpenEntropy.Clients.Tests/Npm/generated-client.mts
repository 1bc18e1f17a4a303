// A client whose types were generated from /openapi/v1.json asks the service that is named; prints what it got.
import { createPublicKey, verify } from "node:crypto";
import createClient from "openapi-fetch";
import type { paths } from "./schema.js";

const client = createClient<paths>({ baseUrl: process.argv[2]! });

/** The body of a success; a refusal is an error here. */
function succeed<T>(answer: { data?: T; error?: unknown }): T {
  if (answer.data === undefined) {
    throw new Error(`refused: ${JSON.stringify(answer.error)}`);
  }

  return answer.data;
}

const random = succeed(await client.GET("/api/v1/random", { params: { query: { length: 16, type: "uint8" } } }));
const bytes = succeed(
  await client.GET("/api/v1/random", { params: { query: { length: 4096, format: "bytes" } }, parseAs: "arrayBuffer" }),
);
const refused = await client.GET("/api/v1/random", { params: { query: { length: 0 } } });
// @ts-expect-error: the document names the types there are
const unknown = await client.GET("/api/v1/random", { params: { query: { type: "uint9" } } });
const health = succeed(await client.GET("/health"));
const pool = succeed(await client.GET("/pool/status"));
const sources = succeed(await client.GET("/sources", { params: { query: { select: "fast" } } }));
const source = succeed(await client.GET("/sources/{name}", { params: { path: { name: "os_rng" } } }));
const assessments = succeed(await client.GET("/api/v1/assessments"));
const integers = succeed(await client.GET("/api/v1/integers", { params: { query: { min: 1, max: 6, count: 100, proof: true } } }));
const shuffled = succeed(await client.POST("/api/v1/shuffle", { body: ["Smith, J.", "Doe", "Müller"] }));
const identity = succeed(await client.GET("/api/v1/identity"));
const signed = succeed(await client.GET("/api/v1/random", { params: { query: { length: 16, type: "uint8", receipt: true } } }));
const anu = succeed(await client.GET("/", { params: { query: { length: 4, type: "hex16", size: 2 } } }));
const bundle = succeed(await client.POST("/api/v1/pqc/bundles", { body: { algorithms: ["ML-KEM-768"], requester: "generated client" } }));
const metrics = succeed(await client.GET("/metrics", { parseAs: "text" }));

if (typeof random === "string" || !("data" in random)) {
  throw new Error("neither text nor a receipt was asked for");
}

if (typeof integers === "string" || typeof shuffled === "string" || typeof signed === "string" || !("receipt" in signed)) {
  throw new Error("no lines were asked for, and a receipt was");
}
if (typeof anu === "string") {
  throw new Error("numbers were asked for, and no page");
}

// As the reference says: of each byte below 252, the largest multiple of 6, the remainder.
const dice = [...Buffer.from(integers.proof!.bytes, "hex")].filter((byte) => byte < 252).map((byte) => 1 + (byte % 6));
const [header, payload, signature] = signed.receipt!.split(".");
const receiptVerifies = verify(
  "sha256",
  Buffer.from(`${header}.${payload}`),
  { key: createPublicKey(identity.pem), dsaEncoding: "ieee-p1363" },
  Buffer.from(signature!, "base64url"),
);
const length: string = anu.length;
const numbers: (number | string)[] = random.data;
console.log(
  JSON.stringify({
    numbers,
    bytes: bytes.byteLength,
    refusal: refused.error && "message" in refused.error ? refused.error.message : undefined,
    unknown: unknown.response.status,
    health: health.status,
    blocks: pool.blocks.produced,
    sources: sources.total,
    source: source.name,
    assessments: assessments.total,
    metrics: metrics.length,
    dice: integers.data.join() === dice.join(),
    shuffled: shuffled.data,
    receipt: receiptVerifies,
    anu: { length, data: anu.data },
    bundle: "secret_keys" in bundle ? { signatures: bundle.signatures.length, secretKeys: bundle.secret_keys.length } : undefined,
  }),
);
