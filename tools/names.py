"""How often a method is called what the vendor's own Python SDK calls it: a table and its score.

    python tools/names.py [--verbose]

`names.tsv` has 200 operations of three public APIs with the name of the method that their makers'
SDKs have for each: openai 3.57, box_sdk_gen 1.17 and resend 2.52, read from the packages. Only
method, path, operationId and whether the response is a list are given to the naming here.

A name counts as `same`; as `same words` where it has the same words without those of its resource,
and get and retrieve, remove and delete are one; as `same verb` where only the first word is.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

import yaml

from trunkline.diagnostics import Diagnostics
from trunkline.names import default_package, plan
from trunkline.pipeline.load import load_api

TABLE = Path(__file__).with_name("names.tsv")
_LITTLE = frozenset({"a", "all", "by", "for", "from", "id", "of", "the", "to", "with"})
_SAME = {"get": "retrieve", "remove": "delete"}
_LIST = {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}}}}


def names(rows: list[dict[str, str]]) -> dict[tuple[str, str], str]:
    """(method, path) → the method's name, for a description of these operations."""
    paths: dict[str, dict[str, object]] = {}
    for row in rows:
        schema = _LIST if row["lists"] else {"type": "object"}
        parameters = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in re.findall(r"\{([^}]*)\}", row["path"])
        ]
        paths.setdefault(row["path"], {})[row["method"]] = {
            "operationId": row["operation id"],
            "parameters": parameters,
            "responses": {
                "200": {"description": "", "content": {"application/json": {"schema": schema}}}
            },
        }
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "openapi.yaml"
        file.write_text(yaml.safe_dump(document), "utf-8")
        api = load_api(file).api
    planned = plan(api, default_package("t"), Diagnostics())
    return {(o.method, o.path): planned.methods[o.id].name for o in api.operations}


def _stem(word: str) -> str:
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def _words(name: str, path: str) -> list[str]:
    about = {_stem(word) for word in re.split(r"[^a-z]+", path.lower())}
    words = [_SAME.get(word, word) for word in name.rstrip("_").split("_")]
    kept = [w for w in words[1:] if _stem(w) not in about and w not in _LITTLE]
    return [words[0], *kept]


def verdict(ours: str, theirs: str, path: str) -> str:
    """`same`, `same words`, `same verb` or `other`."""
    if ours == theirs:
        return "same"
    one, other = _words(ours, path), _words(theirs, path)
    if one == other:
        return "same words"
    return "same verb" if one[0] == other[0] else "other"


def main() -> int:
    """Print the score; with `--verbose` what is called otherwise."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--verbose", action="store_true", help="print what is called otherwise")
    verbose = parser.parse_args().verbose
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    total: Counter[str] = Counter()
    for sdk in dict.fromkeys(row["sdk"] for row in rows):
        ours = [row for row in rows if row["sdk"] == sdk]
        named = names(ours)
        counts: Counter[str] = Counter()
        for row in ours:
            name = named[row["method"], row["path"]]
            found = verdict(name, row["name"], row["path"])
            counts[found] += 1
            if verbose and found in {"same verb", "other"}:
                print(f"  {row['method']} {row['path']}: {name}, there {row['name']}")
        total += counts
        print(_line(sdk, counts))
    print(_line("all", total))
    return 0


def _line(name: str, counts: Counter[str]) -> str:
    kinds = ", ".join(
        f"{kind} {counts[kind]}" for kind in ("same", "same words", "same verb", "other")
    )
    good = counts["same"] + counts["same words"]
    return f"{name}: {kinds}; {good / counts.total():.0%} the same name or words"


if __name__ == "__main__":
    sys.exit(main())
