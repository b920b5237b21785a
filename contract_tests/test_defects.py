"""The proof: every defect the emulator can be given is found by a rule that names it rightly.

A defect says itself which rules name it (`caught_by`), and on which descriptions it shows
(`applies`). By default a few defects of each area are tried; the marker `exhaustive` stands for all
of them, on every API, and for the clean emulator on many seeds.
"""

from pathlib import Path

import pytest

from trunkline import contract
from trunkline.contract.model import Level, bundle
from trunkline.emulator import running
from trunkline.emulator.defects import CATALOGUE
from trunkline.pipeline import specs_root
from trunkline.pytest_plugin import loaded, names

COMPLETE = str(Path(__file__).with_name("complete.yaml"))
"""Defects that no description in specs/ has an occasion for are proved on this one."""

ANYWHERE = ("valid-accepted", "invalid-rejected")
"""Rules that no check is called by: many hold what they send to them."""

TELLING = (
    "update-not-kept",
    "delete-takes-neighbours",
    "page-skips-one",
    "filter-ignored",
    "descending-ignored",
    "long-text-accepted",
    "any-token-accepted",
    "others-objects-listed",
    "null-ignored",
    "defaults-wrong",
    "allow-left-out",
    "crash-on-quote",
    "errors-of-another-shape",
    "id-as-text",
    "results-wrapped",
    "surplus-parameters-accepted",
)


def pytest_generate_tests(metafunc):
    apis = names(metafunc.config)
    if "defect" in metafunc.fixturenames:
        found = [
            pytest.param(name, defect, marks=() if defect in TELLING else pytest.mark.exhaustive)
            for name in (*apis, COMPLETE)
            for defect, kind in CATALOGUE.items()
            if kind.applies(loaded(name).api)
        ]
        metafunc.parametrize(("name", "defect"), found)
    elif "seed" in metafunc.fixturenames:
        found = [
            pytest.param(name, seed, marks=pytest.mark.exhaustive if seed > 1 else ())
            for name in (*apis, COMPLETE)
            for seed in range(1, 21)
        ]
        metafunc.parametrize(("name", "seed"), found)


def names_of_all():
    return sorted(p.parent.name for p in specs_root().glob("*/openapi.yaml"))


def run_check(name, server, **changes):
    """Run the checks against a running emulator."""
    found = loaded(name)
    settings = {
        "api": found.api,
        "name": name,
        "description": bundle(found.document),
        "base_url": server.url,
        "credentials": contract.GivenCredentials(
            server.credentials["token"], server.credentials["other_token"]
        ),
        "include_unsafe": ("*",),
        **changes,
    }
    return contract.run(contract.RunConfig(**settings))


def test_every_defect_names_rules_and_shows_somewhere():
    """No defect without a rule of the suite, and none that no description can show."""
    everywhere = [loaded(name).api for name in (*names_of_all(), COMPLETE)]
    for defect, kind in CATALOGUE.items():
        assert kind.caught_by, defect
        assert set(kind.caught_by) <= set(contract.RULES), defect
        assert any(map(kind.applies, everywhere)), defect


def test_a_defect_is_caught(name, defect):
    """Held to the checks of the rules that name it; to all, Schemathesis' phases too, where any of
    them may find that a valid request is refused or an invalid one accepted."""
    expected = set(CATALOGUE[defect].caught_by)
    checks = [check.id for check in contract.CHECKS.values() if expected & {check.id, *check.rules}]
    anywhere = not expected.isdisjoint(ANYWHERE)
    with running(loaded(name).api, defects=[defect]) as server:
        report = run_check(
            name,
            server,
            only=() if anywhere else tuple(checks),
            phases=anywhere,
            profile=contract.Profile.FULL,
        )
    found = {violation.rule for violation in report.violations}
    # What no description decides (a key given twice) is told, and is not a violation.
    found |= {hint.rule for hint in report.hints if contract.RULES[hint.rule].level is Level.HINT}
    assert found >= expected, f"found by {sorted(found) or 'nothing'}"


def test_the_clean_emulator_has_no_violations(name, seed):
    """Silence, where nothing is wrong, whatever the seed."""
    with running(loaded(name).api) as server:
        report = run_check(name, server, seed=seed)
    assert [f"{v.rule} {v.operation} {v.message}" for v in report.violations] == []
    # What was sent through JSON-RPC cannot be taken back, and is listed.
    assert report.left == [] or loaded(name).api.rpc is not None
