"""Servers that are right in ways that are not the most usual: nothing is found on any of them."""

import importlib
import json
from pathlib import Path

import pytest

from trunkline.pipeline.testing import RunOptions, Target, run_suite

APPS = Path(__file__).with_name("apps")
SEEDS = range(1, 6)
"""The ways of a server do not depend on the seed, only the values and the order do."""
PLAIN = ("posts", "seats", "prints", "members", "tickets", "weather", "articles", "lamps", "desk",
         "shop", "moorings", "lockers", "bins", "reports")  # fmt: skip
"""Modules whose `make()` is an application for anybody."""
QUICK = ("tickets", "weather", "articles", "lockers", "bins", "diaries", "hangups", "reports")
"""Every other of them, tried by default."""
KEYS = {"token": "key-of-ada", "other_token": "key-of-bob"}


ALL = ("*",)
"""Nobody else has anything on these servers: what acts on everything is called too."""


def found(description, target, seed):
    """What is found on a server: violations, and what kept the run from its end."""
    report = run_suite(description, target, RunOptions(seed=seed, include_unsafe=ALL))
    assert report.complete
    assert report.requests > 20
    return [f"{v.rule} {v.operation}: {v.message}" for v in report.violations]


@pytest.fixture
def module(monkeypatch, tmp_path):
    """Imports an application's module."""
    monkeypatch.syspath_prepend(str(APPS))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return importlib.import_module


@pytest.fixture
def described(tmp_path):
    """The description of an application in a file."""

    def write(named, app=None):
        text = named.DESCRIPTION if hasattr(named, "DESCRIPTION") else app.openapi()
        file = tmp_path / f"{named.__name__}.json"
        file.write_text(json.dumps(text))
        return file

    return write


def exhaustive(names):
    """A few names with one seed, and in the exhaustive tests all with all of them."""
    for name in names:
        for seed in SEEDS:
            always = seed == 1 and name in QUICK
            marks = [] if always else [pytest.mark.exhaustive]
            yield pytest.param(name, seed, id=f"{name}-{seed}", marks=marks)


@pytest.mark.parametrize(("name", "seed"), exhaustive(PLAIN))
def test_nothing_is_found(name, seed, module, described, monkeypatch):
    named = module(name)
    app = named.make()
    monkeypatch.setattr(named, "app", app, raising=False)
    assert found(described(named, app), Target(app=f"{name}:app"), seed) == []


@pytest.mark.parametrize(("name", "seed"), exhaustive(["diaries"]))
def test_nothing_is_found_with_two_accounts(name, seed, module, described, monkeypatch):
    named = module(name)
    app = named.make()
    monkeypatch.setattr(named, "app", app, raising=False)
    assert found(described(named, app), Target(app=f"{name}:app", **KEYS), seed) == []


@pytest.mark.parametrize(("name", "seed"), exhaustive(["hangups"]))
def test_nothing_is_found_where_connections_end(name, seed, module, described):
    named = module(name)
    with named.serving() as address:
        assert found(described(named), Target(base_url=address), seed) == []


def test_what_a_job_has_made_is_compared(module, described, monkeypatch):
    named = module("reports")
    app = named.make("titles cut")
    monkeypatch.setattr(named, "app", app, raising=False)
    report = run_suite(described(named, app), Target(app="reports:app"), RunOptions())
    assert "create-read" in {v.rule for v in report.violations}
