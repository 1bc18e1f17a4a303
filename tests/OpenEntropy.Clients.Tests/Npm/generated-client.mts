// A client whose types were generated from /openapi/v1.json asks the service that is named; prints what it got.
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
const metrics = succeed(await client.GET("/metrics", { parseAs: "text" }));

if (typeof random === "string" || !("data" in random)) {
  throw new Error("neither text nor a receipt was asked for");
}

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
  }),
);
