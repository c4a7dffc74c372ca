#!/usr/bin/env bash
# Reads every Sigma rule with `sigma check`.
#   tests/validators/check_sigma.sh ROWS WORK
set -euo pipefail

rows=$1 work=$2
here=$(cd "$(dirname "$0")" && pwd)
if [[ ! -x $work/python/bin/sigma ]]; then
  rm -rf "$work/python"
  python3 -m venv "$work/python"
  "$work/python/bin/pip" install --quiet --disable-pip-version-check sigma-cli==3.1.0
fi
rm -rf "$work/rules"
mkdir "$work/rules"
python3 "$here/sigma_rules.py" "$rows" "$work/rules"

# Left out: two checks that fetch MITRE's data from the network (the lint knows the techniques), two that would count
# the same rule over several sets of values as copies, and the one against escaped wildcards, which are meant here.
failed=0
"$work/python/bin/sigma" check --fail-on-issues \
  -x attacktag -x d3_fendtag -x duplicate_title -x identifier_uniqueness -x escaped_wildcard \
  "$work/rules" > "$work/sigma.txt" 2>&1 || failed=1
grep -E '^(Found|Invalid|issue=)|Error' "$work/sigma.txt" || true
exit "$failed"
