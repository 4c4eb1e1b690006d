# FHIRPath beside fhirpath.js: both precompiled, on parsed resources, turn by turn; results compared.
. "$(dirname "$0")/lib.sh"
turns=${TURNS:-3}
tool=$PWD/.cache/fhirpathjs
[ -e "$tool/node_modules/fhirpath" ] || npm install --prefix "$tool" --no-save --no-fund --no-audit fhirpath@5.2.0 >&2
mkdir -p "$work"
ours=() theirs=()
for turn in $(seq "$turns"); do
  "$release/fhirpath_bench" --expressions bench/fhirpath/expressions.txt >"$work/fhirpath-ours-$turn"
  node bench/fhirpath/fhirpathjs.mjs "$tool" bench/fhirpath/expressions.txt >"$work/fhirpath-theirs-$turn"
  ours+=("$work/fhirpath-ours-$turn") theirs+=("$work/fhirpath-theirs-$turn")
done
node bench/fhirpath/compare.mjs "${ours[@]}" -- "${theirs[@]}"
