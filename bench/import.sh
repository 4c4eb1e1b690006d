# Import into an empty store of about five million resources, against SQLite alone; then a million more into it.
. "$(dirname "$0")/lib.sh"
many=${RESIDENTS_5M:-45000} few=${RESIDENTS_500K:-4500} years=${YEARS:-2}  # about 111 resources a resident

timed() { # timed COMMAND…: seconds it took
  local begin=$EPOCHREALTIME
  "$@" >&2
  awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.2f", b - a }'
}
per_second() { awk -v n="$1" -v s="$2" 'BEGIN { printf "%.0f", n / s }'; }

first_query() {
  serve "$1"
  curl -sf -o /dev/null "$url/fhir/Observation?code=8867-4&_sort=-date&_count=20"
  stop
}

folder=$(village "$many" "$years")
n=$(resources "$folder")
data=$(fresh five-million)
loading=$(timed "$witmed" import --data "$data" "$folder")
query=$(timed first_query "$data")
ours=$(awk -v n="$n" -v a="$loading" -v b="$query" 'BEGIN { printf "%.0f", n / (a + b) }')
result "import of $n resources into an empty store" "$ours/s" "$loading s, and $query s to the first answered query" "≥ 10,000/s"
size=$(size_of "$data")
result "size on disk" "$(awk -v s="$size" -v n="$n" 'BEGIN { printf "%.0f bytes a resource", s / n }')" "indexes included" "≤ 1.2 KB"

rows=$("$witmed" verify --data "$data" | sed -n 's/^\([0-9]*\) versions and \([0-9]*\) index rows.*: \([0-9]*\) problems/\1 \2 \3/p')
result "index rows a resource" "$(awk '{ printf "%.1f", $2 / $1 }' <<<"$rows")" "witmed verify: ${rows##* } problems" ""

for packing in rows blocks; do
  raw=$("$release/raw_sqlite_bench" "$data" "$work/raw" $packing | tee /dev/stderr)
  rate=$(sed 's/.*: \([0-9]*\) resources.*/\1/' <<<"$raw")
  result "SQLite alone, the same index as $packing" "$rate/s" "$raw" ""
  result "ratio, $packing" "$(ratio "$ours" "$rate")" "" "$([ $packing = rows ] && echo "≥ 0.6")"
done

copy=$work/five-million-and-more
rm -rf "$copy"
cp -r "$data" "$copy"
rates=()
for seed in 2 3; do
  more=$work/village-more-$seed
  rm -rf "$more"
  "$witmed" generate --residents "$few" --seed "$seed" --years "$years" --out "$more" >&2
  count=$(resources "$more")
  rates+=("$(per_second "$count" "$(timed "$witmed" import --data "$copy" "$more")")")
  result "import of $count more" "${rates[-1]}/s" "" "≥ 3,000/s"
done
result "the last against the first" "$(ratio "${rates[1]}" "${rates[0]}")" "" "≥ 0.7"
rm -rf "$copy"
