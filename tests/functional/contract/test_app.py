"""Applications served from this process: `--app`. Nothing else on them is harmed."""

import json
import sys
from pathlib import Path

import pytest

from trunkline import contract
from trunkline.cli.main import run
from trunkline.contract.model import Selection
from trunkline.diagnostics import TrunklineError
from trunkline.pipeline.app_server import serving_app
from trunkline.pipeline.testing import RunOptions, Target, run_suite

APPS = Path(__file__).with_name("apps")


@pytest.fixture
def notebooks(monkeypatch, tmp_path):
    """The application's module, and its description as a file."""
    monkeypatch.syspath_prepend(str(APPS))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    sys.modules.pop("notebooks", None)
    import notebooks as module

    description = tmp_path / "notebooks.json"
    description.write_text(json.dumps(module.app.openapi()))
    module.description = description
    module.seeded = module.create_notebook(module.NewNotebook(title="of somebody else"))
    module.create_page(module.seeded.id, module.NewPage(text="dear diary"))
    return module


def test_an_application_is_tested_and_nothing_else_on_it_is_touched(notebooks):
    report = run_suite(notebooks.description, Target(app="notebooks:app"), RunOptions())
    assert [f"{v.rule} {v.operation}: {v.message}" for v in report.violations] == []
    assert report.cases > 200
    assert list(notebooks.notebooks.values()) == [notebooks.seeded]
    assert [one.text for one in notebooks.pages.values()] == ["dear diary"]
    assert {"delete_everything", "reset"} <= report.left_out.keys()


def test_what_is_included_is_called(notebooks):
    options = RunOptions(include_unsafe=("reset",))
    report = run_suite(notebooks.description, Target(app="notebooks:make"), options)
    assert "reset" not in report.left_out
    assert "delete_everything" in report.left_out
    assert notebooks.seeded.id not in notebooks.notebooks


def test_a_mistake_in_it_is_found(notebooks, monkeypatch):
    def anywhere(notebook_id, page_id):
        return next((p for key, p in notebooks.pages.items() if key[1] == page_id), None) or known(
            notebook_id, page_id
        )

    known = notebooks.page
    monkeypatch.setattr(notebooks, "page", anywhere)
    report = run_suite(notebooks.description, Target(app="notebooks:app"), RunOptions())
    assert "parent-exact" in {v.rule for v in report.violations}


@pytest.mark.parametrize(
    ("name", "wrong", "rule"),
    [
        ("below", lambda notebooks: lambda notebook_id: list(notebooks.pages.values()),
         "parent-listed"),
        ("parent", lambda notebooks: lambda notebook_id: None, "parent-missing"),
    ],
)  # fmt: skip
def test_a_forgotten_parent_is_found(notebooks, monkeypatch, name, wrong, rule):
    monkeypatch.setattr(notebooks, name, wrong(notebooks))
    only = ("parent-exact", "parent-listed", "parent-missing")
    report = run_suite(notebooks.description, Target(app="notebooks:app"), RunOptions(only=only))
    assert {v.rule for v in report.violations} == {rule}


def test_only_what_is_chosen_is_reported(notebooks, monkeypatch):
    monkeypatch.setattr(notebooks, "page", lambda notebook_id, page_id: 1 / 0)
    chosen = Selection(include={"path": ("/notebooks", "/notebooks/{notebook_id}")})
    options = RunOptions(selection=chosen)
    report = run_suite(notebooks.description, Target(app="notebooks:app"), options)
    assert report.violations == []
    assert report.cases > 100
    excluded = Selection(exclude={"method": ("post",)})
    options = RunOptions(selection=excluded)
    report = run_suite(notebooks.description, Target(app="notebooks:app"), options)
    assert len(notebooks.notebooks) == 1


def test_a_selector_that_fits_nothing_is_a_mistake(notebooks, capsys):
    code = run(
        ["test", str(notebooks.description), "--app", "notebooks:app", "--include-path", "/books"]
    )
    assert code == 2
    assert "--include-path '/books' fits no operation" in capsys.readouterr().err


def test_a_wsgi_application_below_the_path_of_the_description(notebooks, tmp_path):
    description = tmp_path / "time.yaml"
    description.write_text(
        "openapi: 3.1.0\n"
        "info: {title: Time, version: '1'}\n"
        "servers: [{url: https://time.example.com/v1}]\n"
        "paths:\n"
        "  /time:\n"
        "    get:\n"
        "      operationId: now\n"
        "      responses:\n"
        "        '200': {description: Now., content: {application/json: {schema: "
        "{type: object, required: [now], properties: {now: {type: string}}}}}}\n"
    )
    report = run_suite(description, Target(app="notebooks:plain"), RunOptions())
    assert [f"{v.rule} {v.message}" for v in report.violations] == []
    assert report.cases > 0


@pytest.mark.parametrize("named", ["notebooks", "notebooks:none", "no_such:app", "notebooks:pages"])
def test_what_is_no_application_is_a_mistake(notebooks, named):
    with pytest.raises(TrunklineError, match=r"application|imported"), serving_app(named):
        pass


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        ("equals", set()),
        ("contains", set()),
        ("begins", set()),
        ("any case", set()),
        ("everything", {"filter-sound"}),
        ("small letters", {"filter-case"}),
        ("wildcards", {"filter-literal"}),
    ],
)
def test_a_filter_is_read_as_the_server_reads_it(reading, expected, monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(APPS))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    import records

    app = records.make(reading)
    monkeypatch.setattr(records, "app", app, raising=False)
    description = tmp_path / "records.json"
    description.write_text(json.dumps(app.openapi()))
    only = tuple(name for name in contract.RULES if name.startswith("filter-"))
    report = run_suite(description, Target(app="records:app"), RunOptions(only=only))
    rules = {v.rule for v in report.violations}
    assert expected <= rules if expected else rules == set()
    assert sum(result.tried for result in report.results) > 20


@pytest.mark.parametrize(
    ("mistake", "expected"),
    [
        ("", set()),
        ("marks not compared", {"stale-refused"}),
        ("refused and done", {"stale-refused"}),
        ("patches not kept", {"json-patch-kept"}),
    ],
)
def test_changes_of_what_was_seen(mistake, expected, monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(APPS))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    import drafts

    app = drafts.make(mistake)
    monkeypatch.setattr(drafts, "app", app, raising=False)
    description = tmp_path / "drafts.json"
    description.write_text(json.dumps(app.openapi()))
    report = run_suite(description, Target(app="drafts:app"), RunOptions())
    assert {v.rule for v in report.violations} == expected
    assert report.left == []


def test_what_schemathesis_fails_on_is_told_and_the_rest_is_tried(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(APPS))
    import addresses

    description = tmp_path / "addresses.json"
    description.write_text(json.dumps(addresses.DESCRIPTION))
    report = run_suite(description, Target(app="addresses:app"), RunOptions())
    assert [f"{v.rule} {v.operation}: {v.message}" for v in report.violations] == []
    (note,) = (n for n in report.notes if "broke off" in n)
    assert "GET /odd" in note
    assert report.coverage["ordinary"].checks["schemathesis"] > 0
    assert report.complete
