#!/usr/bin/env bash
# Reads every query of the catalogue with the parsers of those who made the languages.
#   tests/validators/run.sh BINARY
# The parser of a dialect is called by check_DIALECT.sh. A dialect without one, such as SPL, has no parser to install:
# huntdeck's own lint reads it, as it reads the others.
# What is needed is installed into target/validators, once.
set -euo pipefail

binary=$(realpath "${1:?usage: tests/validators/run.sh BINARY}")
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$root/target/validators
rows=$work/rows
rm -rf "$rows"
mkdir -p "$rows"
"$binary" hunts --dump > "$rows/dump"
python3 "$here/split.py" "$rows/dump" "$rows"

failed=0
for check in "$here"/check_*.sh; do
  dialect=$(basename "$check" .sh)
  dialect=${dialect#check_}
  if [[ ! -s $rows/$dialect.jsonl ]]; then
    echo "no query in $dialect was dumped"
    failed=1
  else
    "$check" "$rows/$dialect.jsonl" "$work" || failed=1
  fi
done

"$binary" hunts lint "$root/assets/hunts" || failed=1
exit "$failed"
