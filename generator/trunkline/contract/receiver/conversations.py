"""Conversations: the suite is the caller, and does what the user's server says."""

from __future__ import annotations

import base64
import json

from trunkline import ir
from trunkline.contract.model import Exchange
from trunkline.contract.receiver.webhook_sender import Playing, Silence
from trunkline.ir import Json

_TURNS = 8


def try_talk(playing: Playing) -> None:
    """A whole conversation, one in which commands fail, one that is hung up, and strangers."""
    first = playing.sample()
    names = playing.webhook.commands
    assert names is not None
    body: dict[str, Json] = {**first, names.command: ""}
    sent = _ask(playing, body, "the first request")
    command = _command(playing, sent, "the first request", "receiver-command")
    if command is None:
        raise Silence("the first request is not answered with a command; no more was tried")
    _go_on(playing, body, command)
    failed = _after(playing, body, command, error="The caller pressed nothing")
    _command(playing, _ask(playing, failed, "a failed command"), "a failed command",
             "receiver-failure")  # fmt: skip
    _end(playing, body)
    more: dict[str, Json] = {**body, "trunkline_new_member": {"a": 1}}
    if playing.fits(more):
        what = "a request with a new member"
        _command(playing, _ask(playing, more, what), what, "receiver-tolerant")
    _strangers(playing, body)
    _malformed(playing)


def _rules(playing: Playing) -> ir.Conversation | None:
    behaviour = playing.api.behaviour
    if behaviour is None:
        return None
    return behaviour.conversations.get(playing.webhook.name)


def _limit(playing: Playing) -> float:
    rules = _rules(playing)
    return rules.timeout if rules is not None else 5.0


def _basic(name: str, password: str) -> dict[str, str]:
    pair = base64.b64encode(f"{name}:{password}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}


def _ask(playing: Playing, body: dict[str, Json], what: str) -> Exchange | None:
    login = _basic(*playing.login) if playing.login is not None else {}
    return playing.post(playing.event(body), {**playing.headers(body), **login}, what)


def _command(
    playing: Playing, sent: Exchange | None, what: str, rule: str
) -> dict[str, Json] | None:
    """The command in an answer; a violation where there is none, or it comes too late."""
    if sent is None:
        return None
    limit = _limit(playing)
    if sent.seconds > limit:
        came = f"answered after {sent.seconds:.1f} s; the service waits {limit:g} s"
        playing.wants("receiver-prompt", what, sent, right=False, came=came)
        return None
    if not playing.wants(rule, what, sent, sent.status == 200, f"answered with {sent.status}"):
        return None
    found = sent.json
    if not playing.wants(rule, what, sent, isinstance(found, dict), "answered with no object"):
        return None
    assert isinstance(found, dict)
    schema = _answer(playing)
    faults = playing.oracle.faults(schema, found, "response") if schema is not None else []
    if faults:
        path, message = faults[0]
        where = ".".join(map(str, path)) or "its root"
        came = f"answered with what breaks its schema at {where}: {message}"
        playing.wants(rule, what, sent, right=False, came=came)
        return None
    return found


def _answer(playing: Playing) -> ir.Schema | None:
    for response in playing.webhook.operation.responses:
        for content in response.contents:
            if content.schema is not None:
                return content.schema
    return None


def _after(
    playing: Playing, body: dict[str, Json], command: dict[str, Json], *, error: str | None = None
) -> dict[str, Json]:
    """The request that tells what came of a command."""
    names = playing.webhook.commands
    assert names is not None
    told: dict[str, Json] = {**body, names.command: command.get(names.command)}
    if names.id is not None:
        told[names.id] = command.get(names.id)
    if isinstance(command.get("variables"), dict) and "variables" in body:
        told["variables"] = command["variables"]
    told[names.result] = None if error else "1"
    if names.error is not None:
        told[names.error] = error
    for member, value in (("call_status", "UP"),):
        attempt: dict[str, Json] = {**told, member: value}
        if member in body and playing.fits(attempt):
            told = attempt
    return told


def _go_on(playing: Playing, body: dict[str, Json], command: dict[str, Json]) -> None:
    """Do what the server says until it ends the conversation or it has gone on long enough."""
    rules, names = _rules(playing), playing.webhook.commands
    assert names is not None
    ends = rules.hangup if rules is not None else ()
    current: dict[str, Json] | None = command
    for turn in range(2, _TURNS):
        if current is None or current.get(names.command) in ends:
            return
        what = f"request {turn} of a conversation"
        sent = _ask(playing, _after(playing, body, current), what)
        current = _command(playing, sent, what, "receiver-command")


def _end(playing: Playing, body: dict[str, Json]) -> None:
    rules = _rules(playing)
    if rules is None or not rules.ended:
        return
    last: dict[str, Json] = {**body, **dict(rules.ended)}
    what = "the request that tells the end"
    sent = _ask(playing, last, what)
    playing.accepted("receiver-end", what, sent)


def _strangers(playing: Playing, body: dict[str, Json]) -> None:
    if playing.login is None:
        return
    name, password = playing.login
    raw = playing.event(body)
    for what, headers in {
        "a request without a login": {},
        "a request with another password": _basic(name, f"{password}x"),
        "a request with another name": _basic(f"{name}x", password),
        "a request without a password": _basic(name, ""),
        "a request with a login that is no base64": {"Authorization": "Basic %%%"},
        "a request with a login of another kind": {"Authorization": f"Bearer {password}"},
    }.items():
        sent = playing.post(raw, {**playing.headers(body), **headers}, what)
        playing.refused("receiver-login", what, sent)


def _malformed(playing: Playing) -> None:
    login = _basic(*playing.login) if playing.login is not None else {}
    for what, raw in {
        "an empty body": b"",
        "a body cut short": b'{"call_status": "UP", ',
        "a body that is not UTF-8": b'{"call_status": "\xff"}',
        "a list instead of an object": b"[]",
        "an empty object": b"{}",
        "a request with null for everything": json.dumps(dict.fromkeys(playing.sample())).encode(),
    }.items():
        sent = playing.post(raw, {**playing.headers({}), **login}, what)
        if sent is not None:
            came = f"answered with {sent.status}"
            playing.wants("receiver-malformed", what, sent, sent.status < 500, came)
