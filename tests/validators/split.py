"""Splits the lines of `huntdeck hunts --dump` by dialect: kql.jsonl, and one file for each Sigma rule.

usage: split.py DUMP FOLDER
"""

import json
import pathlib
import sys


def main():
    dump, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    rules = folder / "sigma"
    rules.mkdir()
    counts = {}
    with dump.open(encoding="utf-8") as rows, (folder / "kql.jsonl").open("w", encoding="utf-8") as kql:
        for line in rows:
            row = json.loads(line)
            counts[row["dialect"]] = counts.get(row["dialect"], 0) + 1
            if row["dialect"] == "kql":
                kql.write(line)
            elif row["dialect"] == "sigma":
                name = row["id"].replace("/", "-").lower() + ".yml"
                (rules / name).write_text(row["query"] + "\n", encoding="utf-8")
    print("dumped: " + ", ".join(f"{count} {dialect}" for dialect, count in sorted(counts.items())))
    if set(counts) != {"spl", "kql", "sigma"}:
        sys.exit("a dialect is missing from the dump")


if __name__ == "__main__":
    main()
