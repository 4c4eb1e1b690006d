# Terminology: judging in process, $expand as one types, and $validate-code over HTTP GET.
. "$(dirname "$0")/lib.sh"
seconds=${SECONDS_EACH:-6} turns=${TURNS:-5}
"$release/terminology_bench"

data=$(fresh terminology)
serve "$data" --set server.threads=2
rate() { wrk -t 1 -c 32 -d "${seconds}s" "$1" | tee -a "$data.wrk" | awk '/^Requests\/sec/ { printf "%.0f\n", $2 }'; }
: >"$data.wrk"; : >"$data.rates"
ask="$url/fhir/ValueSet/\$validate-code?url=http://hl7.org/fhir/ValueSet/administrative-gender&system=http://hl7.org/fhir/administrative-gender&code=male"
curl -sf "$ask" | grep -q '"valueBoolean":true'
rate "$ask" >/dev/null
for _ in $(seq "$turns"); do rate "$ask" >>"$data.rates"; done
grep -E 'Non-2xx|Socket errors' "$data.wrk" && exit 1
result 'ValueSet/$validate-code, GET, 32 connections' "$(median <"$data.rates")/s" "$(spread <"$data.rates")" '≥ 25000/s'

"$release/terminology_bench" --write "$data.json"
curl -sf -o /dev/null -X PUT -H 'Content-Type: application/fhir+json' --data-binary "@$data.json" "$url/fhir/CodeSystem/bench"
typed="$url/fhir/ValueSet/\$expand?url=urn:bench:all&count=20&filter=%E9%AB%98%E8%A1%80%E5%8E%8B"
curl -sf "$typed" | grep -q '"total"'
tail_of() { wrk --latency -t 1 -c 2 -d "${seconds}s" "$1" | awk '$1 == "99%" { print $2 }'; }
result '$expand, GET, a typed filter over 100,000 concepts in the record, 2 connections' "p99 $(tail_of "$typed")" '' 'p99 ≤ 20 ms'
