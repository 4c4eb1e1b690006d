// The same expressions by fhirpath.js, precompiled, on parsed resources: a line of JSON each.
//   node fhirpathjs.mjs FOLDER-WITH-NODE_MODULES EXPRESSIONS
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const [folder, file] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));
const fhirpath = require("fhirpath"), r4 = require("fhirpath/fhir-context/r4");
const resources = {};
const resource = (name) => (resources[name] ??= JSON.parse(readFileSync(join(dirname(file), name + ".json"), "utf8")));

// The best of many short runs, after the compiler of JavaScript is warm.
function nanoseconds(body) {
  const run = (rounds) => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < rounds; i++) body();
    return Number(process.hrtime.bigint() - start) / rounds;
  };
  for (const end = Date.now() + 400; Date.now() < end; ) body();
  const rounds = Math.max(10, Math.floor(2e6 / run(20)));
  let best = Infinity;
  for (let i = 0; i < 60; i++) best = Math.min(best, run(rounds));
  return best;
}

for (const line of readFileSync(file, "utf8").split("\n")) {
  if (!line || line.startsWith("#")) continue;
  const [name, kind, on, ...rest] = line.split(" | ");
  const compiled = fhirpath.compile(rest.join(" | "), r4);
  const focus = resource(on.trim()), variables = { resource: focus };
  const result = compiled(focus, variables);
  const ns = nanoseconds(() => compiled(focus, variables));
  console.log(JSON.stringify({ name: name.trim(), kind: kind.trim(), ns, result }));
}
