# The main pages on a phone's profile, as Lighthouse sees them: its simulated slow 4G and processor four times slower
# (simulate: the trace is taken without throttling and its times are computed, so a busy machine matters less, not nothing).
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
FIGURES=(performance accessibility best-practices "largest paint, ms" "blocked, ms" "layout shift")
measure() { # measure PATH REPORT: one line, a column for each of FIGURES
  "$tool/node_modules/.bin/lighthouse" "$url$1" --output=json --output-path="$2" --quiet --form-factor=mobile --throttling-method=simulate \
    --only-categories=performance,accessibility,best-practices --chrome-flags="--headless=new --no-sandbox --disable-gpu --disable-background-networking" >&2
  node -e '
    const { categories, audits, runtimeError } = JSON.parse(require("fs").readFileSync(process.argv[1]));
    if (runtimeError) throw new Error(runtimeError.message);
    const failed = Object.values(categories).flatMap((category) => category.auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 0.9).map(({ id }) => `${id} (${audits[id].displayValue ?? audits[id].title})`));
    console.error(`  ${process.argv[2]}: ${failed.join(", ") || "nothing under 0.9"}`);
    const time = (id) => Math.round(audits[id].numericValue);
    console.log(["performance", "accessibility", "best-practices"].map((each) => Math.round(100 * categories[each].score)).join(" "), time("largest-contentful-paint"), time("total-blocking-time"), audits["cumulative-layout-shift"].numericValue.toFixed(3));
  ' "$2" "$1"
}
for page in "overview /" "find /find?q=%E7%8E%8B" "record /residents/$fullest" "timeline /residents/$fullest/timeline" "register /register" "keep /keep/$fullest" "institutions /institutions" "institution /institutions/$institution" "import /import"; do
  read -r name path <<<"$page"
  [ -z "$only" ] || [[ " $only " == *" $name "* ]] || continue
  scores=$work/lighthouse-$name
  : >"$scores"
  for turn in $(seq "$turns"); do measure "$path" "$work/lighthouse-$name-$turn.json" >>"$scores"; done
  for column in "${!FIGURES[@]}"; do
    asked="≥ 90"
    [ "$column" -lt 3 ] || asked="–"
    result "$name: ${FIGURES[$column]}" "$(cut -d' ' -f$((column + 1)) "$scores" | median)" "$(cut -d' ' -f$((column + 1)) "$scores" | spread)" "$asked"
  done
done
# Other work on the machine lengthens what is computed, most of all the time blocked: say how much there was.
result "load of the machine at the end, runnable tasks" "$(cut -d' ' -f1 /proc/loadavg)" "$(nproc) cores" "≤ 1 for figures to go by"
