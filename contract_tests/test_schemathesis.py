"""Schemathesis' own phases, in the engine it runs on the command line, one test an operation."""

import pytest

from trunkline.pytest_plugin import run_schemathesis


@pytest.mark.parametrize("phase", ["examples", "coverage", "fuzzing"])
def test_operation(contract_servers, api_operation, phase):
    """Requests generated from the description; every built-in check on every response."""
    name, operation = api_operation
    run_schemathesis(contract_servers.of(name), frozenset({operation}), [phase])


def test_stateful(contract_servers, api_name):
    """Sequences of calls that follow links, documented and inferred."""
    session = contract_servers.of(api_name)
    operations = frozenset(o.id for o in session.api.operations)
    run_schemathesis(session, operations, ["stateful"])
