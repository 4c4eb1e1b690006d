# The public suites and data sets that lie beside the project: what of them passes. Whoever has them not sees them skipped.
. "$(dirname "$0")/lib.sh"
mkdir -p "$work"
names=$(sed -n 's/^TEST\(_F\|_P\)\?(\([A-Za-z]*\),.*/\2.*/p' tests/conformance/*_test.cpp | sort -u | paste -sd :)
"$release/witmed_tests" --gtest_filter="$names" --gtest_color=no | tee "$work/conformance.txt" || true
awk '
  /^\[ RUN / { said = ""; next }
  /^\[ *(OK|FAILED|SKIPPED) *\] .* ms\)$/ {
    time = $0; sub(/.*\(/, "", time); sub(/\)$/, "", time)
    verdict = $0; sub(/^\[ */, "", verdict); sub(/ *\].*/, "", verdict)
    name = $0; sub(/^[^\]]*\] /, "", name); sub(/ \(.*/, "", name)
    printf "RESULT %s | %s%s | %s | OK\n", name, verdict, said, time; next
  }
  /^[0-9a-z]/ { said = said "; " $0 }
' "$work/conformance.txt"
! grep -qE '^\[  FAILED  \].* ms\)$' "$work/conformance.txt"
