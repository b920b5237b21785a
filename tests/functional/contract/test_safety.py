"""Budgets, read-only runs, secrets, and cleaning up whatever happens."""

import json

import httpx2

from trunkline import contract
from trunkline.contract.reports import html, json_lines, junit, summary
from trunkline.diagnostics import ExitCode

CARDS = ("card-of-ada", "card-of-bob")


def shelves(url):
    return sum(
        httpx2.get(f"{url}/shelves", headers={"X-Library-Card": card}).json()["count"]
        for card in CARDS
    )


def test_a_budget_of_requests(library, library_config):
    with library() as url:
        config = library_config(url, budget=contract.Budget(requests=150))
        report = contract.run(config)
        assert shelves(url) == 0
    assert report.exit_code is ExitCode.BUDGET
    assert report.count(contract.UnitVerdict.NOT_REACHED) > 0
    assert report.violations == []


def test_a_budget_of_seconds(library, library_config):
    with library() as url:
        report = contract.run(library_config(url, budget=contract.Budget(seconds=0.3)))
        assert shelves(url) == 0
    assert report.exit_code is ExitCode.BUDGET


def test_a_rate_is_kept(library, library_config):
    with library() as url:
        budget = contract.Budget(requests=20, rate=100)
        report = contract.run(library_config(url, budget=budget))
    assert report.requests / report.seconds <= 130


def test_away_from_loopback_nothing_is_written(library_config, library, monkeypatch):
    """The server is on the loopback after all: what is taken away is that the suite knows."""
    monkeypatch.setattr("trunkline.contract.model.config.is_loopback", lambda url: False)
    methods = set()
    with library() as url, contract.open_session(library_config(url)) as session:
        session.client.observers.append(lambda e: methods.add(e.request.method))
        assert not session.config.writes
        for unit in contract.units(session.api, writes=session.config.writes):
            contract.run_unit(session, unit)
    assert methods == {"GET"}


def test_read_only_phases_send_only_safe_methods(library_config, library, monkeypatch):
    monkeypatch.setattr("trunkline.contract.model.config.is_loopback", lambda url: False)
    with library() as url:
        report = contract.run(library_config(url, phases=True))
        assert shelves(url) == 0
    assert report.fuzzed > 0
    assert any("read-only" in note for note in report.notes)


def test_secrets_are_nowhere_in_a_report(library, library_config):
    credentials = contract.GivenCredentials(*CARDS, headers={"X-Trace-Secret": "very-secret-value"})
    with library("others-can-read", "cards-not-compared") as url:
        report = contract.run(library_config(url, credentials=credentials))
    assert report.violations
    texts = [html(report), junit(report), *json_lines(report), *summary(report)]
    for text in texts:
        for secret in (*CARDS, "very-secret-value"):
            assert secret not in text
    assert any("$TOKEN" in text for text in texts)


def test_shards_do_everything_once(library_loaded):
    whole = {u.id for u in contract.units(library_loaded.api)}
    parts = [
        {u.id for u in contract.units(library_loaded.api, shard=contract.Shard(i, 3))}
        for i in (1, 2, 3)
    ]
    assert set.union(*parts) == whole
    assert sum(map(len, parts)) == len(whole)
    assert all(parts)


def test_json_lines_hold_everything(library, library_config):
    with library("others-can-read") as url:
        report = contract.run(library_config(url, only=("tenant-read",)))
    lines = [json.loads(line) for line in json_lines(report)]
    assert lines[0]["kind"] == "run"
    assert lines[-1]["kind"] == "summary"
    assert lines[-1]["exit_code"] == 1
    kinds = [line["kind"] for line in lines]
    assert kinds.count("violation") == len(report.violations) > 0
    violation = next(line for line in lines if line["kind"] == "violation")
    assert violation["rule"] == "tenant-read"
    assert "library.yaml:" in violation["sources"][0]["position"]
    # What a creation answers is needed by the steps after it: its line keeps the id.
    assert violation["steps"][0]["curl"].startswith("id1=$(curl ")
