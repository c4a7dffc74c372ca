#!/usr/bin/env python3
"""Writes assets/cim/fields.tsv: the datasets and fields of Splunk's Common Information Model.

The facts come from the data model files of the Python package pytest-splunk-addon (Apache-2.0, Splunk), plus a few
calculated fields that Splunk's documentation adds. Fields that every dataset has (_time, host, …) and those of the
asset and identity framework (dest_category, …) are left to the reader of the file.

    pip install pytest-splunk-addon==7.0.5 && python3 tools/cim_facts.py > assets/cim/fields.tsv
"""

import importlib.metadata
import importlib.util
import json
import pathlib

PACKAGE = "pytest_splunk_addon"
# Calculated fields and fields of later versions, from the documentation of the Common Information Model add-on.
CHANGE = ["image_id", "instance_type", "src_user", "src_user_name", "src_user_type", "user_id", "vendor_product_id"]
ADDED = {
    "Alerts": ["dvc"],
    "Authentication": ["src_user_id"],
    "Change": CHANGE,
    "Network_Resolution": ["query_length"],
    "Web": ["error_code", "operation"],
}


def names(fields):
    """Gives the field names of a dataset, which stand in objects, in lists of objects, or as plain strings."""
    for field in fields:
        if isinstance(field, str):
            yield field
        elif isinstance(field, dict):
            yield field["name"]
        else:
            yield from names(field)


def walk(dataset, inherited):
    fields = inherited | set(names(dataset.get("fields", []))) | set(names(dataset.get("fields_cluster", [])))
    yield dataset["name"].replace(" ", "_"), fields
    for child in dataset.get("child_dataset", []):
        yield from walk(child, fields)


def main():
    folder = pathlib.Path(importlib.util.find_spec(PACKAGE).origin).parent / "data_models"
    version = importlib.metadata.version("pytest-splunk-addon")
    print("# Datasets and fields of Splunk's Common Information Model: model, dataset, fields.")
    print(f"# Written by tools/cim_facts.py from pytest-splunk-addon {version} (Apache-2.0); see NOTICE in this folder.")
    for path in sorted(folder.glob("*.json")):
        model = json.loads(path.read_text(encoding="utf-8"))
        name = path.stem.replace(" ", "_")
        for root in model["objects"]:
            for dataset, fields in walk(root, set(ADDED.get(name, []))):
                print(name, dataset, ",".join(sorted(fields)), sep="\t")


if __name__ == "__main__":
    main()
