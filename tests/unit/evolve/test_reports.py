"""Reports, waivers, versions and changelogs, over comparisons of real descriptions."""

import json
import re
from xml.etree import ElementTree as ET

import pytest

from trunkline.diagnostics import Code, Diagnostics
from trunkline.evolve import (
    Bump,
    Report,
    Verdict,
    apply_waivers,
    changelog,
    enough,
    github,
    html,
    json_text,
    junit,
    markdown,
    next_version,
    read_waivers,
    sarif,
    terminal,
    version_bump,
)

HOSTILE = "x`](javascript:1)<script>|**\n::error::boo%0A##[error]\x1b[31m\u202e"
TO = "/components/schemas/CallInput/properties/to"


@pytest.fixture
def report(base, edit, changes):
    """One breaking, one dangerous, one compatible and one textual change."""
    new = edit(
        base,
        {
            "set": {
                "/paths/~1calls/get/parameters/1/schema/maximum": 50,
                f"{TO}/pattern": "^0",
                "/components/schemas/CallInput/properties/extra": {"type": "string"},
                "/info/title": "Other",
            }
        },
    )
    methods = {"GET /calls": "client.calls.list", "POST /calls": "client.calls.create"}
    return Report("v1", "v2", changes(base, new), methods=methods)


@pytest.fixture
def nothing():
    return Report("v1", "v2", ())


@pytest.fixture
def hostile(base, edit, changes):
    """Names taken from a description that would like to be markup."""
    new = edit(base, {"set": {f"/components/schemas/CallInput/properties/{HOSTILE}": {}}})
    new["components"]["schemas"]["CallInput"]["required"].append(HOSTILE)
    return Report(HOSTILE, "v2", changes(base, new))


def test_terminal_is_worst_first_and_says_where(report):
    text = terminal(report)
    lines = text.splitlines()
    assert lines.pop(0) == "1 breaking, 1 dangerous, 2 compatible; version: major"
    heads = [line.split()[0] for line in lines if line[0] != " "]
    assert heads == ["breaking", "dangerous", "compatible", "compatible"]
    assert "[parameter-maximum-decreased]" in lines[0]
    assert "at client.calls.list (GET /calls) › query parameter size" in lines[1]
    assert re.search(r"old \S+\.yaml:\d+:\d+, new \S+\.yaml:\d+:\d+", lines[2])
    assert "\x1b" not in text
    assert "\x1b[31mbreaking" in terminal(report, colour=True)


def test_nothing_changed(nothing):
    assert terminal(nothing) == "Nothing changed.\n"
    assert "Nothing changed." in markdown(nothing)
    assert github(nothing) == ""
    assert json.loads(json_text(nothing))["bump"] == "none"
    assert ET.fromstring(junit(nothing)).find("testsuite").get("failures") == "0"


def test_json_holds_everything(report):
    document = json.loads(json_text(report))
    assert document["counts"] == {"breaking": 1, "dangerous": 1, "compatible": 2}
    first = next(c for c in document["changes"] if c["verdict"] == "breaking")
    assert first["rule"] == "parameter-maximum-decreased"
    assert first["http"] == "breaking"
    assert first["python"] == "dangerous"
    assert first["direction"] == "sent"
    assert first["places"] == [
        {
            "subject": "GET /calls",
            "path": ["query parameter size"],
            "method": "client.calls.list",
        }
    ]
    assert first["same_package"] is False
    assert first["old"]["line"] > 1
    assert first["why"]
    assert first["remedy"]


def test_junit_fails_at_the_level_asked_for(report):
    def failures(level):
        suite = ET.fromstring(junit(report, fail_on=level)).find("testsuite")
        assert int(suite.get("tests")) == len(suite.findall("testcase")) == 4
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
        return int(suite.get("failures"))

    assert [failures(level) for level in reversed(Verdict)] == [1, 2, 4]


def test_github_annotates_the_new_file_and_leaves_text_out(report):
    lines = github(report).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", "::warning", "::notice"]
    pattern = (
        r"::error title=breaking%3A parameter-maximum-decreased,file=\S+,line=\d+,col=\d+::the"
    )
    assert re.match(pattern, lines[0])


