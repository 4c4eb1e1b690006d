# Validation on one core, parse included, over the examples that HL7 publishes; whoever has them not beside the project sees them skipped.
. "$(dirname "$0")/lib.sh"
examples=../shared/data/fhir-r4-examples
if [ ! -d "$examples" ]; then echo "skipped: $examples is not here" >&2; exit 0; fi
unpacked() { # unpacked NAME ARCHIVE
  if [ ! -d "$work/$1" ]; then
    mkdir -p "$work/$1.part"
    tar -xf "$examples/$2" -C "$work/$1.part"
    mv "$work/$1.part" "$work/$1"
  fi
  echo "$work/$1"
}
for turn in 1 2; do # the first warms the machine
  "$release/validate_bench" archive "$(unpacked archive hl7.fhir.r4.examples-4.0.1.tar.xz)" >"$work/validate-archive"
  "$release/validate_bench" instances "$(unpacked instances instances.tar.xz)" >"$work/validate-instances"
done
cat "$work/validate-archive" "$work/validate-instances"
