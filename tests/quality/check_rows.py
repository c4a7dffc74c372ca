#!/usr/bin/env python3
"""Checks the labelled rows of `unseen` and `kept`: JSON, ids, keys, types, and that values stand in the text.

Usage: check_rows.py [TABLE]
TABLE is an optional tab-separated list of ATT&CK techniques with their status: every id must be active in it.
Prints one line for each fault and totals for each file, never a row of `kept`.
"""

import base64
import html
import json
import lzma
import re
import socket
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TYPES = set(
    "ipv4 ipv6 domain url email md5 sha1 sha256 sha512 cve file_name file_path registry_key mutex named_pipe user_agent "
    "package bitcoin ethereum monero onion asn cidr mac command_line browser_extension mobile_package code_signer service "
    "scheduled_task url_path log_phrase port container_image oauth_app cert_thumbprint ja3 ja4 imphash".split()
)
LEVELS = {"CRIT", "HIGH", "MED", "LOW"}
PHASES = {"recon", "weapon", "delivery", "exploit", "install", "c2", "actions"}
ROW_KEYS = {"id", "kind", "lang", "title", "html", "source", "url", "text", "want"}
WANT_KEYS = {
    "indicators", "scope", "never", "techniques", "techniques_all", "no_techniques", "severity", "no_severity", "phases", "no_phases",
    "optional", "techniques_optional",
}
TECHNIQUE = re.compile(r"T\d{4}(\.\d{3})?")


def parent(technique):
    return technique.split(".")[0]


def numeric_hosts(text):
    """The addresses of hosts such as `0x5b.192.4103`, which may be hexadecimal, octal or short."""
    for host in re.findall(r"[0-9a-fx.]+", text.lower().replace("[.]", ".")):
        try:
            yield socket.inet_ntoa(socket.inet_aton(host))
        except OSError:
            continue


def stands_in(kind, value, text):
    """Whether every word of the value stands in the text, which may be defanged, wrapped or in a table."""
    if "xn--" in value:
        return value.encode("ascii").decode("idna").lower() in text.lower().replace("[.]", ".")
    if kind == "ipv4" and value in numeric_hosts(text):
        return True
    if kind == "package":
        value = value.split(":", 1)[1]
    text = html.unescape(text)
    text = re.sub(r"<[^<>]*>", "", text) + text
    plain = re.sub(r"hxxp|h\*\*p|htxp|meow", "http", text.replace("fxp", "ftp"), flags=re.I).lower()
    words = [word for word in re.split(r"[^0-9a-z]+", value.lower()) if word and word not in ("http", "https")]
    squeezed = re.sub(r"[^0-9a-z]+", "", plain)
    return all(word in squeezed for word in words)


def faults(row, odd, active):
    unknown = set(row) - ROW_KEYS
    if unknown:
        yield f"unknown keys {sorted(unknown)}"
    match = re.fullmatch(r"([a-z_]+)-(\d{3,})", row.get("id", ""))
    if not match or match[1] != row.get("kind"):
        yield "id and kind differ"
        return
    if int(match[2]) % 2 != odd:
        yield "id on the wrong side"
    text = row.get("text", "")
    want = row.get("want")
    if not text or not want:
        yield "no text or no label"
        return
    if set(want) - WANT_KEYS:
        yield f"unknown labels {sorted(set(want) - WANT_KEYS)}"
    whole = row.get("title", "") + "\n" + text
    indicators = want.get("indicators", [])
    if ("indicators" in want) != ("scope" in want):
        yield "indicators and scope belong together"
    scope = want.get("scope", [])
    for kind, value in indicators + want.get("never", []):
        if kind not in TYPES:
            yield f"unknown type {kind}"
    for kind, value in indicators:
        if scope != "all" and kind not in scope:
            yield f"{kind} outside its scope"
        if not stands_in(kind, value, whole):
            yield f"{value} does not stand in the text"
    if any(pair in want.get("never", []) for pair in indicators):
        yield "wanted and never"
    wanted = want.get("techniques", []) + want.get("techniques_all", [])
    unwanted = want.get("no_techniques", [])
    for technique in wanted + unwanted:
        if not TECHNIQUE.fullmatch(technique) or (active and technique not in active):
            yield f"{technique} is no technique"
    for technique in wanted:
        if technique in unwanted or parent(technique) in unwanted:
            yield f"{technique} wanted and unwanted"
    for key, known in (("severity", LEVELS), ("no_severity", LEVELS), ("phases", PHASES), ("no_phases", PHASES)):
        values = set(want.get(key, []))
        if values - known or (key in want and not values):
            yield f"{key} is {sorted(values)}"
    if set(want.get("severity", [])) & set(want.get("no_severity", [])):
        yield "severity allowed and forbidden"
    if set(want.get("phases", [])) & set(want.get("no_phases", [])):
        yield "phase wanted and unwanted"


def main():
    active = set()
    if len(sys.argv) > 1:
        for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()[1:]:
            cells = line.split("\t")
            if "active" in cells:
                active.add(cells[0])
    bad, texts = 0, {}
    for folder, suffix, odd in (("unseen", "*.jsonl", 1), ("kept", "*.jsonl.xz.b64", 0)):
        for path in sorted((HERE / folder).glob(suffix)):
            data = path.read_bytes()
            if odd == 0:
                data = lzma.decompress(base64.b64decode(data))
            seen, count = set(), 0
            for line in data.decode("utf-8").splitlines():
                row = json.loads(line)
                count += 1
                problems = list(faults(row, odd, active))
                if row["id"] in seen:
                    problems.append("id twice")
                seen.add(row["id"])
                key = (row.get("title"), row["text"])
                if key in texts:
                    problems.append(f"same text as {texts[key]}")
                texts[key] = row["id"]
                for problem in problems:
                    bad += 1
                    print(f"{row['id']}: {problem}")
            print(f"{folder}/{path.name}: {count} rows")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
