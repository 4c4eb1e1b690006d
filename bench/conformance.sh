# The public suites and data sets that lie beside the project: what of them passes. Whoever has them not sees them skipped.
. "$(dirname "$0")/lib.sh"
mkdir -p "$work"
names=$(sed -n 's/^TEST\(_F\|_P\)\?(\([A-Za-z]*\),.*/\2.*/p' tests/conformance/*_test.cpp | sort -u | paste -sd :)
"$release/witmed_tests" --gtest_filter="$names" --gtest_color=no | tee "$work/conformance.txt" || true
while read -r line; do
  result "$(sed -E 's/^\[ *([A-Z]*) *\] ([^ ]*) .*/\2/' <<<"$line")" "$(sed -E 's/^\[ *([A-Z]*) *\].*/\1/' <<<"$line")" "$(sed -E 's/.*\(([0-9]* ms)\)$/\1/' <<<"$line")" "OK"
done < <(grep -E '^\[ *(OK|FAILED|SKIPPED) *\] .* ms\)$' "$work/conformance.txt")
! grep -qE '^\[  FAILED  \].* ms\)$' "$work/conformance.txt"
