"""Schemathesis' own phases, in the engine it runs on the command line, one test an operation."""

import pytest

from trunkline.pytest_plugin import hold_phases


@pytest.mark.parametrize("phase", ["examples", "coverage", "fuzzing"])
def test_operation(contract_servers, api_operation, phase):
    """Requests generated from the description; every built-in check on every answer."""
    name, operation = api_operation
    hold_phases(contract_servers.of(name), frozenset({operation}), [phase])


def test_stateful(contract_servers, api_name):
    """Sequences of calls that follow links, documented and inferred."""
    laboratory = contract_servers.of(api_name)
    operations = frozenset(o.id for o in laboratory.api.operations)
    hold_phases(laboratory, operations, ["stateful"])
