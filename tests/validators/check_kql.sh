#!/usr/bin/env bash
# Reads every KQL query with Microsoft's own parser, over the schema of Defender.
#   tests/validators/check_kql.sh ROWS WORK
set -euo pipefail

rows=$1 work=$2
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$work/node"
if ! cmp -s "$here/package.json" "$work/node/package.json"; then
  cp "$here/package.json" "$work/node/package.json"
  (cd "$work/node" && npm install --silent --no-audit --no-fund) || { rm -f "$work/node/package.json"; exit 2; }
fi
cd "$work/node"
node "$here/kql_validate.js" "$here/defender.json" "$rows"
