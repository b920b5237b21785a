"""Conversations: what the service asks the receiver of a call, and tells it."""

from __future__ import annotations

import base64
import json

from trunkline.contract.checks.comparison import same, schema_error, show
from trunkline.contract.checks.triggers import PATIENCE, SECRET, pass_time, reach, run_trigger
from trunkline.contract.engine import CheckContext, ConversationTarget, Family, rule, webhook_check
from trunkline.contract.model import Exchange
from trunkline.contract.session import ReceivedRequest, serve_callbacks
from trunkline.ir import Json
from trunkline.semantics import jsonvalue

rule(
    "talk-request",
    Family.WEBHOOKS,
    "Every request of a conversation fits its schema and carries the login agreed on",
    "A receiver cannot tell the service from anybody else by anything but the login.",
    "Build requests from the schema; send name and password with each of them.",
)
rule(
    "talk-outcome",
    Family.WEBHOOKS,
    "The request after a command tells which it was and what came of it, variables unchanged",
    "The receiver keeps no state: what is not told it does not know.",
    "Keep command, id and variables of the last answer, and tell what failed.",
)
rule(
    "talk-ended",
    Family.WEBHOOKS,
    "A conversation ends with one request that says so",
    "What is opened for a call must be closed after it.",
    "Send the last request from one place that every way out leads through.",
)


@webhook_check("talk-request", "talk-outcome", "talk-ended", needs=ConversationTarget.of)
def conversations(ctx: CheckContext, target: ConversationTarget) -> None:
    """Begin a conversation; answer with a command from the description's examples, with one that
    nobody knows, and with the one that ends it."""
    reach(ctx)
    rules = target.rules
    commands = _script(target)

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
        _judge(ctx, target, commands, heard, evidence)


def _script(target: ConversationTarget) -> list[dict[str, Json]]:
    webhook, rules, name = target.webhook, target.rules, target.commands.command
    examples = [
        value
        for response in webhook.operation.responses
        for content in response.contents
        for value in content.examples.values()
    ]
    found: list[dict[str, Json]] = [
        dict(one) for one in examples if isinstance(one, dict) and one.get(name) not in rules.hangup
    ][:2]
    kept: dict[str, Json] = {one: {"kept": [1, "é"]} for one in rules.kept}
    found.append({name: "no-such-command", **_numbered(target, 77), **kept})
    if rules.hangup:
        found.append({name: rules.hangup[0], **_numbered(target, 78)})
    return found


def _numbered(target: ConversationTarget, number: int) -> dict[str, Json]:
    """The id of a command, where commands have one."""
    return {} if target.commands.id is None else {target.commands.id: number}


def _judge(
    ctx: CheckContext,
    target: ConversationTarget,
    commands: list[dict[str, Json]],
    heard: list[ReceivedRequest],
    evidence: list[Exchange],
) -> None:
    webhook, rules, names = target.webhook, target.rules, target.commands

    def hold(holds: bool, rule_id: str, message: str) -> bool:
        return ctx.expect(
            holds,
            webhook.operation,
            f"{webhook.name}: {message}",
            *evidence[-2:],
            rule=rule_id,
            subject=webhook.name,
        )

    if not hold(bool(heard), "talk-request", "the server was never asked"):
        return
    content = webhook.operation.body.contents[0] if webhook.operation.body else None
    login = "Basic " + base64.b64encode(f"suite:{SECRET}".encode()).decode()
    for one in heard:
        wrong = schema_error(ctx, content.schema if content else None, one.json, "request")
        hold(not wrong, "talk-request", f"a request breaks its schema {wrong}")
        if rules.login is not None:
            hold(
                one.headers.get("authorization") == login,
                "talk-request",
                "a request does not carry the login",
            )
    hold(
        not heard[0].object.get(names.command),
        "talk-request",
        f"the first request tells of a command: {heard[0].show()}",
    )
    for command, after in zip(commands[:-1], heard[1:], strict=False):
        told = after.object
        said = command.get(names.command)
        hold(
            told.get(names.command) == said,
            "talk-outcome",
            f"{said!r} is followed by {show(told.get(names.command))}",
        )
        if names.id is not None and names.id in command:
            right = same(told.get(names.id), command[names.id])
            hold(right, "talk-outcome", f"{names.id} came back as {show(told.get(names.id))}")
        for name in rules.kept:
            kept = name not in command or same(told.get(name), command[name])
            hold(kept, "talk-outcome", f"{name} came back as {show(told.get(name))}")
        failed = said == "no-such-command"
        error = told.get(names.error) if names.error else None
        if failed and names.error:
            hold(bool(error), "talk-outcome", "a command that nobody knows did not fail")
        if not failed and names.error:
            hold(not error, "talk-outcome", f"the command {said!r} failed: {show(error)}")
    ends = [
        one
        for one in heard
        if all(jsonvalue.get(one.json, (k,)) == v for k, v in rules.ended.items())
    ]
    what = "no request says" if not ends else "more than the last request say"
    hold(len(ends) == 1 and heard[-1] is ends[0], "talk-ended", f"{what} that it is over")
    hold(len(heard) <= len(commands) + 1, "talk-ended", "requests came after the end")
