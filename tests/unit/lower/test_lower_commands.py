"""`x-trunkline-commands`: read, and every way to get it wrong."""

from __future__ import annotations

import pytest

from trunkline import ir

WEBHOOK = """
paths: {}
webhooks:
  turn:
    post:
      responses: {'200': {description: ok}}
      x-trunkline-commands: """


def test_members_and_results(lowered):
    found = lowered(
        WEBHOOK
        + "{command: last, result: outcome, id: n, error: why, arguments: with,"
        + " results: {ask: {type: integer, minimum: 1}}}\n"
    )
    assert found.codes == []
    commands = found.api.webhooks[0].commands
    assert commands is not None
    assert (commands.command, commands.result, commands.id, commands.error, commands.arguments) == (
        "last",
        "outcome",
        "n",
        "why",
        "with",
    )
    assert commands.results["ask"].shape == ir.Integer(minimum=1)
    assert "x-trunkline-commands" not in found.api.webhooks[0].operation.extensions


@pytest.mark.parametrize(
    ("written", "says", "hint"),
    [
        ("true", "is a mapping", ""),
        ("{command: a}", "needs 'result'", ""),
        ("{result: a}", "needs 'command'", ""),
        ("{command: 1, result: b}", "'command' is the name of a member", ""),
        ("{command: a, result: b, argument: c}", "no member 'argument'", "'arguments'"),
    ],
)
def test_mistakes_are_diagnosed_where_they_stand(lowered, written, says, hint):
    found = lowered(WEBHOOK + written + "\n")
    assert found.api.webhooks[0].commands is None
    (only,) = found.found
    assert only.code.name == "BAD_EXTENSION"
    assert says in only.message
    assert hint in (only.hint or "")
    assert only.position.line == 9
