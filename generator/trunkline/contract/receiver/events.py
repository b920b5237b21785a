"""Events: valid ones in every spelling, repetitions, and everything that must not be believed."""

from __future__ import annotations

import json

from trunkline.contract.model import Exchange
from trunkline.contract.receiver.webhook_sender import Playing, Silence, digest
from trunkline.ir import Json

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


def try_event(playing: Playing) -> None:
    """Everything about one kind of event; ends early where not even a valid one is accepted."""
    body = playing.sample()
    first = playing.deliver(body, "a valid event")
    _in_time(playing, first, "a valid event")
    if not playing.accepted("receiver-accepts", "a valid event", first):
        raise Silence("a valid event is not accepted; the others were not tried")
    _repetitions(playing, body)
    _spellings(playing, body)
    _unknown(playing, body)
    _forgeries(playing, body)
    _malformed(playing, body)


def _limit(playing: Playing) -> float:
    behaviour = playing.api.behaviour
    events = behaviour.events if behaviour is not None else None
    return events.timeout if events is not None else 10.0


def _in_time(playing: Playing, sent: Exchange | None, what: str) -> None:
    limit = _limit(playing)
    if sent is not None and sent.seconds > limit:
        came = f"answered after {sent.seconds:.1f} s, and the service waits {limit:g} s"
        playing.wants("receiver-prompt", what, sent, right=False, came=came)


def _repetitions(playing: Playing, body: dict[str, Json]) -> None:
    what = "the same event again"
    playing.accepted("receiver-repeated", what, playing.deliver(body, what))
    behaviour = playing.api.behaviour
    events = behaviour.events if behaviour is not None else None
    if events is not None and events.counter in body and events.counter is not None:
        for number in (1, len(events.delays) or 9):
            again: dict[str, Json] = {**body, events.counter: number}
            if playing.fits(again):
                what = f"try {number} of an event"
                playing.accepted("receiver-repeated", what, playing.deliver(again, what))


def _spellings(playing: Playing, body: dict[str, Json]) -> None:
    """The same event in other bytes, each signed as it is."""
    swapped: dict[str, Json] = dict(reversed(list(body.items())))
    spellings = {
        "an event with spaces": json.dumps(body, indent=2, ensure_ascii=False).encode(),
        "an event with escapes": json.dumps(body, ensure_ascii=True).encode(),
        "an event in another order": json.dumps(swapped, ensure_ascii=False).encode(),
        "an event with a line end": playing.event(body) + b"\n",
        "an event with slashes escaped": playing.event(body).replace(b"/", b"\\/"),
        "an event with accents": playing.event(_accented(playing, body)),
    }
    for what, raw in spellings.items():
        sent = playing.post(raw, {**playing.headers(body), **playing.signature(raw)}, what)
        playing.accepted("receiver-raw", what, sent)
    raw = playing.event(body)
    lowered = {k.lower(): v for k, v in {**playing.headers(body), **playing.signature(raw)}.items()}
    what = "an event with header names in lower case"
    playing.accepted("receiver-raw", what, playing.post(raw, lowered, what))


def _accented(playing: Playing, body: dict[str, Json]) -> dict[str, Json]:
    """The event with text beyond ASCII where its schema leaves room for that."""

    result = dict(body)
    for name, value in body.items():
        if isinstance(value, dict):
            for key, inner in value.items():
                if isinstance(inner, str):
                    old = result[name]
                    assert isinstance(old, dict)
                    attempt: dict[str, Json] = {**result, name: {**old, key: f"{inner}é😀"}}
                    result = attempt if playing.fits(attempt) else result
        elif isinstance(value, str):
            attempt = {**result, name: f"{value}é😀"}
            result = attempt if playing.fits(attempt) else result
    return result


def _unknown(playing: Playing, body: dict[str, Json]) -> None:
    more: dict[str, Json] = {**body, "trunkline_new_member": {"a": [1, None]}}
    if playing.fits(more):
        what = "an event with a new member"
        playing.accepted("receiver-tolerant", what, playing.deliver(more, what))
    raw = playing.event(body)
    headers = {**playing.headers(body), **playing.signature(raw), "X-Trunkline-New": "1"}
    what = "an event with a new header"
    playing.accepted("receiver-tolerant", what, playing.post(raw, headers, what))


def _forgeries(playing: Playing, body: dict[str, Json]) -> None:
    """Everything but a right signature must be refused."""
    signature, secret = playing.webhook.signature, playing.secret
    if signature is None or secret is None:
        return
    raw = playing.event(body)
    name, right = signature.header, playing.signature(raw)[signature.header]
    other = "hex" if signature.encoding == "base64" else "base64"
    headers = {
        "an event without a signature": {},
        "an event with an empty signature": {name: ""},
        "an event signed with another secret": {
            name: digest(raw, secret + "x", playing.hash, signature.encoding)
        },
        "an event signed with an empty secret": {
            name: digest(raw, "", playing.hash, signature.encoding)
        },
        "an event with half of its signature": {name: right[: len(right) // 2]},
        "an event with a signature that is no digest": {name: "not a signature"},
        "an event with the signature of another body": {
            name: digest(raw + b" ", secret, playing.hash, signature.encoding)
        },
        "an event whose signature is spelt otherwise": {
            name: digest(raw, secret, playing.hash, other)
        },
        "an event with the signature in another header": {f"{name}-Old": right},
        **{
            f"an event signed with {algorithm}": {
                name: digest(raw, secret, algorithm, signature.encoding)
            }
            for algorithm in _ALGORITHMS
            if algorithm != playing.hash
        },
    }
    for what, signed in headers.items():
        sent = playing.post(raw, {**playing.headers(body), **signed}, what)
        playing.refused("receiver-forged", what, sent)
    tampered = raw[:-1] + b',"trunkline":true}'
    what = "an event changed on its way"
    sent = playing.post(tampered, {**playing.headers(body), name: right}, what)
    playing.refused("receiver-forged", what, sent)


def _malformed(playing: Playing, body: dict[str, Json]) -> None:
    """Signed rightly, and no event: to be refused; known in form only: not to fall over."""
    for what, raw in _NOT_JSON:
        sent = playing.post(raw, {**playing.headers(body), **playing.signature(raw)}, what)
        playing.refused("receiver-malformed", what, sent)
    strange: dict[str, dict[str, Json]] = {
        "an event of a type that is not known": {**body, "type": "trunkline.unheard_of"},
        "an event without data": {k: v for k, v in body.items() if not isinstance(v, dict)},
        "an empty object": {},
        "an event with null for everything": dict.fromkeys(body),
        "an event with numbers for everything": dict.fromkeys(body, 10**30),
    }
    for what, event in strange.items():
        raw = playing.event(event)
        sent = playing.post(raw, {**playing.headers(body), **playing.signature(raw)}, what)
        if sent is not None:
            came = f"answered with {sent.status}"
            playing.wants("receiver-malformed", what, sent, sent.status < 500, came)
