"""The proof: every defect is found by rules that name it, every rule has a defect of its own.

A defect says itself which rules name it (`caught_by`), and on which descriptions it shows
(`applies`): each is tried on each. The tables say besides what a whole run names, every check and
Schemathesis' phases: the rule alone. Where a defect cannot break one rule alone, the others stand
beside it with the reason. The rules for receivers have wrong receivers of their own
(`tests/functional/contract/test_receiver.py`).

By default a few defects of each area are tried; the marker `exhaustive` stands for all of them, on
every API, and for the clean emulator on more seeds.
"""

from pathlib import Path

import pytest

from trunkline import contract
from trunkline.contract.engine import Family
from trunkline.contract.model import Level, bundle
from trunkline.emulator import running
from trunkline.emulator.defects import CATALOGUE
from trunkline.pipeline import specs_root
from trunkline.pytest_plugin import loaded, names

COMPLETE = str(Path(__file__).with_name("complete.yaml"))
"""Defects that no description in specs/ has an occasion for are proved on this one."""
PAPERS = str(Path(__file__).with_name("papers.yaml"))
"""The same for what is not sent or shown as JSON."""
TELNYX, CALLR = "telnyx", "callr"

CRASH = "who falls over has failed as a server, whatever was sent"
FUZZED = "Schemathesis may come upon such a body as well, and says so in words of its own"
FORM = "a description has the form as a schema, which holds for every response"
SAME = "one rule says of one moment what the other says of the next"
LISTS = "who counts, pages and compares objects sees which there are"

PARTS = {"auth-enforced", "rpc-guarded", "create-bounds", "update-bounds"}
"""Checks that report what they find under the rules they are made of."""