def test_markdown_names_the_rule_and_folds_what_is_safe(report):
    text = markdown(report)
    assert "### Breaking" in text
    assert "`parameter-maximum-decreased`" in text
    assert text.index("### Dangerous") < text.index("<details>")


def test_html_has_an_address_for_every_change(report):
    page = html(report)
    assert page.count("<article") == 4
    for change in report.changes:
        assert page.count(f'id="{change.id}"') == page.count(f'href="#{change.id}"') == 1
    assert page.index("breaking, 1 dangerous") < page.index("<article")
    assert page.index("<h2>Dangerous") < page.index("<details>")


def test_sarif_points_at_the_new_file(report):
    (run,) = json.loads(sarif(report))["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [
        change.rule.id for change in report.changes
    ]
    assert sorted(result["level"] for result in run["results"]) == [
        "error",
        "note",
        "note",
        "warning",
    ]
    for result, change in zip(run["results"], report.changes, strict=True):
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert place["artifactLocation"]["uri"] == change.new.file
        assert place["region"]["startLine"] == change.new.line


def test_ids_of_changes_stay(base, edit, changes):
    first = {"set": {"/paths/~1calls/get/parameters/1/schema/maximum": 50}}
    both = {"set": {**first["set"], "/info/title": "Other"}}
    (alone,) = changes(base, edit(base, first))
    found = {change.id: change for change in changes(base, edit(base, both))}
    assert len(found) == 2
    assert found[alone.id].message == alone.message


def test_a_report_can_be_narrowed(report):
    def rules(only=(), operations=()):
        return {change.rule.id for change in report.narrowed(only, operations).changes}

    everything = rules()
    assert len(everything) == 4
    assert rules(["breaking"]) == {"parameter-maximum-decreased"}
    assert rules(["info-title-changed", "dangerous"]) == {
        "info-title-changed",
        "request-pattern-changed",
    }
    assert rules([report.changes[0].id]) == {report.changes[0].rule.id}
    assert rules(operations=["client.calls.l*"]) == {"parameter-maximum-decreased"}
    assert rules(operations=["GET /calls"]) == {"parameter-maximum-decreased"}
    assert rules(operations=["GET /nowhere"]) == set()
    part = report.narrowed(["dangerous"], ())
    assert part.summary == f"{report.summary}; shown: 1"
    assert part.bump is report.bump
    assert report.narrowed((), ()) is report


def test_names_from_a_description_cannot_act(hostile):
    annotations = github(hostile).splitlines()
    assert len(annotations) == 1, "a line of its own would be a command of its own"
    assert annotations[0].startswith("::error title=breaking%3A request-property-added-required")
    assert "##[" not in annotations[0]
    assert "\x1b" not in terminal(hostile)
    assert "\u202e" not in terminal(hostile)
    for text in (markdown(hostile), changelog(hostile.changes, "2.0.0")):
        outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", text)
        assert "<script>" not in outside.replace("\\<", "")
        assert "](javascript" not in outside.replace("\\]", "")
    assert ET.fromstring(junit(hostile)).find("testsuite").get("failures") == "1"
    json.loads(json_text(hostile))
    json.loads(sarif(hostile))
    assert "<script>" not in html(hostile)
    assert "\u202e" not in html(hostile)


def waivers(tmp_path, text):
    path = tmp_path / "waivers.yaml"
    path.write_text(text)
    diagnostics = Diagnostics()
    return read_waivers(path, diagnostics), diagnostics


def test_a_waiver_accepts_what_it_names(tmp_path, report):
    given, found = waivers(
        tmp_path,
        "waivers:\n"
        "  - {rule: parameter-maximum-decreased, place: GET /calls, reason: nobody asks}\n",
    )
    rest, accepted = apply_waivers(report.changes, given, found)
    assert not list(found)
    assert [w.change.rule.id for w in accepted] == ["parameter-maximum-decreased"]
    waived = Report("v1", "v2", rest, accepted)
    assert not waived.fails(Verdict.BREAKING)
    assert waived.fails(Verdict.DANGEROUS)
    assert waived.bump is Bump.MAJOR
    for text in (terminal(waived), json_text(waived), junit(waived)):
        assert "nobody asks" in text
    assert "### Accepted" in markdown(waived)


