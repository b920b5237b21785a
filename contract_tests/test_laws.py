"""Every API held to every law, one test for each law on each target.

pytest contract_tests                                  against the emulator
pytest contract_tests --api telnyx --base-url URL --token T --other-token T2
pytest contract_tests -k update-visible                one law
"""

import pytest

from trunkline.pytest_plugin import hold


@pytest.mark.laws("crud")
def test_crud(laboratory, unit):
    """What is answered is stored, and only what was asked for happens."""
    hold(laboratory, unit)


@pytest.mark.laws("patch")
def test_patch(laboratory, unit):
    """What an update leaves alone, clears and replaces."""
    hold(laboratory, unit)


@pytest.mark.laws("owned")
def test_owned(laboratory, unit):
    """Ids, points in time and constants belong to the server."""
    hold(laboratory, unit)


@pytest.mark.laws("lists")
def test_lists(laboratory, unit):
    """Everything once, nothing else, and pages that add up."""
    hold(laboratory, unit)


@pytest.mark.laws("filters")
def test_filters(laboratory, unit):
    """All that match, nothing else, and every character taken for itself."""
    hold(laboratory, unit)


@pytest.mark.laws("sorting")
def test_sorting(laboratory, unit):
    """In order, both ways, and the same objects as without."""
    hold(laboratory, unit)


@pytest.mark.laws("validation")
def test_validation(laboratory, unit):
    """What lies within bounds is accepted, what lies one step beyond is refused."""
    hold(laboratory, unit)


@pytest.mark.laws("security")
def test_security(laboratory, unit):
    """Who may call, and whose data it is."""
    hold(laboratory, unit)


@pytest.mark.laws("protocol")
def test_protocol(laboratory, unit):
    """Methods, media types, locations."""
    hold(laboratory, unit)


@pytest.mark.laws("robustness")
def test_robustness(laboratory, unit):
    """Odd input is kept as it is or refused in order."""
    hold(laboratory, unit)


@pytest.mark.laws("idempotency")
def test_idempotency(laboratory, unit):
    """The same request twice is one."""
    hold(laboratory, unit)


@pytest.mark.laws("concurrency")
def test_concurrency(laboratory, unit):
    """Several at once lose nothing."""
    hold(laboratory, unit)


@pytest.mark.laws("rpc")
def test_rpc(laboratory, unit):
    """Replies in order, parameters checked by position, results as described."""
    hold(laboratory, unit)


@pytest.mark.laws("webhooks")
def test_webhooks(laboratory, unit):
    """What the service sends: signed, repeated, true, and to nobody else."""
    hold(laboratory, unit)
