"""Writes each Sigma rule of a dump into a file of its own.

usage: sigma_rules.py SIGMA.jsonl FOLDER
"""

import json
import pathlib
import sys


def main():
    folder = pathlib.Path(sys.argv[2])
    with open(sys.argv[1], encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            name = row["id"].replace("/", "-").lower() + ".yml"
            (folder / name).write_text(row["query"] + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