ALONE = {
    "updates-kept": (COMPLETE, "updates-overwrite-one-another"),
    "job-ends": (COMPLETE, "jobs-never-end"),
    "creates-apart": (COMPLETE, "ids-raced"),
    "unique-raced": (COMPLETE, "unique-values-raced"),
    "stale-refused": (COMPLETE, "stale-changes-accepted"),
    "etag-changes": (COMPLETE, "entity-tag-stays"),
    "json-patch-kept": (COMPLETE, "json-patch-not-kept"),
    "json-patch-whole": (COMPLETE, "json-patch-tests-nothing"),
    "merge-nested": (PAPERS, "merge-patch-not-merged"),
    "not-modified": (PAPERS, "any-tag-taken-for-the-own"),
    "upload-kept": (PAPERS, "uploads-cut"),
    "bytes-kept": (PAPERS, "bytes-cut"),
    "upload-told": (PAPERS, "sizes-told-short"),
    "parameter-enforced": (COMPLETE, "page-size-unlimited"),
    "body-required": (COMPLETE, "empty-body-accepted"),
    "error-points": (TELNYX, "fault-blamed-on-another"),
    "auth-missing": (COMPLETE, "missing-token-accepted"),
    "auth-first": (COMPLETE, "strangers-told-of-faults"),
    "auth-no-effect": (COMPLETE, "refused-still-deletes"),
    "tenant-read": (COMPLETE, "others-objects-read"),
    "tenant-update": (COMPLETE, "others-objects-changed"),
    "tenant-delete": (COMPLETE, "others-objects-deleted"),
    "tenant-list": (COMPLETE, "counts-leak"),
    "existence-hidden": (COMPLETE, "others-objects-admitted"),
    "rpc-id": (CALLR, "id-not-echoed"),
    "rpc-result": (CALLR, "results-wrapped"),
    "rpc-arity": (CALLR, "missing-parameters-accepted"),
    "rpc-unknown": (CALLR, "unknown-methods-answered"),
    "rpc-created": (CALLR, "created-not-found-by-methods"),
    "talk-request": (CALLR, "login-left-out"),
    "talk-outcome": (CALLR, "command-ids-counted"),
    "talk-ended": (CALLR, "the-end-never-told"),
    "create-accepted": (COMPLETE, "creations-refused"),
    "create-echo": (COMPLETE, "empty-forgotten"),
    "defaults-applied": (TELNYX, "defaults-wrong"),
    "id-exact": (COMPLETE, "ids-matched-by-start"),
    "delete-unlisted": (COMPLETE, "deleted-still-listed"),
    "delete-unusable": (COMPLETE, "deleted-still-updated"),
    "delete-twice": (COMPLETE, "deleted-twice"),
    "delete-alone": (COMPLETE, "delete-takes-neighbours"),
    "delete-answer": (COMPLETE, "delete-answers-another"),
    "event-sent": (CALLR, "events-never-sent"),
    "event-signed": (CALLR, "algorithm-of-the-subscription-ignored"),
    "event-body": (CALLR, "event-data-cut-short"),
    "event-true": (CALLR, "event-of-another-object"),
    "event-repeated": (CALLR, "events-not-repeated"),
    "event-private": (CALLR, "events-sent-to-others"),
    "event-ended": (CALLR, "unsubscribed-still-told"),
    "filter-complete": (COMPLETE, "contains-means-equals"),
    "filter-case": (COMPLETE, "filter-case-turned"),
    "filter-literal": (COMPLETE, "filter-takes-wildcards"),
    "key-replays": (COMPLETE, "idempotency-keys-only-compared"),
    "key-conflicts": (COMPLETE, "idempotency-keys-answer-anything"),
    "key-apart": (COMPLETE, "idempotency-keys-shared"),
    "listed-same": (COMPLETE, "list-shows-old-versions"),
    "pages-partition": (COMPLETE, "page-skips-one"),
    "page-default": (COMPLETE, "default-size-wrong"),
    "past-the-end": (COMPLETE, "page-after-the-last-repeats-it"),
    "parent-exact": (COMPLETE, "reached-below-any-parent"),
    "parent-listed": (COMPLETE, "lists-of-every-parent"),
    "parent-missing": (COMPLETE, "orphans-accepted"),
    "empty-keeps": (COMPLETE, "empty-update-clears"),
    "null-clears": (COMPLETE, "null-ignored"),
    "refused-keeps": (COMPLETE, "refused-update-half-done"),
    "replace-whole": (COMPLETE, "replace-merges"),
    "replace-status": (COMPLETE, "replacing-says-created"),
    "method-refused": (COMPLETE, "unknown-methods-welcome"),
    "allow-header": (COMPLETE, "allow-left-out"),
    "path-refused": (COMPLETE, "unknown-paths-welcome"),
    "media-type-refused": (COMPLETE, "any-media-type-accepted"),
    "accept-honoured": (TELNYX, "accept-taken-literally"),
    "charset-accepted": (COMPLETE, "charset-refused"),
    "head-same": (COMPLETE, "head-of-another-type"),
    "put-created": (COMPLETE, "creating-says-replaced"),
    "put-idempotent": (COMPLETE, "put-again-turns-flags"),
    "put-once": (COMPLETE, "put-again-listed-twice"),
    "refused-creates-nothing": (COMPLETE, "refused-but-created"),
    "no-server-error": (COMPLETE, "crash-on-empty-text"),
    "status-documented": (COMPLETE, "created-with-wrong-status"),
    "content-type-documented": (COMPLETE, "content-type-left-out"),
    "response-schema": (COMPLETE, "errors-of-another-shape"),
    "headers-formed": (COMPLETE, "dates-as-words"),
    "challenge-sent": (COMPLETE, "challenge-left-out"),
    "errors-discreet": (COMPLETE, "stack-trace-shown"),
    "answers": (COMPLETE, "deletions-broken-off"),
    "valid-accepted": (COMPLETE, "greatest-page-size-refused"),
    "invalid-rejected": (COMPLETE, "queries-of-writes-unchecked"),
    "text-kept": (TELNYX, "text-trimmed"),
    "owned-on-create": (TELNYX, "owned-taken-on-create"),
    "owned-on-update": (TELNYX, "owned-taken-on-update"),
    "updated-moves": (TELNYX, "update-time-stays"),
    "times-ordered": (COMPLETE, "updated-before-created"),
    "sort-monotone": (COMPLETE, "sort-within-pages-only"),
    "sort-complete": (COMPLETE, "sort-loses-the-last"),
    "sort-default": (COMPLETE, "default-order-reversed"),
    "update-echo": (COMPLETE, "update-answered-stale"),
    "update-alone": (TELNYX, "update-touches-neighbours"),
}
"""By rule: a description, and the defect on which no other rule is broken."""

