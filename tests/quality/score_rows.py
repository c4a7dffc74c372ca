#!/usr/bin/env python3
"""Scores a binary on the labelled rows: score_rows.py BINARY [KIND ...]

Prints, for each kind, how many rows of `unseen` and of `kept` are right in all that they ask. The rows of `kept` are
unpacked in memory only, and nothing of them is printed. `--show KIND` prints what is wrong in the rows of `unseen`.
"""

import base64
import json
import lzma
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).parent


def rows(kind, half):
    if half == "unseen":
        text = (FOLDER / "unseen" / f"{kind}.jsonl").read_text()
    else:
        packed = (FOLDER / "kept" / f"{kind}.jsonl.xz.b64").read_text()
        text = lzma.decompress(base64.b64decode(packed)).decode()
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def analyze(binary, given):
    keys = ("id", "text", "title", "source", "url")
    lines = [json.dumps({key: row[key] for key in keys if row.get(key)}) for row in given]
    done = subprocess.run([binary, "analyze", "--jsonl"], input="\n".join(lines), capture_output=True, text=True, check=True)
    return {found["id"]: found for found in map(json.loads, done.stdout.splitlines())}


def covers(wanted, found):
    return found == wanted or found.split(".")[0] == wanted or ("." in wanted and found == wanted.split(".")[0])


def faults(row, found, known):
    """Says what is wrong; kinds of indicators that the program does not know are left out."""
    want = row["want"]
    tiers = {(hit["type"], hit["value"].lower()): hit["tier"] for hit in found["indicators"]}
    first = {key for key, tier in tiers.items() if tier == "indicator"}
    techniques = [hit["id"] for hit in found["techniques"]]
    said = []
    if "indicators" in want:
        scope = known if want["scope"] == "all" else set(want["scope"]) & known
        wanted = {(kind, value.lower()) for kind, value in map(tuple, want["indicators"]) if kind in scope}
        optional = {(kind, value.lower()) for kind, value in map(tuple, want.get("optional", []))}
        have = {key for key in first if key[0] in scope}
        said += [f"missing {key}" for key in wanted - have]
        said += [f"wrong {key}" for key in have - wanted - optional]
    said += [f"never {hit}" for hit in want.get("never", []) if (hit[0], hit[1].lower()) in first]
    said += [f"missing {id}" for id in want.get("techniques", []) if not any(covers(id, hit) for hit in techniques)]
    for id in want.get("no_techniques", []):
        said += [f"wrong {hit}" for hit in techniques if hit == id or hit.startswith(id + ".")]
    if "severity" in want and found["severity"] not in want["severity"]:
        said.append(f"severity {found['severity']}, not {want['severity']}")
    if found["severity"] in want.get("no_severity", []):
        said.append(f"severity {found['severity']}")
    said += [f"missing phase {phase}" for phase in want.get("phases", []) if phase not in found["kill_chain"]]
    said += [f"wrong phase {phase}" for phase in want.get("no_phases", []) if phase in found["kill_chain"]]
    return said


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--show"]
    show = "--show" in sys.argv
    binary, kinds = arguments[0], arguments[1:]
    known = {
        "ipv4", "ipv6", "domain", "url", "email", "md5", "sha1", "sha256", "sha512", "cve", "file_name", "file_path",
        "registry_key", "mutex", "named_pipe", "user_agent", "package", "bitcoin", "ethereum", "monero", "onion", "asn",
        "cidr", "mac", "command_line",
    }
    kinds = kinds or sorted(path.stem for path in (FOLDER / "unseen").glob("*.jsonl"))
    print(f"{'kind':18} {'unseen':>12} {'kept':>12}")
    for kind in kinds:
        cells = []
        for half in ("unseen", "kept"):
            given = rows(kind, half)
            found = analyze(binary, given)
            wrong = {row["id"]: faults(row, found[row["id"]], known) for row in given}
            right = sum(not fault for fault in wrong.values())
            cells.append(f"{right}/{len(given)} {right / len(given):.2f}")
            if show and half == "unseen":
                for id, fault in wrong.items():
                    if fault:
                        print(f"  {id}: {'; '.join(map(str, fault))}")
        print(f"{kind:18} {cells[0]:>12} {cells[1]:>12}", flush=True)


main()