@pytest.mark.parametrize("place", ["GET /call", "GET /calls/{id}", "POST /calls"])
def test_a_waiver_reaches_no_further_than_its_place(tmp_path, report, place):
    text = f"waivers:\n  - rule: parameter-maximum-decreased\n    place: {place}\n    reason: a b\n"
    given, found = waivers(tmp_path, text)
    rest, accepted = apply_waivers(report.changes, given, found)
    assert not accepted
    assert rest == report.changes
    stale = next(iter(found))
    assert stale.code is Code.DIFF_WAIVER_STALE
    assert (stale.position.line, stale.position.file) == (2, str(tmp_path / "waivers.yaml"))


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{rule: parameter-maximum-decreasd, reason: a b}", "No rule is called"),
        ("{reason: a b}", "names no rule"),
        ("{rule: parameter-removed}", "gives no reason"),
        ("{rule: parameter-removed, reason: ' '}", "gives no reason"),
        ("{rule: parameter-removed, reason: a b, where: x}", "Unknown key 'where'"),
        ("parameter-removed", "names no rule"),
    ],
)
def test_a_waiver_not_understood_is_said_so_once_with_its_place(tmp_path, entry, words):
    given, found = waivers(tmp_path, f"waivers:\n  - {entry}\n")
    assert given == ()
    (only,) = found
    assert only.code is Code.DIFF_WAIVER
    assert words in only.message
    assert only.position.line == 2


def test_a_file_without_waivers_is_not_a_waiver_file(tmp_path):
    given, found = waivers(tmp_path, "waiver: []\n")
    assert given == ()
    assert [d.code for d in found] == [Code.DIFF_WAIVER]


def test_bump_follows_the_worst(report):
    by_verdict = {c.rule.id: c for c in report.changes}
    text = by_verdict["info-title-changed"]
    safe = by_verdict["request-property-added"]
    risky = by_verdict["request-pattern-changed"]
    worst = by_verdict["parameter-maximum-decreased"]
    assert version_bump([]) is Bump.NONE
    assert version_bump([text]) is Bump.PATCH
    assert version_bump([text, safe]) is Bump.MINOR
    assert version_bump([risky]) is Bump.MINOR
    assert version_bump([text, safe, risky, worst]) is Bump.MAJOR


def test_what_breaks_python_alone_is_major(base, edit, changes):
    renamed = edit(base, {"set": {"/paths/~1calls/get/x-trunkline-method": "all_calls"}})
    assert version_bump(changes(base, renamed)) is Bump.MAJOR


def test_what_is_only_called_otherwise_is_a_patch(changes):
    def named(operation):
        get = {"operationId": operation, "responses": {"204": {"description": "ok"}}}
        return {
            "openapi": "3.1.0",
            "info": {"title": "a", "version": "1"},
            "paths": {"/crates/{id}": {"get": get}},
        }

    assert version_bump(changes(named("get_crate"), named("getCrate"))) is Bump.PATCH


@pytest.mark.parametrize(
    ("version", "bump", "expected"),
    [
        ("0.1.0", Bump.MAJOR, "0.2.0"),
        ("0.1.3", Bump.MINOR, "0.1.4"),
        ("0.1.3", Bump.PATCH, "0.1.4"),
        ("0.1.3", Bump.NONE, "0.1.3"),
        ("1.0.0", Bump.MAJOR, "2.0.0"),
    ],
)
def test_below_one_what_breaks_raises_the_second_number(version, bump, expected):
    assert next_version(version, bump) == expected
    assert enough(version, expected, bump)


def test_below_one_a_break_is_not_a_third_number():
    assert not enough("0.1.0", "0.1.1", Bump.MAJOR)
    assert enough("0.1.0", "1.0.0", Bump.MAJOR)


def test_next_version():
    assert [next_version("1.2.3", bump) for bump in Bump] == ["2.0.0", "1.3.0", "1.2.4", "1.2.3"]
    with pytest.raises(ValueError, match=re.escape("'1.2'")):
        next_version("1.2", Bump.PATCH)


