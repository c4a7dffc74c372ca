"""Splits the lines of `huntdeck hunts --dump` by dialect: one file DIALECT.jsonl each.

usage: split.py DUMP FOLDER
"""

import collections
import json
import pathlib
import sys


def main():
    dump, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    rows = collections.defaultdict(list)
    with dump.open(encoding="utf-8") as lines:
        for line in lines:
            rows[json.loads(line)["dialect"]].append(line)
    for dialect, lines in rows.items():
        (folder / f"{dialect}.jsonl").write_text("".join(lines), encoding="utf-8")
    print("dumped: " + ", ".join(f"{len(lines)} {dialect}" for dialect, lines in sorted(rows.items())))


if __name__ == "__main__":
    main()
