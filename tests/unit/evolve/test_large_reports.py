"""Reports on descriptions of more than a hundred operations: short first, then everything."""

import importlib.util
import sys
from pathlib import Path

import pytest
import yaml

from trunkline.evolve import html, markdown, terminal
from trunkline.pipeline.compare import compare_versions
from trunkline.pipeline.versions import note_published, step, write_version

pytestmark = pytest.mark.xdist_group("large reports")
"""One process makes the versions and compares them."""

SCREEN = 40
"""Lines of a terminal."""
MADE = {
    "exchange": ("Exchange", 1, False, False),
    "shop": ("Shop", 2, True, True),
    "library": ("Library", 3, True, False),
}


def large():
    name = "trunkline_tests_large"
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("large.py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=MADE)
def versions(request, tmp_path_factory):
    """The files of the two versions."""
    folder = tmp_path_factory.mktemp(request.param)
    make, (title, seed, wrapped, cursor) = large(), MADE[request.param]
    old = make.described(title, seed, wrapped=wrapped, cursor=cursor)
    operations = [m for item in old["paths"].values() for m in item if m != "parameters"]
    assert len(operations) >= 100
    paths = []
    for name, document in (("old", old), ("new", make.later(old, seed))):
        path = folder / name / "openapi.yaml"
        path.parent.mkdir()
        path.write_text(yaml.safe_dump(document, sort_keys=False))
        paths.append(path)
    return paths


@pytest.fixture(scope="module")
def report(versions):
    return compare_versions(*map(str, versions)).report


def test_the_sum_and_what_is_affected_fit_two_screens(report):
    lines = terminal(report, most=50).splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("breaking"))
    assert first < 2 * SCREEN
    assert lines[0] == lines[-1] == report.summary
    assert "Most affected" in lines[2]
    assert lines[3].lstrip().startswith("client.")


def test_an_edit_of_every_list_is_told_once(report):
    narrowed = [c for c in report.changes if c.rule.id == "parameter-maximum-decreased"]
    assert len(narrowed) == 30
    for text in (terminal(report), markdown(report), html(report)):
        assert text.count("the value may go up to 50 only, not to 100") == 1
    assert "and at 27 other places" in terminal(report)


def test_nothing_is_left_out_of_the_page(report):
    page = html(report)
    for change in report.changes:
        for place in change.places:
            assert report.shown(place).replace("&", "&amp;") in page


def test_a_comment_has_room_for_it(report):
    assert len(markdown(report)) < 65_536


def test_version_and_changelog_are_for_users_of_the_package(versions, tmp_path):
    old, new = versions
    spec = tmp_path / "specs" / "made" / "openapi.yaml"
    spec.parent.mkdir(parents=True)
    (spec.parent / "package.toml").write_text('version = "1.4.2"\n')
    spec.write_text(old.read_text())
    published(spec)
    spec.write_text(new.read_text())
    found = step(spec)
    assert found.version == "2.0.0"
    write_version(spec, found)
    entry = (spec.parent / "CHANGELOG.md").read_text()
    assert len(entry) < 8_000
    assert "components" not in entry
    assert "- `Stamp.by`: the optional property by was removed. Stop using it." in entry
    assert "- `client.calls.list` › `query parameter limit`" in entry


def published(spec):
    """As if the description had been published as it is."""
    from trunkline.diagnostics import Diagnostics
    from trunkline.names import load_package
    from trunkline.pipeline.load import load_api
    from trunkline.pipeline.versions import make_bundle

    package = load_package(spec.parent / "package.toml", "made", Diagnostics())
    document = load_api(spec).document
    note_published(spec, make_bundle(document.texts, package, "digest"))
