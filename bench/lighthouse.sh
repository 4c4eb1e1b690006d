# The pages on a phone's profile, as Lighthouse sees them (its simulated slow 4G and slow processor): overview, find, a record.
. "$(dirname "$0")/lib.sh"
turns=${TURNS:-3} residents=${RESIDENTS:-300}
tool=$PWD/.cache/lighthouse
[ -e "$tool/node_modules/lighthouse" ] || npm install --prefix "$tool" --no-save --no-fund --no-audit lighthouse@12.8.2 >&2
data=$(fresh lighthouse)
"$witmed" import --data "$data" "$(village "$residents" 10)" >&2
serve "$data" --web web/dist
fullest=$(curl -sf "$url/fhir/Patient?_count=1&_elements=id" | sed -n 's/.*"id":"\([^"]*\)","meta".*/\1/p')
curl -sf -o /dev/null "$url/fhir/\$overview"
sleep 2

report=$work/lighthouse.json
export CHROME_PATH=${CHROMIUM:-/usr/bin/chromium}
measure() { # measure PATH: one line of scores, 0 to 100
  "$tool/node_modules/.bin/lighthouse" "$url$1" --output=json --output-path="$report" --quiet \
    --only-categories=performance,accessibility,best-practices --chrome-flags="--headless=new --no-sandbox --disable-gpu" >&2
  node -e 'const { categories } = JSON.parse(require("fs").readFileSync(process.argv[1])); console.log(["performance", "accessibility", "best-practices"].map((each) => Math.round(100 * categories[each].score)).join(" "))' "$report"
}
for page in "overview /" "find /find?q=%E7%8E%8B" "record /residents/$fullest"; do
  read -r name path <<<"$page"
  scores=$work/lighthouse-$name
  : >"$scores"
  for _ in $(seq "$turns"); do measure "$path" >>"$scores"; done
  column=1
  for what in performance accessibility best-practices; do
    result "$name: $what, phone profile" "$(cut -d' ' -f$column "$scores" | median)" "$(cut -d' ' -f$column "$scores" | spread)" "≥ 90"
    column=$((column + 1))
  done
done
