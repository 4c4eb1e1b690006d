# 200 simulated power cuts, failing syncs, a full disk.
. "$(dirname "$0")/lib.sh"
log=$work/power.txt
mkdir -p "$work"
"$release/witmed_power" --witmed "$witmed" --shim "$release/libwitmed_power_shim.so" --cuts "${CUTS:-200}" --dir "$work/power" | tee "$log"
result "power cuts" "$(grep ' cuts: ' "$log" | sed 's/^ *ok *//')" "$(tail -n 1 "$log")" "200 cuts: nothing lost; fails without syncs; failing sync and full disk acknowledge nothing"
grep -E 'without syncs|during|compared, before' "$log" | sed 's/^ *ok *//; s/|/;/g' | while read -r line; do result "${line%%:*}" "${line#*: }" "" ""; done
