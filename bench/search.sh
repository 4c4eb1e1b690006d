# Patient and code newest 20, and identifier, at half a million and at five million resources, 1,000 requests a second.
. "$(dirname "$0")/lib.sh"
many=${RESIDENTS_5M:-58000} few=${RESIDENTS_500K:-5800} years=${YEARS:-2}  # about 86 resources a resident

loaded() { # loaded NAME RESIDENTS: a store with that village, kept from bench/import.sh where it is there
  if [ ! -e "$work/$1/record.db" ]; then "$witmed" import --data "$(fresh "$1")" "$(village "$2" "$years")" >&2; fi
  echo "$work/$1"
}

p99=()
measure() { # measure NAME RESIDENTS WHAT
  serve "$(loaded "$1" "$2")"
  "$release/load_bench" --url "$url/fhir" --scenario search --scenario identifier --rate 1000 --seconds 20 --repeat 3 --target "p99 ≤ 5 ms" |
    tee "$work/search.txt" | grep -v '^RESULT'
  "$release/load_bench" --url "$url/fhir" --scenario hottest --scenario fullest --rate 200 --seconds 10 --repeat 3 | tee -a "$work/search.txt" | grep -v '^RESULT'
  sed -n "s/^RESULT /RESULT $3: /p" "$work/search.txt"
  result "$3: memory of the server" "$(anonymous) MB" "file pages apart; most with them $(peak) MB" "≤ 1 GB"
  p99+=("$(sed -n 's/^RESULT search.* p99 \([0-9.]*\) p99.9.*/\1/p' "$work/search.txt")")
  stop
}

measure half-million "$few" "500,000"
measure five-million "$many" "5,000,000"
result "p99 of patient and code, the large against the small" "$(ratio "${p99[1]}" "${p99[0]}")" "" "≤ 1.5"
