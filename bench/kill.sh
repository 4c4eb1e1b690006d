# 200 kills at random moments under load.
. "$(dirname "$0")/lib.sh"
log=$work/kill.txt
mkdir -p "$work"
"$release/witmed_kill" --witmed "$witmed" --rounds "${ROUNDS:-200}" --dir "$work/kill" | tee "$log"
result "kill -9 under load" "$(grep ' kills, ' "$log")" "$(tail -n 1 "$log")" "200 kills: 0 acknowledged lost, 0 half transactions"
