# What the benches share: a server to measure, a village to fill it with, figures of its process. Sourced, never run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

release=build/release
witmed=$release/witmed
work=${WITMED_BENCH_DIR:-build/bench}/store
port=${WITMED_BENCH_PORT:-18181}
url=http://127.0.0.1:$port
server=

result() { printf 'RESULT %s | %s | %s | %s\n' "$@"; }

serve() { # serve DATA [FLAGS…]: starts it and waits for its answer
  local data=$1
  shift
  touch "$data.log"
  served=$data.log served_from=$(wc -l <"$data.log")
  if curl -s -o /dev/null --max-time 1 "$url/healthz"; then echo "something answers at $url already: stop it" >&2; return 1; fi
  "$witmed" serve --port "$port" --data "$data" "$@" >>"$data.log" 2>&1 &
  server=$!
  for _ in $(seq 600); do
    curl -sf -o /dev/null --max-time 1 "$url/healthz" && return
    kill -0 "$server" 2>/dev/null || break
    sleep 0.05
  done
  tail -n 20 "$data.log" >&2
  return 1
}
# Waits until the server has read its files into memory, as one that has run for a day has.
warm() { until tail -n "+$((served_from + 1))" "$served" | grep -q store.warm; do kill -0 "$server" && sleep 0.2; done; }
stop() {
  [ -n "$server" ] || return 0
  kill -TERM "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=
}
trap stop EXIT

# Memory of the server without pages of files, in MB: now, and the most there was.
anonymous() { awk '/^RssAnon/ { printf "%.0f", $2 / 1024 }' "/proc/$server/status"; }
peak() { awk '/^VmHWM/ { printf "%.0f", $2 / 1024 }' "/proc/$server/status"; }

fresh() { # fresh NAME: an empty folder for a store; prints it
  rm -rf "${work:?}/$1" "$work/$1.log"
  mkdir -p "$work/$1"
  echo "$work/$1"
}

median() { sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }
spread() { sort -n | awk 'NR == 1 { low = $1 } { high = $1 } END { print low " – " high }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

# village RESIDENTS YEARS: generated once, kept for the next bench; prints the folder
village() {
  local folder=$work/village-$1-$2
  [ -e "$folder/.whole" ] || {
    rm -rf "$folder"
    "$witmed" generate --residents "$1" --seed 1 --years "$2" --out "$folder" >&2
    touch "$folder/.whole"
  }
  echo "$folder"
}
resources() { cat "$1"/*.ndjson | wc -l; }
size_of() { du -sb --exclude=.whole "$1" | cut -f1; }
