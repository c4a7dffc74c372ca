#!/usr/bin/env bash
# Reads every query of the catalogue with the parsers of those who made the languages.
#   tests/validators/run.sh BINARY
# KQL: Microsoft's own parser. Sigma: `sigma check`. SPL has no parser to install: huntdeck's own lint reads it.
# What is needed is installed into target/validators, once.
set -euo pipefail

binary=$(realpath "${1:?usage: tests/validators/run.sh BINARY}")
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$root/target/validators
mkdir -p "$work/node"

if ! cmp -s "$here/package.json" "$work/node/package.json"; then
  cp "$here/package.json" "$work/node/package.json"
  (cd "$work/node" && npm install --silent --no-audit --no-fund) || { rm -f "$work/node/package.json"; exit 2; }
fi
if [[ ! -x $work/python/bin/sigma ]]; then
  rm -rf "$work/python"
  python3 -m venv "$work/python"
  "$work/python/bin/pip" install --quiet --disable-pip-version-check sigma-cli==3.1.0
fi

rows=$work/rows
rm -rf "$rows"
mkdir -p "$rows"
"$binary" hunts --dump > "$rows/dump.jsonl"
python3 "$here/split.py" "$rows/dump.jsonl" "$rows"

failed=0
(cd "$work/node" && node "$here/kql_validate.js" "$here/defender.json" "$rows/kql.jsonl") || failed=1

# Left out: two checks that fetch MITRE's data from the network (the lint knows the techniques), two that would count
# the same rule over several sets of values as copies, and the one against escaped wildcards, which are meant here.
"$work/python/bin/sigma" check --fail-on-issues \
  -x attacktag -x d3_fendtag -x duplicate_title -x identifier_uniqueness -x escaped_wildcard \
  "$rows/sigma" > "$rows/sigma.txt" 2>&1 || failed=1
grep -E '^(Found|Invalid|issue=)|Error' "$rows/sigma.txt" || true

"$binary" hunts lint "$root/assets/hunts" || failed=1
exit "$failed"
