"""Objects that are made by PUT: servers that are wrong in one way each, which is named.

The right servers are among the unusual ones (`test_unusual.py`).
"""

import json
import sys
import types
from pathlib import Path

import pytest

from trunkline.pipeline.testing import RunOptions, Target, run_suite

APPS = Path(__file__).with_name("apps")
ALL = ("*",)

STORE = "seats[key] = Seat(train=train, coach=coach, number=number, **body.model_dump())\n"
STATUS = "response.status_code = 200 if key in seats else 201\n"
HERE = "here = [seats[key] for key in sorted(seats) if key[0] == train]\n"
SEATS = {
    # What is wrong: the rules that name it, edits of the server's source.
    "right": (set(), {}),
    "keeps-what-was-left-out": (
        {"replace-whole"},
        {
            STORE: "old = seats[key].model_dump() if key in seats else {}\n"
            "        new = old | body.model_dump(exclude_unset=True)\n"
            "        seats[key] = Seat(**new | dict(train=train, coach=coach, number=number))\n"
        },
    ),
    "makes-a-second-object": (
        {"put-once"},
        {
            "seats = {}\n": "seats, times = {}, {}\n",
            STORE: f"times[key] = times.get(key, 0) + 1\n        {STORE}",
            HERE: f"{HERE[:-2]} for _ in range(times[key])]\n",
        },
    ),
    "always-says-created": ({"replace-status"}, {STATUS: "response.status_code = 201\n"}),
    "never-says-created": ({"put-created"}, {STATUS: "response.status_code = 200\n"}),
    "replaces-nothing": (
        {"replace-visible"},
        {STORE: STORE.replace("seats[key] = ", "seats.setdefault(key, ").rstrip() + ")\n"},
    ),
    "turns-a-flag": (
        {"put-idempotent"},
        {
            STORE: f"was = key in seats and seats[key].window\n        {STORE}"
            "        seats[key].window ^= was\n"
        },
    ),
    # Whether what is there may be put again, no description says.
    "refuses-to-replace": (
        set(),
        {
            STORE: f"if key in seats:\n            raise HTTPException(409)\n        {STORE}",
        },
    ),
}


@pytest.mark.parametrize("name", SEATS)
def test_only_its_rule_names_it(name, tmp_path, monkeypatch):
    rules, edits = SEATS[name]
    source = (APPS / "seats.py").read_text()
    for old, new in edits.items():
        assert source.count(old) == 1
        source = source.replace(old, new)
    monkeypatch.syspath_prepend(str(APPS))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    module = types.ModuleType(f"seats_{name.replace('-', '_')}")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(compile(source, module.__name__, "exec"), module.__dict__)
    module.app = module.make()
    description = tmp_path / "seats.json"
    description.write_text(json.dumps(module.app.openapi()))
    target = Target(app=f"{module.__name__}:app")
    report = run_suite(description, target, RunOptions(seed=1, include_unsafe=ALL))
    assert {violation.rule for violation in report.violations} == rules
    assert report.left == []


VALUES = {
    "right": (set(), {}),
    "never-says-created": (
        {"put-created"},
        {"status = 200 if key in values else 201": "status = 200"},
    ),
    "adds-up": (
        {"put-idempotent", "replace-visible"},
        {"values[key] = value\n": "values[key] = values.get(key, '') + value\n"},
    ),
    "listed-twice": (
        {"put-once"},
        {
            "values = {}\n": "values, put = {}, []\n",
            "values[key] = value\n": "values[key] = value\n            put.append(key)\n",
            "sorted(values)": "sorted(key for key in put if key in values)",
        },
    ),
}


@pytest.mark.parametrize("name", VALUES)
def test_nobody_has_to_be_asked_where_the_address_is_free(name, tmp_path, monkeypatch):
    """Without `--include-unsafe`: nothing is written where something is."""
    rules, edits = VALUES[name]
    source = (APPS / "hangups.py").read_text()
    for old, new in edits.items():
        assert source.count(old) == 1
        source = source.replace(old, new)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    module = types.ModuleType("values")
    exec(compile(source, module.__name__, "exec"), module.__dict__)
    description = tmp_path / "values.json"
    description.write_text(json.dumps(module.DESCRIPTION))
    with module.serving() as address:
        report = run_suite(description, Target(base_url=address), RunOptions(seed=1))
    assert {violation.rule for violation in report.violations} == rules
    assert report.left == []
