"""Conversations: the suite is the caller, and does what the user's server says."""

from __future__ import annotations

import base64
import json

from trunkline import ir
from trunkline.contract.model import Exchange
from trunkline.contract.receiver.webhook_sender import Skip, WebhookSession
from trunkline.ir import Json

_TURNS = 8


def try_conversation(session: WebhookSession) -> None:
    """A whole conversation, one in which commands fail, one that is hung up, and strangers."""
    first = session.sample()
    body: dict[str, Json] = {**first, session.commands.command: ""}
    sent = _ask(session, body, "the first request")
    command = _command(session, sent, "the first request", "receiver-command")
    if command is None:
        raise Skip("the first request is not answered with a command; no more was tried")
    _go_on(session, body, command)
    failed = _after(session, body, command, error="The caller pressed nothing")
    _command(session, _ask(session, failed, "a failed command"), "a failed command",
             "receiver-failure")  # fmt: skip
    _end(session, body)
    more: dict[str, Json] = {**body, "trunkline_new_member": {"a": 1}}
    if session.fits(more):
        what = "a request with a new member"
        _command(session, _ask(session, more, what), what, "receiver-tolerant")
    _strangers(session, body)
    _malformed(session)


def _rules(session: WebhookSession) -> ir.Conversation | None:
    behaviour = session.api.behaviour
    if behaviour is None:
        return None
    return behaviour.conversations.get(session.webhook.name)


def _limit(session: WebhookSession) -> float:
    rules = _rules(session)
    return rules.timeout if rules is not None else 5.0


def _basic(name: str, password: str) -> dict[str, str]:
    pair = base64.b64encode(f"{name}:{password}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}


def _ask(session: WebhookSession, body: dict[str, Json], what: str) -> Exchange | None:
    login = _basic(*session.login) if session.login is not None else {}
    return session.post(session.event(body), {**session.headers(body), **login}, what)


def _command(
    session: WebhookSession, sent: Exchange | None, what: str, rule: str
) -> dict[str, Json] | None:
    """The command in a response; a violation where there is none, or it comes too late."""
    if sent is None:
        return None
    limit = _limit(session)
    if sent.seconds > limit:
        came = f"answered after {sent.seconds:.1f} s; the service waits {limit:g} s"
        session.wants("receiver-prompt", what, sent, right=False, came=came)
        return None
    if not session.wants(rule, what, sent, sent.status == 200, f"answered with {sent.status}"):
        return None
    found = sent.json
    if not isinstance(found, dict):
        session.wants(rule, what, sent, right=False, came="answered with no object")
        return None
    schema = _response_schema(session)
    errors = session.validators.errors(schema, found, "response", most=1) if schema else []
    for error in errors:
        where = ".".join(map(str, error.path)) or "its root"
        came = f"answered with what breaks its schema at {where}: {error.message}"
        session.wants(rule, what, sent, right=False, came=came)
        return None
    return found


def _response_schema(session: WebhookSession) -> ir.Schema | None:
    for response in session.webhook.operation.responses:
        for content in response.contents:
            if content.schema is not None:
                return content.schema
    return None


def _after(
    session: WebhookSession,
    body: dict[str, Json],
    command: dict[str, Json],
    *,
    error: str | None = None,
) -> dict[str, Json]:
    """The request that tells what came of a command."""
    rules, names = _rules(session), session.commands
    told: dict[str, Json] = {**body, names.command: command.get(names.command)}
    if names.id is not None:
        told[names.id] = command.get(names.id)
    told |= {name: command[name] for name in (rules.kept if rules else ()) if name in command}
    told[names.result] = None if error else "1"
    if names.error is not None:
        told[names.error] = error
    return {**told, **(rules.answered if rules is not None else {})}


def _go_on(session: WebhookSession, body: dict[str, Json], command: dict[str, Json]) -> None:
    """Do what the server says until it ends the conversation or it has gone on long enough."""
    rules, names = _rules(session), session.commands
    ends = rules.hangup if rules is not None else ()
    current: dict[str, Json] | None = command
    for turn in range(2, _TURNS):
        if current is None or current.get(names.command) in ends:
            return
        what = f"request {turn} of a conversation"
        sent = _ask(session, _after(session, body, current), what)
        current = _command(session, sent, what, "receiver-command")


def _end(session: WebhookSession, body: dict[str, Json]) -> None:
    rules = _rules(session)
    if rules is None or not rules.ended:
        return
    last: dict[str, Json] = {**body, **dict(rules.ended)}
    what = "the request that tells the end"
    sent = _ask(session, last, what)
    session.accepted("receiver-end", what, sent)


def _strangers(session: WebhookSession, body: dict[str, Json]) -> None:
    if session.login is None:
        return
    name, password = session.login
    raw = session.event(body)
    for what, headers in {
        "a request without a login": {},
        "a request with another password": _basic(name, f"{password}x"),
        "a request with another name": _basic(f"{name}x", password),
        "a request without a password": _basic(name, ""),
        "a request with a login that is not base64": {"Authorization": "Basic %%%"},
        "a request with a login of another kind": {"Authorization": f"Bearer {password}"},
    }.items():
        sent = session.post(raw, {**session.headers(body), **headers}, what)
        session.refused("receiver-login", what, sent)


def _malformed(session: WebhookSession) -> None:
    login = _basic(*session.login) if session.login is not None else {}
    for what, raw in {
        "an empty body": b"",
        "a body cut short": b'{"command": "", ',
        "a body that is not UTF-8": b'{"command": "\xff"}',
        "a list instead of an object": b"[]",
        "an empty object": b"{}",
        "a request with null for everything": json.dumps(dict.fromkeys(session.sample())).encode(),
    }.items():
        sent = session.post(raw, {**session.headers({}), **login}, what)
        if sent is not None:
            came = f"answered with {sent.status}"
            session.wants("receiver-malformed", what, sent, sent.status < 500, came)
