"""Every rule has a defect that only it names: what the suite says, and not that it says something.

The tables are the measurement: a whole run, every check and Schemathesis' phases, against a server
with one defect. Where a defect cannot break one rule alone, the others stand beside it with the
reason. The rules for receivers have wrong receivers of their own
(`tests/functional/contract/test_receiver.py`).
"""

from pathlib import Path

import pytest

from trunkline import contract
from trunkline.contract.engine import Family
from trunkline.contract.model import Level, bundle
from trunkline.emulator import running
from trunkline.emulator.defects import CATALOGUE
from trunkline.pytest_plugin import loaded

COMPLETE = str(Path(__file__).with_name("complete.yaml"))
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

TELLING = ("updates-kept", "unique-raced", "put-created", "put-once", "answers", "rpc-created")
"""Tried in every run; the others in the exhaustive one."""


def run(name, defect, **settings):
    """The rules that a run names; conventions that are only hints count where nothing else is."""
    found = loaded(name)
    with running(found.api, defects=[defect] if defect else []) as server:
        credentials = contract.GivenCredentials(
            server.credentials["token"], server.credentials["other_token"]
        )
        config = contract.RunConfig(
            api=found.api,
            name=name,
            description=bundle(found.document),
            base_url=server.url,
            credentials=credentials,
            include_unsafe=("*",),
            **settings,
        )
        report = contract.run(config)
    hints = {h.rule for h in report.hints if contract.RULES[h.rule].level is Level.HINT}
    return {violation.rule for violation in report.violations} or hints


def cases(table):
    return [
        pytest.param(rule, *row, id=rule, marks=() if rule in TELLING else pytest.mark.exhaustive)
        for rule, row in table.items()
    ]


def test_the_tables_hold_every_rule():
    of_receivers = {r for r, found in contract.RULES.items() if found.family is Family.RECEIVER}
    told = [*ALONE, *TOGETHER, *PARTS, *FULL_ONLY]
    assert sorted(told) == sorted(set(told))
    assert set(told) == set(contract.RULES) - of_receivers
    for _, defect, *_ in (*ALONE.values(), *TOGETHER.values(), *FULL_ONLY.values()):
        assert defect in CATALOGUE


@pytest.mark.parametrize(("rule", "name", "defect"), cases(ALONE))
def test_only_it_names_the_defect(rule, name, defect):
    assert run(name, defect) == {rule}


@pytest.mark.parametrize(("rule", "name", "defect", "others", "why"), cases(TOGETHER))
def test_it_and_those_it_cannot_be_told_from_name_the_defect(rule, name, defect, others, why):
    """No rule beside those that are known to."""
    assert why
    assert {rule} <= run(name, defect) <= {rule, *others}


@pytest.mark.parametrize(("rule", "name", "defect"), cases(FULL_ONLY))
def test_the_full_profile_names_the_defect(rule, name, defect):
    check = next(c.id for c in contract.CHECKS.values() if rule in {c.id, *c.rules})
    assert rule in run(name, defect, only=(check,), phases=False, profile=contract.Profile.FULL)
