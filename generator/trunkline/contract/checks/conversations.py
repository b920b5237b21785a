"""Conversations: what the service asks the receiver of a call, and tells it."""

from __future__ import annotations

import base64
import json

from trunkline import ir
from trunkline.contract.checks.comparison import same, show
from trunkline.contract.checks.triggers import PATIENCE, SECRET, pass_time, reach, run_trigger
from trunkline.contract.engine import CheckContext, Family, rule, webhook_check
from trunkline.contract.model import Exchange, get_path
from trunkline.contract.session import ReceivedRequest, serve_callbacks
from trunkline.ir import Json

rule(
    "talk-request",
    Family.WEBHOOKS,
    "Every request of a conversation fits its schema and carries the login agreed on",
    "A receiver cannot tell the service from anybody else by anything but the login.",
)
rule(
    "talk-outcome",
    Family.WEBHOOKS,
    "The request after a command tells which it was and what came of it, variables unchanged",
    "The receiver keeps no state: what is not told it does not know.",
)
rule(
    "talk-ended",
    Family.WEBHOOKS,
    "A conversation ends with one request that says so",
    "What is opened for a call must be closed after it.",
)


def _is_conversation(webhook: ir.Webhook) -> bool:
    return webhook.commands is not None


@webhook_check("talk-request", "talk-outcome", "talk-ended", needs=_is_conversation)
def conversations(ctx: CheckContext, webhook: ir.Webhook) -> None:
    """Begin a conversation; answer with a command from the description's examples, with one that
    nobody knows, and with the one that ends it."""
    reach(ctx)
    behaviour = ctx.api.behaviour
    assert behaviour is not None
    rules = behaviour.conversations[webhook.name]
    commands = _script(webhook, rules)

    def policy(path: str, raw: bytes, before: int) -> tuple[int, bytes]:
        del path, raw
        answer = commands[before] if before < len(commands) else {}
        return 200, json.dumps(answer).encode()

    with serve_callbacks(policy) as ears:
        known: dict[str, Json] = {
            "unique": ctx.session.fresh(), "url": f"{ears.url}/talk",
            "login": "suite", "password": SECRET,
        }  # fmt: skip
        evidence, _ = run_trigger(ctx, rules.triggers, known)
        pass_time(ctx, 2)
        heard = ears.wait("/talk", len(commands) + 1, PATIENCE)
        _judge_conversation(ctx, webhook, rules, commands, heard, evidence)


def _script(webhook: ir.Webhook, rules: ir.Conversation) -> list[dict[str, Json]]:
    name = webhook.commands.command if webhook.commands is not None else "command"
    examples = [
        value
        for response in webhook.operation.responses
        for content in response.contents
        for value in content.examples.values()
    ]
    found: list[dict[str, Json]] = [
        dict(one) for one in examples if isinstance(one, dict) and one.get(name) not in rules.hangup
    ][:2]
    found.append({name: "no-such-command", "command_id": 77, "variables": {"kept": [1, "é"]}})
    if rules.hangup:
        found.append({name: rules.hangup[0], "command_id": 78})
    return found


def _judge_conversation(
    ctx: CheckContext,
    webhook: ir.Webhook,
    rules: ir.Conversation,
    commands: list[dict[str, Json]],
    heard: list[ReceivedRequest],
    evidence: list[Exchange],
) -> None:
    def broken(rule_: str, message: str) -> None:
        ctx.violation(
            webhook.operation, f"{webhook.name}: {message}", *evidence[-2:],
            rule=rule_, subject=webhook.name,
        )  # fmt: skip

    if not ctx.expect(bool(heard)):
        broken("talk-request", "the server was never asked")
        return
    content = webhook.operation.body.contents[0] if webhook.operation.body else None
    login = "Basic " + base64.b64encode(f"suite:{SECRET}".encode()).decode()
    for one in heard:
        if content is not None and content.schema is not None:
            faults = list(ctx.validator.faults(content.schema, one.json, "request"))
            if not ctx.expect(not faults):
                path, message = faults[0]
                where = ".".join(map(str, path)) or "its root"
                broken("talk-request", f"a request breaks its schema at {where}: {message}")
        if rules.login is not None and not ctx.expect(one.headers.get("authorization") == login):
            broken("talk-request", "a request does not carry the login")
    names = webhook.commands
    assert names is not None
    if not ctx.expect(not heard[0].object.get(names.command)):
        broken("talk-request", f"the first request tells of a command: {heard[0].show()}")
    for command, after in zip(commands[:-1], heard[1:], strict=False):
        told = after.object
        said = command.get(names.command)
        if not ctx.expect(told.get(names.command) == said):
            broken("talk-outcome", f"{said!r} is followed by {show(told.get(names.command))}")
        if names.id is not None and names.id in command:
            right = same(told.get(names.id), command[names.id])
            if not ctx.expect(right):
                broken("talk-outcome", f"{names.id} came back as {show(told.get(names.id))}")
        kept = "variables" not in command or same(told.get("variables"), command["variables"])
        if not ctx.expect(kept):
            broken("talk-outcome", f"variables came back as {show(told.get('variables'))}")
        failed = said == "no-such-command"
        error = told.get(names.error) if names.error else None
        if failed and names.error and not ctx.expect(bool(error)):
            broken("talk-outcome", "a command that nobody knows did not fail")
        if not failed and names.error and not ctx.expect(not error):
            broken("talk-outcome", f"the command {said!r} failed: {show(error)}")
    ends = [
        one for one in heard if all(get_path(one.json, (k,)) == v for k, v in rules.ended.items())
    ]
    if not ctx.expect(len(ends) == 1 and heard[-1] is ends[0]):
        what = "no request says" if not ends else "more than the last request say"
        broken("talk-ended", f"{what} that it is over")
    if not ctx.expect(len(heard) <= len(commands) + 1):
        broken("talk-ended", "requests came after the end")
