# 60 query shapes over ten million resources and over one million; the fullest record; visits sent as transactions.
. "$(dirname "$0")/lib.sh"
many=${RESIDENTS_10M:-20000} few=${RESIDENTS_1M:-2000} years=${YEARS:-12}  # full records: about 560 resources a resident

loaded() { # loaded NAME RESIDENTS: a store with that village, kept for the next run
  if [ ! -e "$work/$1/record.db" ]; then "$witmed" import --data "$(fresh "$1")" "$(village "$2" "$years")" >&2; fi
  echo "$work/$1"
}

small_port=18183 small=
port=$small_port url=http://127.0.0.1:$small_port serve "$(loaded one-million "$few")"
warm
small=$server server=
trap 'kill -TERM $small 2>/dev/null || true; stop' EXIT
serve "$(loaded ten-million "$many")"
warm
total=$(curl -sf "$url/metrics" | awk '/^witmed_resources/ { n += $2 } END { printf "%d", n }')
less=$(curl -sf "http://127.0.0.1:$small_port/metrics" | awk '/^witmed_resources/ { n += $2 } END { printf "%d", n }')
result "resources" "$total" "against $less" "≥ 10,000,000 against 1,000,000"
"$release/shapes_bench" --url "$url/fhir" --url "http://127.0.0.1:$small_port/fhir" --requests "${REQUESTS:-200}"
"$release/load_bench" --url "$url/fhir" --scenario everything --connections 8 --seconds 10 --repeat 3 --patients 58000 --target "≥ 100/s for a record of 2,000"
result "memory of the server of ten million" "$(anonymous) MB" "file pages apart; most with them $(peak) MB" "≤ 1 GB"
stop
# Visits are written to a copy, so that the stores that are compared stay as they are.
rm -rf "$work/visits"
cp -r "$work/one-million" "$work/visits"
serve "$work/visits"
"$release/load_bench" --url "$url/fhir" --scenario transaction --connections 16 --seconds 20 --repeat 3 --patients 58000 --target "≥ 100/s"
stop
rm -rf "$work/visits"
