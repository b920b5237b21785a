"""The proof: every defect the emulator can be given is found by a rule that names it rightly.

`CAUGHT_BY` says which rules name a defect. By default a few defects of each area are tried; the
marker `exhaustive` stands for all of them, on every API, and for the clean emulator on many seeds.
"""

import pytest

from trunkline import contract
from trunkline.contract.description import bundle
from trunkline.emulator import running
from trunkline.emulator.defects import CATALOGUE
from trunkline.pytest_plugin import loaded, names

CRASH = {"no-server-error"}
SCHEMA = {"response-schema"}
PAGES = {"pages-partition"}
CREDENTIALS = {"auth-missing", "auth-wrong", "auth-malformed"}

CAUGHT_BY = {
    "accounts-mixed": {"tenant-read", "tenant-list"},
    "allow-left-out": {"allow-header"},
    "any-media-type-accepted": {"media-type-refused"},
    "any-token-accepted": {"auth-wrong"},
    "arrays-appended": {"list-replaces"},
    "body-cut-short": SCHEMA,
    "booleans-as-numbers": SCHEMA,
    "contains-means-equals": {"filter-complete"},
    "contains-means-starts-with": {"filter-complete"},
    "content-type-left-out": {"content-type-documented"},
    "counts-leak": {"tenant-list"},
    "crash-on-astral-characters": CRASH,
    "crash-on-empty-text": CRASH,
    "crash-on-high-pages": CRASH,
    "crash-on-large-numbers": CRASH,
    "crash-on-long-ids": CRASH,
    "crash-on-malformed-json": CRASH,
    "crash-on-missing-body": CRASH,
    "crash-on-negative-numbers": CRASH,
    "crash-on-nul": CRASH,
    "crash-on-null": CRASH,
    "crash-on-other-media-types": CRASH,
    "crash-on-other-than-objects": CRASH,
    "crash-on-quote": CRASH,
    "crash-on-strange-ids": CRASH,
    "crash-on-unicode": CRASH,
    "crash-on-unknown-ids": {"unknown-missing"},
    "crash-on-unknown-members": CRASH,
    "crash-without-credentials": CRASH,
    "create-ignores-a-member": {"create-echo", "create-read"},
    "create-kept-twice": {"created-once"},
    "create-not-kept": {"create-read"},
    "created-with-wrong-status": {"status-documented"},
    "creation-time-moves": {"created-fixed"},
    "default-order-reversed": {"sort-default"},
    "defaults-forgotten": {"defaults-applied"},
    "defaults-wrong": {"defaults-applied"},
    "delete-ignored": {"delete-gone"},
    "delete-takes-neighbours": {"delete-alone"},
    "deleted-still-listed": {"delete-unlisted"},
    "deleted-still-read": {"delete-gone"},
    "deleted-twice": {"delete-twice"},
    "deleting-without-credentials": {"auth-missing"},
    "descending-ignored": {"sort-monotone"},
    "duplicate-keys-accepted": {"body-unambiguous"},
    "elements-unchecked": {"null-rejected", "pattern-enforced", "type-enforced"},
    "empty-body-accepted": {"body-required"},
    "empty-forgotten": {"create-echo", "update-visible", "list-replaces"},
    "empty-list-as-null": SCHEMA,
    "encoded-brackets-missed": {"filter-sound", "parameter-enforced", "brackets-plain"},
    "envelope-forgotten": SCHEMA,
    "errors-as-text": {"content-type-documented"},
    "errors-of-another-shape": SCHEMA,
    "false-forgotten": {"create-echo", "update-visible"},
    "fault-blamed-on-another": {"error-points"},
    "filter-after-paging": {"filter-complete"},
    "filter-ignored": {"filter-sound"},
    "filter-inverted": {"filter-sound"},
    "format-ignored": {"format-enforced"},
    "id-changes": {"id-fixed"},
    "invalid-as-server-error": CRASH,
    "list-shows-old-versions": {"listed-same"},
    "long-text-accepted": {"length-enforced"},
    "longest-text-refused": {"bounds-accepted"},
    "malformed-json-accepted": {"body-required"},
    "maximum-ignored": {"range-enforced"},
    "minimum-ignored": {"range-enforced"},
    "minimum-itself-refused": {"bounds-accepted", "valid-accepted"},
    "missing-required-accepted": {"required-enforced"},
    "missing-token-accepted": {"auth-missing"},
    "nested-replaced": {"nested-kept"},
    "nested-unchecked": {"range-enforced", "enum-enforced", "type-enforced"},
    "newest-not-listed": {"listed-once"},
    "not-found-as-success": {"unknown-missing"},
    "null-accepted": {"null-rejected"},
    "null-ignored": {"null-clears"},
    "null-where-forbidden": SCHEMA,
    "numbers-as-text": SCHEMA,
    "one-member-never-updated": {"update-visible"},
    "others-objects-changed": {"tenant-update"},
    "others-objects-deleted": {"tenant-delete"},
    "others-objects-listed": {"tenant-list"},
    "others-objects-read": {"tenant-read"},
    "page-after-the-last-repeats-it": {"past-the-end"},
    "page-number-always-first": {"page-numbers"},
    "page-number-ignored": PAGES,
    "page-repeats-one": PAGES,
    "page-size-ignored": {"page-size"},
    "page-size-misreported": {"page-numbers"},
    "page-size-unlimited": {"parameter-enforced"},
    "page-skips-one": PAGES,
    "page-too-long": {"page-size"},
    "page-zero-accepted": {"parameter-enforced"},
    "pages-rounded-down": {"page-numbers", "pages-partition"},
    "parameter-type-unchecked": {"parameter-enforced"},
    "pattern-ignored": {"pattern-enforced"},
    "plain-brackets-missed": {"brackets-plain"},
    "query-unchecked": {"parameter-enforced"},
    "reading-without-credentials": {"auth-missing"},
    "replace-merges": {"replace-whole"},
    "required-member-left-out": SCHEMA,
    "required-member-left-out-of-lists": SCHEMA,
    "secrets-shown": SCHEMA,
    "short-text-accepted": {"length-enforced"},
    "sort-ignored": {"sort-monotone"},
    "sort-within-pages-only": {"sort-monotone"},
    "stack-trace-shown": {"errors-discreet"},
    "text-as-number-accepted": {"type-enforced"},
    "text-cut": {"text-kept", "create-echo"},
    "text-escaped": {"text-kept"},
    "text-lowered": {"text-kept", "create-echo"},
    "text-reduced-to-ascii": {"text-kept"},
    "text-trimmed": {"text-kept"},
    "timestamps-misspelt": SCHEMA,
    "token-compared-by-start": CREDENTIALS,
    "token-compared-without-case": CREDENTIALS,
    "total-ignores-filters": {"filter-total"},
    "total-of-the-page": {"page-numbers", "past-the-end"},
    "total-too-high": {"page-numbers"},
    "undocumented-status": {"status-documented"},
    "uniqueness-ignored": {"unique-enforced"},
    "unknown-id-deleted": {"delete-twice"},
    "unknown-id-read": {"unknown-missing"},
    "unknown-id-updated": {"update-missing"},
    "unknown-members-accepted": {"unknown-refused"},
    "unknown-methods-welcome": {"method-refused"},
    "unknown-paths-welcome": {"path-refused"},
    "unknown-sort-accepted": {"parameter-enforced"},
    "unknown-value-accepted": {"enum-enforced"},
    "update-answered-stale": {"update-echo"},
    "update-not-kept": {"update-visible"},
    "update-resets-the-rest": {"absent-keeps"},
    "update-time-stays": {"updated-moves"},
    "update-touches-neighbours": {"update-alone"},
    "updates-unchecked": {"type-enforced", "enum-enforced", "length-enforced"},
    "value-outside-enumeration": SCHEMA,
    "wrong-content-type": {"content-type-documented"},
    "wrong-type-accepted": {"type-enforced"},
    "zero-forgotten": {"create-echo", "update-visible"},
    # JSON-RPC
    "error-code-as-text": {"rpc-reply"},
    "error-without-code": {"rpc-reply"},
    "errors-with-an-http-status": {"rpc-status"},
    "id-as-text": {"rpc-id"},
    "id-not-echoed": {"rpc-id"},
    "malformed-calls-unanswered": {"rpc-malformed"},
    "missing-parameters-accepted": {"rpc-arity"},
    "parameters-unchecked": {"rpc-params"},
    "result-beside-error": {"rpc-reply"},
    "results-as-text": {"rpc-result"},
    "results-wrapped": {"rpc-result"},
    "surplus-parameters-accepted": {"rpc-arity"},
    "unknown-methods-answered": {"rpc-unknown"},
    "unknown-methods-as-invalid-params": {"rpc-unknown"},
    "version-left-out": {"rpc-reply"},
}

