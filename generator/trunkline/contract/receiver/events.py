"""Events: valid ones in every spelling, repetitions, and everything that must not be believed."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

from trunkline.contract.model import Exchange
from trunkline.contract.receiver.webhook_sender import Skip, WebhookSession, digest
from trunkline.ir import Json

_AT_ONCE = 4
_ALGORITHMS = ("sha256", "sha512", "sha1", "md5")
_NOT_JSON: tuple[tuple[str, bytes], ...] = (
    ("an empty body", b""),
    ("a body cut short", b'{"type": "x", "data": {'),
    ("a body that is not UTF-8", b'{"type": "\xff\xfe"}'),
    ("text instead of an object", b'"event"'),
    ("a list instead of an object", b"[]"),
    ("null", b"null"),
    ("deep nesting", b"[" * 20_000),
)


def try_event(session: WebhookSession) -> None:
    """Everything about one kind of event; ends early where not even a valid one is accepted."""
    body = session.sample()
    first = session.deliver(body, "a valid event")
    _in_time(session, first, "a valid event")
    if not session.accepted("receiver-accepts", "a valid event", first):
        raise Skip("a valid event is not accepted; the others were not tried")
    _repetitions(session, body)
    _together(session, body)
    _spellings(session, body)
    _unknown(session, body)
    _forgeries(session, body)
    _malformed(session, body)


_NO_TEXT = {
    "a byte that is no text": b"\xff",
    # Decoders refuse it, and some parsers of JSON take it nevertheless.
    "half of a surrogate pair": b"\xed\xa0\x80",
}


def _limit(session: WebhookSession) -> float:
    behaviour = session.api.behaviour
    events = behaviour.events if behaviour is not None else None
    return events.timeout if events is not None else 10.0


def _in_time(session: WebhookSession, sent: Exchange | None, what: str) -> None:
    limit = _limit(session)
    if sent is not None and sent.seconds > limit:
        came = f"answered after {sent.seconds:.1f} s, and the service waits {limit:g} s"
        session.wants("receiver-prompt", what, sent, right=False, came=came)


def _repetitions(session: WebhookSession, body: dict[str, Json]) -> None:
    what = "the same event again"
    session.accepted("receiver-repeated", what, session.deliver(body, what))
    behaviour = session.api.behaviour
    events = behaviour.events if behaviour is not None else None
    if events is not None and events.counter in body and events.counter is not None:
        for number in (1, len(events.delays) or 9):
            again: dict[str, Json] = {**body, events.counter: number}
            if session.fits(again):
                what = f"try {number} of an event"
                session.accepted("receiver-repeated", what, session.deliver(again, what))


def _together(session: WebhookSession, body: dict[str, Json]) -> None:
    """Several events at the same time, each under an id of its own."""
    events = [session.renewed(body) for _ in range(_AT_ONCE)]
    what = f"one of {_AT_ONCE} events at the same time"
    ready: list[tuple[bytes, dict[str, str]]] = []
    for event in events:
        raw = session.event(event)
        ready.append((raw, {**session.headers(event), **session.signature(raw)}))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for exchange in list(pool.map(lambda one: session.post(one[0], one[1], what), ready)):
            session.accepted("receiver-accepts", what, exchange)


def _spellings(session: WebhookSession, body: dict[str, Json]) -> None:
    """The same event in other bytes, each signed as it is."""
    spellings: dict[str, Callable[[dict[str, Json]], bytes]] = {
        "an event with spaces": lambda b: json.dumps(b, indent=2, ensure_ascii=False).encode(),
        "an event with escapes": lambda b: json.dumps(b, ensure_ascii=True).encode(),
        "an event in another order": lambda b: session.event(dict(reversed(list(b.items())))),
        "an event with a line end": lambda b: session.event(b) + b"\n",
        "an event with slashes escaped": lambda b: session.event(b).replace(b"/", b"\\/"),
        "an event with accents": lambda b: session.event(_accented(session, b)),
    }
    for what, spelt in spellings.items():
        fresh = session.renewed(body)
        raw = spelt(fresh)
        sent = session.post(raw, {**session.headers(fresh), **session.signature(raw)}, what)
        session.accepted("receiver-raw", what, sent)
    body = session.renewed(body)
    raw = session.event(body)
    lowered = {k.lower(): v for k, v in {**session.headers(body), **session.signature(raw)}.items()}
    what = "an event with header names in lower case"
    session.accepted("receiver-raw", what, session.post(raw, lowered, what))


def _accented(session: WebhookSession, body: dict[str, Json]) -> dict[str, Json]:
    """The event with text beyond ASCII where its schema leaves room for that."""

    result = dict(body)
    for name, value in body.items():
        if isinstance(value, dict):
            nested = dict(value)
            for key, inner in value.items():
                if isinstance(inner, str):
                    attempt: dict[str, Json] = {**result, name: {**nested, key: f"{inner}é😀"}}
                    if session.fits(attempt):
                        nested[key], result = f"{inner}é😀", attempt
        elif isinstance(value, str):
            attempt = {**result, name: f"{value}é😀"}
            result = attempt if session.fits(attempt) else result
    return result


def _unknown(session: WebhookSession, body: dict[str, Json]) -> None:
    more: dict[str, Json] = {
        **session.renewed(body),
        "trunkline_new_member": {"a": [1, None], "b": "long " * 4000},
    }
    if session.fits(more):
        what = "an event with a new, long member"
        session.accepted("receiver-tolerant", what, session.deliver(more, what))
    body = session.renewed(body)
    raw = session.event(body)
    headers = {**session.headers(body), **session.signature(raw), "X-Trunkline-New": "1"}
    what = "an event with a new header"
    session.accepted("receiver-tolerant", what, session.post(raw, headers, what))


def _forgeries(session: WebhookSession, body: dict[str, Json]) -> None:
    """Everything but a right signature must be refused."""
    signature, secret = session.webhook.signature, session.secret
    if signature is None or secret is None:
        return
    body = session.renewed(body)
    raw = session.event(body)
    name, right = signature.header, session.signature(raw)[signature.header]
    other = "hex" if signature.encoding == "base64" else "base64"
    headers = {
        "an event without a signature": {},
        "an event with an empty signature": {name: ""},
        "an event signed with another secret": {
            name: digest(raw, secret + "x", session.hash, signature.encoding)
        },
        "an event signed with an empty secret": {
            name: digest(raw, "", session.hash, signature.encoding)
        },
        "an event with half of its signature": {name: right[: len(right) // 2]},
        "an event with a signature that is not a digest": {name: "not a signature"},
        "an event with the signature of another body": {
            name: digest(raw + b" ", secret, session.hash, signature.encoding)
        },
        "an event whose signature is spelt otherwise": {
            name: digest(raw, secret, session.hash, other)
        },
        "an event with the signature in another header": {f"{name}-Old": right},
        **{
            f"an event signed with {algorithm}": {
                name: digest(raw, secret, algorithm, signature.encoding)
            }
            for algorithm in _ALGORITHMS
            if algorithm != session.hash
        },
    }
    for what, signed in headers.items():
        sent = session.post(raw, {**session.headers(body), **signed}, what)
        session.refused("receiver-forged", what, sent)
    if signature.encoding == "base64" and right.swapcase() != right:
        what = "an event whose signature is in the other case"
        sent = session.post(raw, {**session.headers(body), name: right.swapcase()}, what)
        session.refused("receiver-forged", what, sent)
    what = "an event with the signature in the address"
    query = f"{quote(name, safe='')}={quote(right, safe='')}&signature={quote(right, safe='')}"
    session.refused("receiver-forged", what, session.post(raw, session.headers(body), what, query))
    what = "an event with a wrong signature, and the right one in the address"
    wrong = {**session.headers(body), name: digest(b"", secret, session.hash, signature.encoding)}
    session.refused("receiver-forged", what, session.post(raw, wrong, what, query))
    quotes = [i for i, byte in enumerate(raw) if byte == ord('"') and raw[i - 1 : i] == b":"]
    if quotes:
        # Inside of a string: who drops or replaces what is no text sees an event all the same.
        for kind, byte in _NO_TEXT.items():
            broken = raw[: quotes[0] + 1] + byte + raw[quotes[0] + 1 :]
            for what, text in {
                f"an event with {kind}, signed without it": raw,
                f"an event with {kind}, signed with what stands for it": (
                    broken.decode("utf-8", "replace").encode()
                ),
            }.items():
                forged = {name: digest(text, secret, session.hash, signature.encoding)}
                sent = session.post(broken, {**session.headers(body), **forged}, what)
                session.refused("receiver-forged", what, sent)
    padded, what = raw + b" \n", "an event with space after what was signed"
    sent = session.post(padded, {**session.headers(body), name: right}, what)
    session.refused("receiver-forged", what, sent)
    unheard: dict[str, Json] = {**session.renewed(body), "type": "trunkline.unheard_of"}
    for what, signed in {
        "an event of an unknown type without a signature": {},
        "an event of an unknown type with the signature of another body": {name: right},
    }.items():
        sent = session.post(session.event(unheard), {**session.headers(unheard), **signed}, what)
        session.refused("receiver-forged", what, sent)
    tampered = raw[:-1] + b',"trunkline":true}'
    what = "an event changed on its way"
    sent = session.post(tampered, {**session.headers(body), name: right}, what)
    session.refused("receiver-forged", what, sent)


def _malformed(session: WebhookSession, body: dict[str, Json]) -> None:
    """Signed rightly, and no event: to be refused; known in form only: not to fall over."""
    for what, raw in _NOT_JSON:
        sent = session.post(raw, {**session.headers(body), **session.signature(raw)}, what)
        session.refused("receiver-malformed", what, sent)
    strange: dict[str, dict[str, Json]] = {
        "an event of a type that is not known": {**body, "type": "trunkline.unheard_of"},
        "an event without data": {k: v for k, v in body.items() if not isinstance(v, dict)},
        "an empty object": {},
        "an event with null for everything": dict.fromkeys(body),
        "an event with numbers for everything": dict.fromkeys(body, 10**30),
    }
    for what, event in strange.items():
        raw = session.event(event)
        sent = session.post(raw, {**session.headers(body), **session.signature(raw)}, what)
        if sent is not None:
            came = f"answered with {sent.status}"
            session.wants("receiver-malformed", what, sent, sent.status < 500, came)