TOGETHER = {
    "unknown-refused": (COMPLETE, "unknown-members-accepted", {"invalid-rejected"}, FUZZED),
    "type-enforced": (COMPLETE, "text-as-number-accepted", {"invalid-rejected"}, FUZZED),
    "format-enforced": (TELNYX, "format-ignored", {"invalid-rejected"}, FUZZED),
    "items-enforced": (COMPLETE, "array-limits-ignored", {"invalid-rejected"}, FUZZED),
    "range-enforced": (COMPLETE, "maximum-ignored", {"invalid-rejected"}, FUZZED),
    "length-enforced": (COMPLETE, "long-text-accepted", {"invalid-rejected"}, FUZZED),
    "location-leads": (COMPLETE, "location-elsewhere", {"create-read"}, SAME),
    "unique-enforced": (COMPLETE, "uniqueness-ignored", {"unique-raced"}, SAME),
    "auth-wrong": (COMPLETE, "any-token-accepted", {"auth-first", "auth-malformed"}, SAME),
    "auth-malformed": (COMPLETE, "token-compared-by-start", {"auth-first"}, SAME),
    "rpc-reply": (CALLR, "result-beside-error", {"response-schema"}, FORM),
    "rpc-params": (CALLR, "parameters-unchecked", {"rpc-arity"}, SAME),
    "rpc-malformed": (CALLR, "malformed-calls-unanswered", {"response-schema"}, FORM),
    "rpc-status": (CALLR, "errors-with-an-http-status", {"no-server-error"}, CRASH),
    "create-read": (
        COMPLETE,
        "value-outside-enumeration",
        {"create-echo", "response-schema"},
        FORM,
    ),
    "read-stable": (
        COMPLETE,
        "reading-moves",
        {
            "auth-no-effect",
            "create-read",
            "listed-same",
            "tenant-update",
            "update-echo",
            "updated-moves",
        },
        SAME,
    ),
    "ids-unique": (
        COMPLETE,
        "ids-given-twice",
        {
            "creates-apart",
            "filter-complete",
            "filter-literal",
            "page-default",
            "page-numbers",
            "tenant-list",
            "update-alone",
        },
        LISTS,
    ),
    "unknown-missing": (
        COMPLETE,
        "unknown-id-read",
        {"delete-gone", "id-exact", "ids-survived", "tenant-read"},
        SAME,
    ),
    "delete-gone": (
        COMPLETE,
        "delete-ignored",
        {"delete-twice", "delete-unlisted", "delete-unusable"},
        SAME,
    ),
    "delete-missing": (COMPLETE, "unknown-id-deleted", {"delete-twice", "tenant-delete"}, SAME),
    "event-once": (CALLR, "events-sent-twice", {"event-repeated"}, SAME),
    "filter-sound": (COMPLETE, "filter-inverted", {"filter-case"}, SAME),
    "filter-total": (COMPLETE, "total-ignores-filters", {"tenant-list"}, SAME),
    "listed-once": (COMPLETE, "id-changes", {"id-fixed"}, LISTS),
    "created-once": (
        COMPLETE,
        "create-kept-twice",
        {"null-clears", "unique-enforced", "valid-accepted"},
        LISTS,
    ),
    "page-size": (
        COMPLETE,
        "page-too-long",
        {"page-default", "page-numbers", "pages-partition"},
        LISTS,
    ),
    "page-numbers": (COMPLETE, "page-repeats-one", {"pages-partition"}, LISTS),
    "order-stable": (
        COMPLETE,
        "order-shuffled",
        {"page-default", "sort-default", "sort-monotone"},
        SAME,
    ),
    "absent-keeps": (COMPLETE, "update-resets-the-rest", {"empty-keeps", "updates-kept"}, SAME),
    "id-fixed": (COMPLETE, "id-changes", {"listed-once"}, LISTS),
    "list-replaces": (TELNYX, "arrays-appended", {"update-echo", "update-visible"}, SAME),
    "replace-visible": (COMPLETE, "replace-not-kept", {"replace-whole"}, SAME),
    "required-enforced": (COMPLETE, "missing-required-accepted", {"invalid-rejected"}, FUZZED),
    "headers-documented": (COMPLETE, "headers-left-out", {"location-leads"}, SAME),
    "status-consistent": (
        COMPLETE,
        "upgrade-unnamed",
        {
            "delete-gone",
            "delete-missing",
            "delete-twice",
            "status-documented",
            "update-missing",
            "valid-accepted",
        },
        SAME,
    ),
    "text-survived": (COMPLETE, "crash-on-astral-characters", {"no-server-error"}, CRASH),
    "numbers-survived": (COMPLETE, "crash-on-large-numbers", {"no-server-error"}, CRASH),
    "ids-survived": (COMPLETE, "crash-on-long-ids", {"no-server-error"}, CRASH),
    "bodies-survived": (COMPLETE, "crash-on-malformed-json", {"no-server-error"}, CRASH),
    "created-fixed": (TELNYX, "creation-time-moves", {"times-ordered"}, SAME),
    "update-visible": (TELNYX, "arrays-appended", {"list-replaces", "update-echo"}, SAME),
    "update-missing": (COMPLETE, "unknown-id-updated", {"delete-unusable", "tenant-update"}, SAME),
    "null-rejected": (COMPLETE, "null-accepted", {"body-required"}, SAME),
    "enum-enforced": (COMPLETE, "unknown-value-accepted", {"invalid-rejected"}, FUZZED),
    "pattern-enforced": (TELNYX, "pattern-ignored", {"invalid-rejected"}, FUZZED),
    "bounds-accepted": (COMPLETE, "minimum-itself-refused", {"valid-accepted"}, SAME),
}

