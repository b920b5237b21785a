"""Names stay when operations go: removing some at random renames none but their neighbours."""

import importlib.util
import json
import random
from pathlib import Path

import pytest
import yaml

from trunkline.diagnostics import Diagnostics
from trunkline.names import default_package, plan
from trunkline.pipeline.load import load_api

ROOT = Path(__file__).parents[3]
METHODS = {"get", "put", "post", "delete", "patch", "head", "options", "trace"}
CASES = [
    *(path for path in sorted(ROOT.glob("specs/*/openapi.yaml"))),
    *(
        path
        for path in sorted(ROOT.glob("tests/cases/*/openapi.yaml"))
        if not path.parent.name.startswith("failing-") and path.parent.name != "external"
    ),
]


def tangled():
    spec = importlib.util.spec_from_file_location("tangled", ROOT / "benchmarks" / "tangled.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Maker(1).description()


def names(document, file):
    """Methods by what they call, classes by the name of their schema."""
    file.write_text(json.dumps(document, default=str), encoding="utf-8")
    api = load_api(file).api
    found = plan(api, default_package("x"), Diagnostics())
    methods = {
        (o.method, o.path): ".".join((*o.resource, found.methods[o.id].name))
        for o in api.operations
        if o.id in found.methods
    }
    return methods, {original: cls.name for original, cls in found.classes.items()}


def thinned(document, rng, share):
    """The document without some operations, and the paths of those."""
    left, gone = json.loads(json.dumps(document, default=str)), []
    for path, item in [*left["paths"].items()]:
        for method in METHODS & item.keys():
            if rng.random() < share:
                del item[method]
                gone.append(path)
        if not METHODS & item.keys():
            del left["paths"][path]
    return left, gone


def is_neighbour(path, gone):
    """Whether an operation went that is at the path, above or below it, or beside it: what was told
    apart from it may have a plainer name, and a resource of one operation is a method."""
    above = path.rpartition("/")[0]
    return any(
        path.startswith(other) or other.startswith(path) or other.rpartition("/")[0] == above
        for other in gone
    )


def check(document, folder, seed, share):
    methods, classes = names(document, folder / "before.json")
    left, gone = thinned(document, random.Random(seed), share)
    if not left["paths"]:
        return
    after, remaining = names(left, folder / "after.json")
    assert {o: (classes[o], n) for o, n in remaining.items() if classes[o] != n} == {}
    changed = {k: (methods[k], name) for k, name in after.items() if methods[k] != name}
    assert {k: v for k, v in changed.items() if not is_neighbour(k[1], gone)} == {}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(n, marks=pytest.mark.exhaustive) for n in (1, 2))]
)
def test_removing_operations_renames_neighbours_at_most(path, seed, tmp_path):
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    check(document, tmp_path, seed, 0.3)


@pytest.mark.exhaustive
def test_removing_operations_of_a_large_description(tmp_path):
    check(tangled(), tmp_path, 0, 0.1)
