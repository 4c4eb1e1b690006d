// Lays runs of the two engines side by side: node compare.mjs OURS… -- THEIRS… ; prints RESULT lines, exits 1 when results differ.
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

const cut = process.argv.indexOf("--");
const read = (files) =>
  files.map((file) => readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line)));
const ours = read(process.argv.slice(2, cut)), theirs = read(process.argv.slice(cut + 1));
const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
const shown = (value) => (value >= 100 ? value.toFixed(0) : value.toFixed(1)) + " ×";

const rows = ours[0].map(({ name, kind, result }, at) => {
  const ratios = ours.map((run, turn) => theirs[turn][at].ns / run[at].ns);
  const us = median(ours.map((run) => run[at].ns)) / 1000, them = median(theirs.map((run) => run[at].ns)) / 1000;
  return { name, kind, us, them, low: Math.min(...ratios), high: Math.max(...ratios), ratio: median(ratios),
    equal: isDeepStrictEqual(result, theirs[0][at].result), result, other: theirs[0][at].result };
});
const of = (kind) => rows.filter((row) => !kind || row.kind === kind);
const geometric = (list) => Math.exp(list.reduce((sum, row) => sum + Math.log(row.ratio), 0) / list.length);
const slowest = (list) => list.reduce((least, row) => (row.ratio < least.ratio ? row : least));
const line = (what, figure, spread, asked) => console.log(`RESULT ${what} | ${figure} | ${spread} | ${asked}`);

const differ = rows.filter((row) => !row.equal);
for (const row of differ) console.log(`${row.name}: ${JSON.stringify(row.result)} here, ${JSON.stringify(row.other)} there`);
line("expressions with equal results", `${rows.length - differ.length} of ${rows.length}`, "", "all");
line("times as fast as fhirpath.js, geometric mean", shown(geometric(rows)), "", "≥ 10 ×");
const least = slowest(rows), filter = slowest(of("filter"));
line("the least of them", shown(least.ratio), least.name, "≥ 3 ×");
line("the least of filters and where", shown(filter.ratio), filter.name, "≥ 20 ×");
for (const row of rows)
  line(row.name, `${row.us.toFixed(2)} µs against ${row.them.toFixed(1)} µs`, `${shown(row.low)} – ${shown(row.high)}`, row.kind === "filter" ? "≥ 20 ×" : "≥ 3 ×");
process.exit(differ.length ? 1 : 0);