FULL_ONLY = {
    "body-unambiguous": (COMPLETE, "duplicate-keys-accepted"),
    "brackets-plain": (TELNYX, "plain-brackets-missed"),
    "nested-kept": (TELNYX, "nested-replaced"),
    "query-survived": (COMPLETE, "crash-on-high-pages"),
}
"""What only the full profile tries; the other rules are not measured there: hours."""

ANYWHERE = ("valid-accepted", "invalid-rejected")
"""Rules that no check is called by: many hold what they send to them, and so do the phases."""

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
"""Tried in every run, where a few checks are enough; the others in the exhaustive one."""

TELLING_WHOLE = ((COMPLETE, "creating-says-replaced"), (CALLR, "created-not-found-by-methods"))
"""Whole runs that are made every time: one of each way to call a server."""

SEEDS = range(1, 9)
"""Of the clean emulator. What a seed moves, values and their order, differs wholly from seed to
seed; eight also meet what only every fourth run would draw, with 90 percent."""


def rows():
    """By description and defect: the rules that a whole run names it by, and others that may."""
    found = {}
    for rule, (name, defect, *others) in (ALONE | TOGETHER).items():
        found.setdefault((name, defect), {})[rule] = {rule, *(others[0] if others else ())}
    return found


ROWS = rows()


def pytest_generate_tests(metafunc):
    apis = names(metafunc.config)
    if "defect" in metafunc.fixturenames:
        found = [
            pytest.param(name, defect, marks=marks(name, defect), id=f"{Path(name).stem}-{defect}")
            for name in (*apis, COMPLETE, PAPERS)
            for defect, kind in CATALOGUE.items()
            # What is proved elsewhere is not proved once more on what is there for a few.
            if kind.applies(loaded(name).api) and (name != PAPERS or (name, defect) in ROWS)
        ]
        metafunc.parametrize(("name", "defect"), found)
    elif "seed" in metafunc.fixturenames:
        found = [
            pytest.param(
                name,
                seed,
                # With one seed, `test_checks.py` and `test_schemathesis.py` hold the others to all.
                marks=() if (name, seed) == (COMPLETE, 1) else pytest.mark.exhaustive,
                id=f"{Path(name).stem}-{seed}",
            )
            for name in (*apis, COMPLETE, PAPERS)
            for seed in SEEDS
        ]
        metafunc.parametrize(("name", "seed"), found)


def marks(name, defect):
    pair = (name, defect)
    always = pair in TELLING_WHOLE if pair in ROWS else defect in TELLING
    return () if always else pytest.mark.exhaustive


def names_of_all():
    return sorted(p.parent.name for p in specs_root().glob("*/openapi.yaml"))


