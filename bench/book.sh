# Books of code systems: made, opened, codes found, search as a person types; the ICD table too where it lies beside the checkout.
. "$(dirname "$0")/lib.sh"
books=()
if [ -d ../shared/data/cn/icd ]; then
  data=$(fresh book)
  "$witmed" terminology load --data "$data" ../shared/data/cn/icd >&2
  books=("$data"/terminology/2.16*.book)
fi
"$release/book_bench" 100000 1000000 "${books[@]}"
