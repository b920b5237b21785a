"""Conversations: the suite is the caller, and does what the user's server says."""

from __future__ import annotations

import base64
import codecs
import json

from trunkline import ir
from trunkline.contract.model import Exchange
from trunkline.contract.receiver.webhook_sender import Skip, WebhookSession
from trunkline.ir import Json
from trunkline.semantics import media

_TURNS = 8
_FAILURES = 25
"""Commands that fail one after the other before a conversation counts as endless."""
_RESULTS: tuple[Json, ...] = ("", None, "*", "#", "0", "1234567890")


def try_conversation(session: WebhookSession) -> None:
    """A whole conversation, one in which commands fail, one that is hung up, and strangers."""
    first = session.sample()
    body: dict[str, Json] = {**first, session.commands.command: ""}
    sent = _ask(session, body, "the first request")
    command = _command(session, sent, "the first request", "receiver-command")
    if command is None:
        raise Skip("the first request is not answered with a command; no more was tried")
    _go_on(session, body, command)
    _results(session, body, command)
    _fail_on(session, body, command)
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
    wrong = _unreadable(session, sent)
    if wrong:
        session.wants(rule, what, sent, right=False, came=f"answered with {wrong}")
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


def _unreadable(session: WebhookSession, sent: Exchange) -> str:
    """Why a service that reads what is described cannot read an answer; empty where it can."""
    described = [c for r in session.webhook.operation.responses for c in r.contents]
    given = sent.headers.get("content-type")
    if described and given is None:
        return "no Content-Type"
    if described and given is not None and media.describing(described, given) is None:
        return f"Content-Type {given} instead of {described[0].media_type}"
    if sent.body.startswith(codecs.BOM_UTF8):
        return "a byte order mark"
    try:
        json.loads(sent.body.decode("utf-8"), parse_constant=_refuse, object_pairs_hook=_each_once)
    except _TwiceError as error:
        return f"the key {error} twice"
    except UnicodeDecodeError:
        return "text that is not UTF-8"
    except (ValueError, RecursionError):
        return "what is not JSON"
    return ""


class _TwiceError(Exception):
    """A key that an object has twice: which of its values counts is anybody's guess."""


def _each_once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    made = dict(pairs)
    for name in made:
        if sum(key == name for key, _ in pairs) > 1:
            raise _TwiceError(name)
    return made


def _refuse(name: str) -> Json:
    raise ValueError(name)


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
    result: Json = "1",
) -> dict[str, Json]:
    """The request that tells what came of a command."""
    rules, names = _rules(session), session.commands
    told: dict[str, Json] = {**body, names.command: command.get(names.command)}
    if names.id is not None:
        told[names.id] = command.get(names.id)
    told |= {name: command[name] for name in (rules.kept if rules else ()) if name in command}
    told[names.result] = None if error else result
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


def _results(session: WebhookSession, body: dict[str, Json], command: dict[str, Json]) -> None:
    """Whatever came of a command, another one follows."""
    for result in _RESULTS:
        told = _after(session, body, command, result=result)
        if session.fits(told):
            what = f"the result {json.dumps(result)}"
            _command(session, _ask(session, told, what), what, "receiver-command")


def _fail_on(session: WebhookSession, body: dict[str, Json], command: dict[str, Json]) -> None:
    """Let one command after the other fail: each is followed by another, until one ends it."""
    rules, names = _rules(session), session.commands
    ends = rules.hangup if rules is not None else ()
    current: dict[str, Json] | None = command
    sent, what = None, ""
    for number in range(_FAILURES):
        failed = _after(session, body, current or command, error="The caller pressed nothing")
        what = "a failed command" if not number else f"failed command {number + 1} in a row"
        sent = _ask(session, failed, what)
        current = _command(session, sent, what, "receiver-failure")
        if current is None or current.get(names.command) in ends or not ends:
            return
    if sent is not None:
        came = "followed by another: the conversation would never end"
        session.wants("receiver-failure", what, sent, right=False, came=came)


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
        "a request with the password in the other case": _basic(name, password.swapcase()),
        "a request with another name": _basic(f"{name}x", password),
        "a request without a password": _basic(name, ""),
        "a request with a login that is not base64": {"Authorization": "Basic %%%"},
        "a request with a login of another kind": {"Authorization": f"Bearer {password}"},
    }.items():
        if headers == _basic(name, password):
            continue  # a password without letters
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