def config_on(server, name, **settings):
    """A run of everything against an emulator, changed by `settings`."""
    found = loaded(name)
    return contract.RunConfig(
        api=found.api,
        name=name,
        description=bundle(found.document),
        base_url=server.url,
        credentials=contract.GivenCredentials(
            server.credentials["token"], server.credentials["other_token"]
        ),
        include_unsafe=("*",),
        **settings,
    )


def whole(name, defect, **settings):
    """The rules that a whole run names: those that are broken, and conventions."""
    with running(loaded(name).api, defects=[defect]) as server:
        return named(contract.run(config_on(server, name, **settings)).findings.all)


def searched(name, defect, expected):
    """The rules that the checks name in the full profile, until they have named what is expected.

    Only the checks of the rules that are expected are tried; all, where those rules hold for every
    response.
    """
    found = loaded(name)
    ids = [check.id for check in contract.CHECKS.values() if expected & {check.id, *check.rules}]
    broken, hinted = set(), set()
    with running(found.api, defects=[defect]) as server:
        config = config_on(server, name, profile=contract.Profile.FULL)
        with contract.open_session(config) as session:
            for unit in contract.units(found.api, only=tuple(ids), conventions=True):
                more = named(contract.run_unit(session, unit).findings)
                broken |= more[0]
                hinted |= more[1]
                if broken | hinted >= expected:
                    break
    return broken, hinted


def named(findings):
    """Rules that are broken; and conventions that are not, which no description decides (a key
    given twice): those are told, and are no violations."""
    broken = {f.rule for f in findings if f.level is Level.VIOLATION}
    hinted = {f.rule for f in findings if f.level is Level.HINT}
    return broken, {rule for rule in hinted if contract.RULES[rule].level is Level.HINT}


def test_the_tables_hold_every_rule():
    of_receivers = {r for r, found in contract.RULES.items() if found.family is Family.RECEIVER}
    told = [*ALONE, *TOGETHER, *PARTS, *FULL_ONLY]
    assert sorted(told) == sorted(set(told))
    assert set(told) == set(contract.RULES) - of_receivers
    for name, defect, *_ in (*ALONE.values(), *TOGETHER.values(), *FULL_ONLY.values()):
        assert CATALOGUE[defect].applies(loaded(name).api), f"{defect} is not tried on {name}"
    for rule, (_, defect) in FULL_ONLY.items():
        assert rule in CATALOGUE[defect].caught_by
    assert all(why for *_, why in TOGETHER.values())
    assert set(TELLING_WHOLE) <= set(ROWS)


def test_every_defect_names_rules_and_shows_somewhere():
    """No defect without a rule of the suite, and none that no description can show."""
    everywhere = [loaded(name).api for name in (*names_of_all(), COMPLETE, PAPERS)]
    for defect, kind in CATALOGUE.items():
        assert kind.caught_by, defect
        assert set(kind.caught_by) <= set(contract.RULES), defect
        assert any(map(kind.applies, everywhere)), defect


def test_a_defect_is_named(name, defect):
    """By the rules of its row and no others, where it has one; by all that it says it is found by,
    there or by their checks, and in whole runs where anything may come upon it."""
    expected = set(CATALOGUE[defect].caught_by)
    found = set()
    if row := ROWS.get((name, defect)):
        broken, hinted = whole(name, defect)
        for rule, allowed in row.items():
            assert {rule} <= (broken or hinted) <= allowed
        found = broken | hinted
    if not found >= expected and expected.isdisjoint(ANYWHERE):
        found = set().union(*searched(name, defect, expected))
    for profile in contract.Profile if not expected.isdisjoint(ANYWHERE) else ():
        if not found >= expected:
            found = set().union(*whole(name, defect, profile=profile))
    assert found >= expected, f"found by {sorted(found) or 'nothing'}"


def test_the_clean_emulator_has_no_violations(name, seed):
    """Silence, where nothing is wrong, whatever the seed."""
    with running(loaded(name).api) as server:
        report = contract.run(config_on(server, name, seed=seed))
    assert [f"{v.rule} {v.operation} {v.message}" for v in report.violations] == []
    # What was sent through JSON-RPC cannot be taken back, and is listed.
    assert report.left == [] or loaded(name).api.rpc is not None
