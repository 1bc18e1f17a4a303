// Lints the OpenAPI document that is named; prints each problem and ends with 1 where there is any.
import { createConfig, lint } from "@redocly/openapi-core";

const config = await createConfig({
  extends: ["recommended-strict"],
  // Health and metrics take nothing that could be refused, so that they have no 4xx of their own.
  // And a client of the newer ANU API asks for a path with a slash at its end.
  rules: { "operation-4xx-response": "off", "no-path-trailing-slash": "off" },
});
const problems = await lint({ ref: process.argv[2], config });
for (const problem of problems) {
  console.log(`${problem.severity} ${problem.ruleId}: ${problem.message} at ${problem.location[0]?.pointer}`);
}

console.log(problems.length === 0 ? "no problems" : `${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
