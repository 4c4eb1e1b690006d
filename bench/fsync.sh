# What one durable write costs on this disk.
. "$(dirname "$0")/lib.sh"
mkdir -p "$work"
"$release/fsync_bench" "$work"
