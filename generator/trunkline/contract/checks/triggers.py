"""Calls that make a service send something, as declared beside its description."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from trunkline import ir
from trunkline.contract.checks.rpc import RpcReply, endpoint, invoke
from trunkline.contract.engine import CheckContext, EventTarget, Inconclusive
from trunkline.contract.model import Exchange, Profile, Request, is_loopback
from trunkline.contract.session import Actor
from trunkline.ir import Json
from trunkline.semantics import jsonvalue, schemas

SECRET = "trunkline contract suite"  # noqa: S105  # ours, for the time of a check
PATIENCE = 10.0


def reach(ctx: CheckContext) -> None:
    """Raise `Inconclusive` where the server cannot send anything to this machine."""
    if not is_loopback(ctx.session.config.base_url):
        raise Inconclusive("the server cannot reach this machine")


def pass_time(ctx: CheckContext, seconds: float) -> bool:
    """Let time pass on the server, or here where that is worth it; whether it has passed."""
    if move_clock(ctx, seconds):
        return True
    if ctx.session.config.profile is not Profile.FULL or seconds > 60:
        return False
    time.sleep(seconds)
    return True


_CLOCK = "/__trunkline__/clock"


def run_trigger(
    ctx: CheckContext, calls: Iterable[Mapping[str, Json]], known: Mapping[str, Json]
) -> tuple[list[Exchange], list[Json]]:
    """Make the calls one after the other; returns the exchanges and the results.

    Raises `Inconclusive` when one is refused.
    """
    bound: dict[str, Json] = dict(known)
    exchanges: list[Exchange] = []
    results: list[Json] = []
    for call in calls:
        params = call.get("params")
        filled = [_filled(one, bound) for one in params] if isinstance(params, list) else []
        reply = invoke(ctx, str(call.get("call")), filled)
        exchanges.append(reply.exchange)
        if reply.error is not None:
            raise Inconclusive(f"{call.get('call')} is answered with the error {reply.code}")
        results.append(reply.result)
        name = call.get("as")
        if isinstance(name, str):
            bound[name] = reply.result
    return exchanges, results


def _filled(value: Json, bound: Mapping[str, Json]) -> Json:
    if isinstance(value, str) and value.startswith("$"):
        name, *path = value[1:].split(".")
        return jsonvalue.get(bound.get(name), tuple(path))
    if isinstance(value, list):
        return [_filled(one, bound) for one in value]
    if isinstance(value, dict):
        return {key: _filled(one, bound) for key, one in value.items()}
    return value


def scalars(value: Json) -> set[str]:
    """Every text and number in a value, as text; short ones tell nothing and are left out."""
    if isinstance(value, dict):
        return set().union(*map(scalars, value.values()))
    if isinstance(value, list):
        return set().union(*map(scalars, value))
    if value is None or isinstance(value, bool):
        return set()
    return {str(value)}


def move_clock(ctx: CheckContext, seconds: float) -> bool:
    """Let the server's time pass, where it lets itself be told; whether it did."""
    parts = urlsplit(ctx.session.config.base_url)
    request = Request(
        method="PUT",
        url=f"{parts.scheme}://{parts.netloc}{_CLOCK}",
        headers={"Content-Type": "application/json"},
        body=f'{{"move": {seconds:g}}}'.encode(),
    )
    return ctx.session.client.send(request).status == 200


def subscribed(
    ctx: CheckContext,
    target: EventTarget,
    url: str,
    secret: str,
    algorithm: str | None,
    actor: Actor = Actor.ME,
) -> RpcReply:
    """Subscribe; raises `Inconclusive` where that is refused."""
    events = target.events
    method = _subscribing(ctx, events)
    given: dict[tuple[str, ...], Json] = {
        events.subscriptions.type: target.webhook.name,
        events.subscriptions.endpoint: url,
    }
    if events.subscriptions.secret:
        given[events.subscriptions.secret] = secret
    if events.subscriptions.algorithm and algorithm is not None:
        given[events.subscriptions.algorithm] = algorithm
    params: list[Json] = []
    for parameter in method.parameters:
        exact = given.get((parameter.name,))
        inside = {p[1:]: v for p, v in given.items() if p[0] == parameter.name and len(p) > 1}
        value: dict[str, Json] = {path[-1]: one for path, one in inside.items()}
        params.append(exact if exact is not None else value or None)
    while params and params[-1] is None:
        params.pop()
    reply = invoke(ctx, method.name, params, actor=actor)
    if reply.error is not None:
        raise Inconclusive(f"{method.name} is answered with the error {reply.code}")
    return reply


def unsubscribed(
    ctx: CheckContext, target: EventTarget, hook: RpcReply, actor: Actor = Actor.ME
) -> bool:
    """End a subscription; whether there is a method for it."""
    events = target.events
    method = _subscribing(ctx, events)
    ender = next(
        (
            m
            for m in endpoint(ctx).methods
            if m.resource == method.resource and m.action is ir.Action.DELETE
        ),
        None,
    )
    if ender is None:
        return False
    identity = jsonvalue.get(hook.result, events.subscriptions.id)
    return invoke(ctx, ender.name, [identity], actor=actor).error is None


def algorithms(ctx: CheckContext, target: EventTarget) -> list[str]:
    """The values by which a subscription chooses an algorithm that can be checked here."""
    method, path = _subscribing(ctx, target.events), target.events.subscriptions.algorithm
    parameter = next((p for p in method.parameters if path and p.name == path[0]), None)
    if parameter is None:
        return []
    for leaf in schemas.leaves(ctx.api.schemas, parameter.schema):
        if leaf.path == path[1:]:
            shape = schemas.resolve(ctx.api.schemas, leaf.schema).shape
            values = shape.values if isinstance(shape, ir.Enumeration) else ()
            return [v for v in values if isinstance(v, str) and v.lower() in KNOWN]
    return []


KNOWN = ("md5", "sha1", "sha256", "sha384", "sha512")


def _subscribing(ctx: CheckContext, events: ir.Events) -> ir.RpcMethod:
    """The method that subscribes to events."""
    wanted = events.subscriptions.subscribe
    found = next((m for m in endpoint(ctx).methods if m.name == wanted), None)
    if found is None:
        raise Inconclusive("no method is known that subscribes")
    return found