@pytest.mark.parametrize(
    ("published", "proposed", "bump", "answer"),
    [
        ("1.2.3", "1.2.4", Bump.PATCH, True),
        ("1.2.3", "1.2.4", Bump.MINOR, False),
        ("1.2.3", "1.10.0", Bump.MINOR, True),
        ("1.2.3", "1.9.9", Bump.MAJOR, False),
        ("1.2.3", "2.0.0", Bump.MAJOR, True),
        ("1.2.3", "1.2.2", Bump.NONE, False),
        ("1.2.3", "1.2.3", Bump.NONE, True),
    ],
)
def test_enough(published, proposed, bump, answer):
    assert enough(published, proposed, bump) is answer


def test_changelog_says_what_to_do_first(report):
    text = changelog(
        report.changes, "2.0.0", method=lambda s: {"GET /calls": "client.calls.list"}.get(s, s)
    )
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings == [
        "## 2.0.0",
        "### Breaking",
        "### Take care",
        "### Added",
        "### Documentation",
    ]
    assert "- `client.calls.list` › `query parameter size`: the value may go up to 50 only" in text


def test_changelog_of_nothing():
    assert changelog([], "1.0.1") == "## 1.0.1\n\nNothing changed.\n"


def test_a_report_fits_a_comment_whatever_its_size(changes):
    def operation(number, maximum):
        schema = {"type": "integer", "maximum": maximum}
        return {
            "parameters": [{"name": f"n{number}", "in": "query", "schema": schema}],
            "responses": {"204": {"description": "ok"}},
        }

    def described(count, maximum):
        more = {"/new": {"get": {"responses": {"204": {"description": "ok"}}}}}
        paths = {f"/things{i}": {"get": operation(i, maximum)} for i in range(count)}
        info = {"title": "a", "version": "1"}
        return {
            "openapi": "3.1.0",
            "info": info,
            "paths": {**paths, **(more if maximum == 5 else {})},
        }

    found = changes(described(600, 10), described(600, 5))
    text = markdown(Report("old", "new", tuple(found)))
    assert len(text) < 65_536
    assert "### Breaking" in text
    assert "600 breaking" in text
    assert "`trunkline diff` prints the rest" in text


def test_a_changelog_speaks_of_the_package(changes):
    """Classes by their names in Python, advice that fits, and descriptions counted."""

    def described(*, scopes, status, text, model):
        schema = {"type": "object", "properties": {"id": {"type": "string", "description": text}}}
        flow = {"tokenUrl": "https://x.test/token", "scopes": {"read": "r", "write": "w"}}
        return {
            "openapi": "3.1.0",
            "info": {"title": "a", "version": "1"},
            "paths": {
                "/things": {
                    "get": {
                        "security": [{"login": scopes}],
                        "responses": {
                            status: {"description": text},
                            "206": {
                                "description": text,
                                "content": {
                                    "application/json": {
                                        "schema": {"$ref": f"#/components/schemas/{model}"}
                                    }
                                },
                            },
                        },
                    }
                }
            },
            "components": {
                "schemas": {model: schema, **({"tag--old": schema} if text == "a" else {})},
                "securitySchemes": {
                    "login": {"type": "oauth2", "flows": {"clientCredentials": flow}}
                },
            },
        }

    found = changes(
        described(scopes=["read"], status="200", text="a", model="Thing--Base"),
        described(scopes=["read", "write"], status="201", text="b", model="Item--Base"),
    )
    classes = {"Thing--Base": "ThingBase", "Item--Base": "ItemBase"}
    text = changelog(found, "2.0.0", model=classes.get)

    assert "the scope write of login is needed now. Ask for tokens that have it." in text
    assert "success is no longer answered with 200. Expect the other responses." in text
    assert "the model ThingBase is called ItemBase. Import the new name." in text
    assert "Base--" not in text
    assert "--Base" not in text
    assert "tag" not in text, "it has no class"
    assert "the description of" not in text
    assert text.count("of what is received changed.") == 1
