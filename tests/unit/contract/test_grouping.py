import pytest

from trunkline.contract.model import EvidenceStep, Finding, RunReport, group_findings
from trunkline.contract.reports.ranking import ranked


def finding(rule, operation, subject, *curls, times=1):
    steps = tuple(EvidenceStep(curl, 200, "") for curl in curls)
    return Finding(rule, operation, subject, f"{rule} {subject}", steps, times=times)


def test_members_of_one_operation_are_one_cause():
    found = group_findings(
        [
            finding("update-visible", "patch", name, f"curl {name}", times=2)
            for name in ("name", "colour", "size")
        ]
    )
    assert [(c.rule, c.operations, c.subjects, c.times) for c in found] == [
        ("update-visible", ("patch",), ("name", "colour", "size"), 6)
    ]


def test_one_parameter_of_many_operations_is_one_cause():
    found = group_findings([finding("auth-wrong", f"method{n}", "") for n in range(92)])
    assert len(found) == 1
    assert len(found[0].operations) == 92
    assert found[0].subjects == ()


def test_rules_stay_apart_and_in_the_order_found():
    found = group_findings(
        [
            finding("b", "one", "x"),
            finding("a", "one", "x"),
            finding("b", "two", "x"),
            finding("b", "one", "y"),
        ]
    )
    assert [(c.rule, c.operations) for c in found] == [
        ("b", ("one",)),
        ("a", ("one",)),
        ("b", ("two",)),
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_the_example_has_the_smallest_reproduction(turned):
    members = [
        finding("r", "o", "none"),
        finding("r", "o", "long", "curl -X POST long"),
        finding("r", "o", "short", "curl"),
        finding("r", "o", "two", "a", "b"),
    ]
    (cause,) = group_findings(members[::-1] if turned else members)
    assert cause.example.subject == "short"


def failing(rule, operation, subject, curl):
    return Finding(rule, operation, subject, "fails", (EvidenceStep(curl, 500, ""),))


def test_one_failing_request_is_one_cause_whatever_rules_it_breaks():
    found = group_findings(
        [
            failing("no-server-error", "create", "", "curl -d NaN"),
            failing("bodies-survived", "create", "no number", "curl -d NaN"),
            failing("bodies-survived", "replace", "deep", "curl -d [[["),
        ]
    )
    assert [(c.rule, len(c.findings)) for c in found] == [
        ("no-server-error", 2),
        ("bodies-survived", 1),
    ]


def test_the_worst_cause_is_told_first():
    report = RunReport("x", "X", "http://127.0.0.1", 0, "smoke")
    for rule in ("allow-header", "type-enforced", "updates-kept", "update-visible", "auth-missing"):
        report.findings.add(finding(rule, "o", rule, "curl"))
    assert [cause.rule for cause in ranked(report)] == [
        "auth-missing",
        "update-visible",
        "updates-kept",
        "type-enforced",
        "allow-header",
    ]
