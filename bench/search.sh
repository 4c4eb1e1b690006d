# Patient and code newest 20, and identifier, at half a million and at five million resources, 1,000 requests a second.
. "$(dirname "$0")/lib.sh"
many=${RESIDENTS_5M:-45000} few=${RESIDENTS_500K:-4500} years=${YEARS:-2}  # about 111 resources a resident

loaded() { # loaded NAME RESIDENTS: a store with that village, kept from bench/import.sh where it is there
  if [ ! -e "$work/$1/record.db" ]; then "$witmed" import --data "$(fresh "$1")" "$(village "$2" "$years")" >&2; fi
  echo "$work/$1"
}

# Both stores answer at once, asked turn by turn, so that what else the machine does falls on both alike. Reading by id comes from
# memory: its latency is that of the machine and of HTTP, below which no search can be.
small_port=18183 small=
port=$small_port url=http://127.0.0.1:$small_port serve "$(loaded half-million "$few")"
warm
small=$server server=
serve "$(loaded five-million "$many")"
warm
trap 'kill -TERM $small 2>/dev/null; stop' EXIT
result "start of the server of 5 million until it answers" "$(sed -n 's/.*server.ready.* ms=\([0-9]*\).*/\1/p' "$work/five-million.log" | tail -n 1) ms" "" "≤ 500 ms"
urls=(--url "$url/fhir" --url "http://127.0.0.1:$small_port/fhir")

# What the servers themselves take: one connection that asks again when it is answered. The machine's own pauses, which are the
# p99 at a given rate, fall on few of its requests.
"$release/load_bench" "${urls[@]}" --scenario search --scenario identifier --connections 1 --seconds 10 --repeat 5 --patients 58000 --target "p99 ≤ 1.5 × that at 500,000"
for scenario in read search identifier; do
  "$release/load_bench" "${urls[@]}" --scenario $scenario --rate 1000 --seconds 10 --repeat 5 --patients 58000 --target "p99 ≤ 5 ms; ≤ 1.5 × that at 500,000"
done
"$release/load_bench" "${urls[@]}" --scenario hottest --scenario fullest --rate 200 --seconds 6 --repeat 3
result "memory of the server of 5 million" "$(anonymous) MB" "file pages apart; most with them $(peak) MB" "≤ 1 GB"
