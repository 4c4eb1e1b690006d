# The main pages on a phone's profile, as Lighthouse sees them: its simulated slow 4G and a slower processor (simulate: the trace is
# taken without throttling and its times are computed, so a busy machine matters less, not nothing). How much slower depends on this
# machine: four times is meant for a fast desktop, a slow machine is nearer to a phone. Lighthouse says by its benchmarkIndex which
# this is (its docs/throttling.md, "Calibrating the CPU slowdown"); both figures are printed, computed from the same traces.
# What counts: performance, accessibility, best-practices. Not seo: the console is no page for search machines.
# Each figure is the median of TURNS runs, each in a fresh profile, so nothing is cached. ONLY="find record" measures those alone.
. "$(dirname "$0")/lib.sh"
turns=${TURNS:-3} residents=${RESIDENTS:-300} only=${ONLY:-}
tool=$PWD/.cache/lighthouse
[ -e "$tool/node_modules/lighthouse" ] || npm install --prefix "$tool" --no-save --no-fund --no-audit lighthouse@12.8.2 >&2
data=$(fresh lighthouse)
"$witmed" import --data "$data" "$(village "$residents" 10)" >&2
serve "$data" --web web/dist

# The resident with the longest record, and an institution with departments: the heaviest of their pages.
answer=$work/lighthouse-answer.json
get() { curl -sf -o "$answer" "$url/fhir$1"; }
get '/Observation?_elements=subject&_count=2000'
fullest=$(node -e 'const seen = {}; for (const { resource } of JSON.parse(require("fs").readFileSync(process.argv[1])).entry) { const who = resource.subject.reference.slice(8); seen[who] = (seen[who] ?? 0) + 1; } console.log(Object.entries(seen).sort((a, b) => b[1] - a[1])[0][0])' "$answer")
get '/Organization?_sort=_id&_count=1&_elements=name'
institution=$(node -e 'console.log(JSON.parse(require("fs").readFileSync(process.argv[1])).entry[0].resource.id)' "$answer")
curl -sf -o /dev/null "$url/fhir/\$overview"
sleep 2

export CHROME_PATH=${CHROMIUM:-/usr/bin/chromium}
# Under an emulated screen headless Chromium holds the first frame of every page back for 1.2 s, whatever is in it ("paint holding", which
# keeps the page before in sight); a page that was drawn at 0.3 s is then said to be drawn at 1.2.
lighthouse() { # lighthouse PATH FLAGS…
  local path=$1
  shift
  "$tool/node_modules/.bin/lighthouse" "$url$path" --quiet --form-factor=mobile --throttling-method=simulate --only-categories=performance,accessibility,best-practices \
    --chrome-flags="--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-features=PaintHolding" "$@" >&2
}

# The mid-tier phone of Lighthouse's table, from where this machine stands in it.
lighthouse / --output=json --output-path="$work/lighthouse-index.json"
index=$(node -e 'console.log(Math.round(JSON.parse(require("fs").readFileSync(process.argv[1])).environment.benchmarkIndex))' "$work/lighthouse-index.json")
slower=$(((index >= 1500) ? 4 : (index >= 800) ? 2 : 1))
result "Lighthouse's index of this machine" "$index" "a phone of the middle is $slower times slower; a fast desktop, 1500 and more: 4 times" ""

FIGURES=("performance, $slower times slower" "performance, 4 times slower" accessibility best-practices "largest paint, ms" "blocked, ms" "layout shift")
judge() { # judge PATH TRACE SLOWER REPORT: a trace says how much slower its times are to be computed
  sed -i 's/"cpuSlowdownMultiplier": *[0-9.]*/"cpuSlowdownMultiplier": '"$3"'/' "$2/artifacts.json"
  lighthouse "$1" --audit-mode="$2" --throttling.cpuSlowdownMultiplier="$3" --output=json --output-path="$4"
}
measure() { # measure PATH TRACE: one line, a column for each of FIGURES
  rm -rf "$2"
  lighthouse "$1" --gather-mode="$2"
  judge "$1" "$2" 4 "$2-4.json"
  judge "$1" "$2" "$slower" "$2.json"
  node -e '
    const read = (path) => JSON.parse(require("fs").readFileSync(path));
    const { categories, audits, runtimeError } = read(process.argv[1]), four = read(process.argv[3]);
    if (runtimeError) throw new Error(runtimeError.message);
    const failed = Object.values(categories).flatMap((category) => category.auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 0.9).map(({ id }) => `${id} (${audits[id].displayValue ?? audits[id].title})`));
    console.error(`  ${process.argv[2]}: ${failed.join(", ") || "nothing under 0.9"}`);
    const time = (id) => Math.round(audits[id].numericValue);
    const score = (category) => Math.round(100 * category.score);
    console.log(score(categories.performance), score(four.categories.performance), score(categories.accessibility), score(categories["best-practices"]), time("largest-contentful-paint"), time("total-blocking-time"), audits["cumulative-layout-shift"].numericValue.toFixed(3));
  ' "$2.json" "$1" "$2-4.json"
}
for page in "overview /" "find /find?q=%E7%8E%8B" "record /residents/$fullest" "timeline /residents/$fullest/timeline" "register /register" "keep /keep/$fullest" "institutions /institutions" "institution /institutions/$institution" "import /import"; do
  read -r name path <<<"$page"
  [ -z "$only" ] || [[ " $only " == *" $name "* ]] || continue
  scores=$work/lighthouse-$name
  : >"$scores"
  for turn in $(seq "$turns"); do measure "$path" "$work/lighthouse-$name-$turn" >>"$scores"; done
  for column in "${!FIGURES[@]}"; do
    asked="≥ 90"
    [ "$column" -lt 4 ] && [ "$column" != 1 ] || asked="–"
    result "$name: ${FIGURES[$column]}" "$(cut -d' ' -f$((column + 1)) "$scores" | median)" "$(cut -d' ' -f$((column + 1)) "$scores" | spread)" "$asked"
  done
done
# Other work on the machine lengthens what is computed, most of all the time blocked: say how much there was.
result "load of the machine at the end, runnable tasks" "$(cut -d' ' -f1 /proc/loadavg)" "$(nproc) cores" "≤ 1 for figures to go by"
