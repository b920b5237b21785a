import pytest

from trunkline.contract.model import EvidenceStep, Finding, group_findings


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
