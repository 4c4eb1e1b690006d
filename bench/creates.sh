# Single creates over 32 connections, fully indexed and durable: on an empty store, and on one of a million resources.
. "$(dirname "$0")/lib.sh"
long=${SECONDS_LONG:-300}

# Some patients to write about, so that the load has subjects.
patients() {
  local i
  for i in $(seq 200); do
    printf '{"resourceType":"Patient","id":"load-%s","identifier":[{"system":"urn:witmed:load","value":"%s"}],"name":[{"family":"负载"}]}\n' "$i" "$i"
  done >"$work/patients.ndjson"
  "$witmed" import --server "$url" "$work/patients.ndjson"
}

# Seconds until everything that was appended is folded into the indexes.
fold_time() {
  local begin=$EPOCHREALTIME left
  for _ in $(seq 1200); do
    left=$(curl -sf "$url/metrics" | awk '/^witmed_store_unfolded/ { n += $2 } END { printf "%d", n }')
    [ "$left" = 0 ] && break
    sleep 0.1
  done
  awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }'
}

creates() { # creates WHAT SECONDS REPEAT TARGET
  "$release/load_bench" --url "$url/fhir" --scenario create --connections 32 --warm-up 2 --seconds "$2" --repeat "$3" --patients 50000 --target "$4" |
    tee "$work/creates.txt" | grep -v '^RESULT'
  sed -n "s/^RESULT create/RESULT $1/p" "$work/creates.txt"
  result "$1: folded after" "$(fold_time) s" "" "≤ 20 s"
  result "$1: memory of the server" "$(anonymous) MB" "file pages apart" "≤ 1 GB"
}

"$release/fsync_bench" "$work"
data=$(fresh creates)
serve "$data"
result "memory of an idle server" "$(anonymous) MB" "file pages apart" "≤ 100 MB"
patients
creates "creates, empty store" 20 3 "≥ 5,000/s"
stop

data=$(fresh creates-million)
"$witmed" import --data "$data" "$(village "${RESIDENTS_1M:-9000}" 2)"
serve "$data"
total=$(curl -sf "$url/metrics" | awk '/^witmed_resources/ { n += $2 } END { printf "%d", n }')
creates "creates, on $total resources, $long s" "$long" 1 "≥ 3,000/s"