UNSEEN = {
    # Every member of these objects that could be dropped is required in answers: nothing shows.
    ("telnyx", "empty-forgotten"),
    ("telnyx", "false-forgotten"),
    # One operation carries every method: none of them is left open by itself.
    ("callr", "deleting-without-credentials"),
    ("callr", "reading-without-credentials"),
}

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
            for name in apis
            for defect, kind in CATALOGUE.items()
            if kind.applies(loaded(name).api) and (name, defect) not in UNSEEN
        ]
        metafunc.parametrize(("name", "defect"), found)
    elif "seed" in metafunc.fixturenames:
        found = [
            pytest.param(name, seed, marks=pytest.mark.exhaustive if seed > 1 else ())
            for name in apis
            for seed in range(1, 11)
        ]
        metafunc.parametrize(("name", "seed"), found)


def hold(name, server, **changes):
    """Run the laws against a running emulator."""
    found = loaded(name)
    settings = {
        "api": found.api,
        "name": name,
        "description": bundle(found.document),
        "base_url": server.url,
        "credentials": contract.Credentials(
            server.credentials["token"], server.credentials["other_token"]
        ),
        **changes,
    }
    return contract.run(contract.RunConfig(**settings))


def test_every_defect_is_expected_of_a_rule():
    """A new defect needs its line in `CAUGHT_BY`; a line without a defect is stale."""
    assert set(CAUGHT_BY) == set(CATALOGUE)
    assert set().union(*CAUGHT_BY.values()) <= set(contract.RULES)


def test_a_defect_is_caught(name, defect):
    """Held to the laws of the rules that name it; to all laws where every answer is judged."""
    expected = CAUGHT_BY[defect]
    laws = [law.id for law in contract.LAWS.values() if expected & {law.id, *law.rules}]
    own = {rule for law in laws for rule in contract.LAWS[law].rules}
    with running(loaded(name).api, defects=[defect]) as server:
        report = hold(
            name,
            server,
            only=tuple(laws) if expected <= own else (),
            phases=False,
            profile=contract.Profile.FULL,
        )
    found = {violation.rule for violation in report.violations}
    assert found & expected, f"found by {sorted(found) or 'nothing'}"


def test_the_clean_emulator_has_no_violations(name, seed):
    """Silence, where nothing is wrong, whatever the seed."""
    with running(loaded(name).api) as server:
        report = hold(name, server, seed=seed)
    assert [f"{v.rule} {v.operation} {v.message}" for v in report.violations] == []
    # What was sent through JSON-RPC cannot be taken back, and is listed.
    assert report.left == [] or loaded(name).api.rpc is not None
