"""Every API held to every check, one test for each check on each target.

pytest contract_tests                                  against the emulator
pytest contract_tests --api telnyx --base-url URL --token T --other-token T2
pytest contract_tests -k update-visible                one check
"""

import pytest

from trunkline.pytest_plugin import run_check


@pytest.mark.checks("crud")
def test_crud(contract_session, unit):
    """What is answered is stored, and only what was asked for happens."""
    run_check(contract_session, unit)


@pytest.mark.checks("patch")
def test_patch(contract_session, unit):
    """What an update leaves alone, clears and replaces."""
    run_check(contract_session, unit)


@pytest.mark.checks("owned")
def test_owned(contract_session, unit):
    """Ids, points in time and constants belong to the server."""
    run_check(contract_session, unit)


@pytest.mark.checks("lists")
def test_lists(contract_session, unit):
    """Everything once, nothing else, and pages that add up."""
    run_check(contract_session, unit)


@pytest.mark.checks("filters")
def test_filters(contract_session, unit):
    """All that match, nothing else, and every character taken for itself."""
    run_check(contract_session, unit)


@pytest.mark.checks("sorting")
def test_sorting(contract_session, unit):
    """In order, both ways, and the same objects as without."""
    run_check(contract_session, unit)


@pytest.mark.checks("validation")
def test_validation(contract_session, unit):
    """What lies within bounds is accepted, what lies one step beyond is refused."""
    run_check(contract_session, unit)


@pytest.mark.checks("security")
def test_security(contract_session, unit):
    """Who may call, and whose data it is."""
    run_check(contract_session, unit)


@pytest.mark.checks("protocol")
def test_protocol(contract_session, unit):
    """Methods, media types, locations."""
    run_check(contract_session, unit)


@pytest.mark.checks("robustness")
def test_robustness(contract_session, unit):
    """Odd input is kept as it is or refused in order."""
    run_check(contract_session, unit)


@pytest.mark.checks("idempotency")
def test_idempotency(contract_session, unit):
    """The same request twice is one."""
    run_check(contract_session, unit)


@pytest.mark.checks("concurrency")
def test_concurrency(contract_session, unit):
    """Several at once lose nothing."""
    run_check(contract_session, unit)


@pytest.mark.checks("rpc")
def test_rpc(contract_session, unit):
    """Replies in order, parameters checked by position, results as described."""
    run_check(contract_session, unit)


@pytest.mark.checks("webhooks")
def test_webhooks(contract_session, unit):
    """What the service sends: signed, repeated, true, and to nobody else."""
    run_check(contract_session, unit)
