"""Watches the requests that Schemathesis makes, and keeps them off other people's objects."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import schemathesis

from trunkline import ir
from trunkline.contract.engine import UNSET, CheckContext, Inconclusive
from trunkline.contract.model import Collection, Exchange, Request, fill
from trunkline.contract.session import (
    LONGEST_PAUSE,
    Actor,
    BudgetSpentError,
    ForeignRequestError,
    NoResponseError,
    Session,
    asked_to_wait,
    prefix_at,
)
from trunkline.semantics import schemas

SAFE = frozenset({"get", "head", "options", "trace"})
_GUESSES = 3
"""How many ids are made up until one is found that nobody has."""
_HEADER_SHARE = 0.3
"""How often an optional header is sent."""
_OWN_SHARE = 0.7
"""How often a foreign request is turned to an object of this run's, and not to nobody's."""


def operation_of(api: ir.Api, case: Any) -> ir.Operation | None:
    """The operation that a case of Schemathesis' is about."""
    method, path = case.operation.method.lower(), case.operation.path
    return next((o for o in api.operations if (o.method, o.path) == (method, path)), None)


OF_ITS_OWN = frozenset({"content-length", "x-schemathesis-testcaseid", "connection"})
"""Headers that Schemathesis, or what sends for it, writes by itself."""


def _exchange(operation: ir.Operation, response: Any) -> Exchange:
    sent = response.request
    body = sent.body.encode() if isinstance(sent.body, str) else sent.body
    return Exchange(
        Request(
            method=str(sent.method),
            url=str(sent.url),
            headers={
                str(name): str(value)
                for name, value in sent.headers.items()
                if name.lower() not in OF_ITS_OWN
            },
            body=body if isinstance(body, bytes) else None,
            operation=operation.id,
        ),
        response.status_code,
        {name.lower(): ", ".join(values) for name, values in response.headers.items()},
        response.content,
        response.elapsed,
    )


class FuzzingHooks:
    """Counts, limits and watches Schemathesis' requests; keeps them off other people's objects.

    A request that would act on what this run did not make is turned to an object of its own, or to
    an id that nobody has; what it sends beside that stays as it was generated.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._safety = session.safety
        self._rng = random.Random(f"{session.config.seed} phases")  # noqa: S311  # reproducible
        self._objects: dict[str, list[dict[str, str]]] = {}
        self._shown: dict[str, dict[str, str]] = {}
        """Addresses with the id that objects show, where they are found by another property."""
        self._barren: set[str] = set()
        self._by_operation: dict[str, Collection] = {}
        for collection in session.collections:
            for operation in collection.operations():
                self._by_operation[operation.id] = collection
        self.changed: set[str] = set()
        """Cases whose bodies had to be changed: whether they are valid is not known any more."""
        self.moved: set[str] = set()
        """Cases that were sent to another address than Schemathesis believes."""
        self.stop: Callable[[], None] = lambda: None

    def hooks(self) -> tuple[Callable[..., Any], Callable[..., Any]]:
        """Its two hooks, registered: functions of their own, since registering marks them."""

        def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
            self.before_call(context, case, kwargs)

        def after_call(context: Any, case: Any, response: Any) -> None:
            self.after_call(context, case, response)

        schemathesis.hook("before_call")(before_call)
        schemathesis.hook("after_call")(after_call)
        return before_call, after_call

    def before_call(self, context: Any, case: Any, kwargs: dict[str, Any]) -> None:
        """Wait for the rate limit; turn a foreign request into one of this run's own."""
        del context
        kwargs["allow_redirects"] = False
        if self._session.meter.spent or self._session.meter.stopped:
            self.stop()
        else:
            self._session.meter.take()
        if case.method.lower() not in SAFE:
            self._make_own(case)
        operation = operation_of(self._session.api, case)
        if operation is not None:
            self._leave_headers_out(operation, case)
            self._authorize(operation, case)

    def _leave_headers_out(self, operation: ir.Operation, case: Any) -> None:
        """Send optional headers in some valid requests only: one that is checked first, a version
        for instance, would keep all of them from whatever lies behind."""
        meta = getattr(case, "meta", None)
        if meta is None or not meta.generation.mode.is_positive:
            return
        for parameter in operation.parameters:
            optional = parameter.location is ir.ParameterLocation.HEADER and not parameter.required
            if optional and self._rng.random() > _HEADER_SHARE:
                case.headers.pop(parameter.name, None)

    def _authorize(self, operation: ir.Operation, case: Any) -> None:
        """Keys of the query, and what a login has handed out since: the rest is configured."""
        credential = self._session.credential(operation, Actor.ME)
        if credential.query:
            case.query = {**dict(credential.query), **(case.query or {})}
        user = self._session.accounts.user(Actor.ME)
        if user is not None and user.login is not None:
            for name, value in credential.headers.items():
                case.headers[name] = value

    def _make_own(self, case: Any) -> None:
        template = case.operation.path
        if self._is_harmless(case, template):
            return
        before = self._parameters(case)
        self._turn(case, template)
        if self._parameters(case) != before:
            self.moved.add(case.id)

    def _turn(self, case: Any, template: str) -> None:
        places = [p for p in self._safety.places(template) if p.collection is not None]
        if places and self._rng.random() < _OWN_SHARE:
            place = places[-1]
            address = self._own_object(place.collection, case)
            if address is not None and place.collection is not None:
                case.path_parameters.update(place.collection.named_in(place.template, address))
                if self._is_harmless(case, template):
                    return
        self._change_references(case)
        if self._is_harmless(case, template):
            return
        operation = operation_of(self._session.api, case)
        for _ in range(_GUESSES):
            for place in self._safety.places(template):
                case.path_parameters[place.name] = self._made_up(operation, place.name)
            if self._is_harmless(case, template):
                return
        # An id that cannot be anybody's; whether it is a valid one is not known.
        self.changed.add(case.id)
        for place in self._safety.places(template):
            case.path_parameters[place.name] = f"{self._session.marker}-nobody"
            path = fill(template, self._parameters(case))
            self._safety.nobody(prefix_at(template, place.template, path) or path)

    def _made_up(self, operation: ir.Operation | None, name: str) -> str:
        """An id of the form that a path parameter asks for, most likely nobody's."""
        for parameter in operation.parameters if operation is not None else ():
            if parameter.location is ir.ParameterLocation.PATH and parameter.name == name:
                shape = schemas.resolve(self._session.api.schemas, parameter.schema).shape
                if isinstance(shape, ir.Integer | ir.Number):
                    most = shape.maximum if shape.maximum is not None else 2**31 - 1
                    return str(self._rng.randint(int(most) // 2, int(most)))
                if isinstance(shape, ir.String) and shape.format == "uuid":
                    return str(uuid.UUID(int=self._rng.getrandbits(128), version=4))
        return f"{self._session.marker}-nobody"

    def _is_harmless(self, case: Any, template: str) -> bool:
        path = fill(template, self._parameters(case))
        body = None if type(case.body).__name__ == "NotSet" else _as_bytes(case.body)
        try:
            self._safety.permit(case.method, path, body, self._session.sender.is_absent)
        except ForeignRequestError:
            return False
        return True

    @staticmethod
    def _parameters(case: Any) -> dict[str, str]:
        return {name: str(value) for name, value in (case.path_parameters or {}).items()}

    def _own_object(self, collection: Collection | None, case: Any) -> dict[str, str] | None:
        """The address of an object of this run's in a collection: a new one where there is none."""
        if collection is None or collection.name in self._barren:
            return None
        known = self._objects.setdefault(collection.name, [])
        if not known:
            ctx = CheckContext.open(self._session, "answers", self._rng)
            try:
                made = ctx.objects.create(collection)
                known.append(made.address)
                if made.shown_address is not None:
                    self._shown[made.id] = made.shown_address
            except (Inconclusive, ForeignRequestError, NoResponseError):
                self._barren.add(collection.name)
                return None
        chosen = self._rng.choice(known)
        operation = operation_of(self._session.api, case)
        if operation is not None and operation.id not in self._by_operation:
            return self._shown.get(chosen.get(collection.resource.id_parameter or "", ""), chosen)
        return chosen

    def _change_references(self, case: Any) -> None:
        """Ids of other people's objects in a body: ours instead, or none."""
        if isinstance(case.body, dict | list) and self._changed(case.body):
            self.changed.add(case.id)

    def _changed(self, value: Any) -> bool:
        changed = False
        if isinstance(value, list):
            for item in value:
                changed |= self._changed(item)
        if not isinstance(value, dict):
            return False
        for name in list(value):
            collection = self._safety.referenced(name)
            if collection is None:
                changed |= self._changed(value[name])
                continue
            known = self._safety.own_ids(collection)
            if known and isinstance(value[name], str):
                value[name] = self._rng.choice(known)
            else:
                del value[name]
            changed = True
        return changed

    def after_call(self, context: Any, case: Any, response: Any) -> None:
        """Note what was created and what is gone."""
        del context
        operation = operation_of(self._session.api, case)
        if operation is not None and case.method.lower() == operation.method:
            exchange = _exchange(operation, response)
            if (pause := asked_to_wait(exchange)) is not None:
                self._session.meter.hold(min(pause, LONGEST_PAUSE))
            self._session.client.tell(exchange)
        collection = self._by_operation.get(operation.id) if operation else None
        if operation is None or collection is None or not 200 <= response.status_code < 300:
            return
        name = collection.resource.id_parameter or ""
        given = self._parameters(case)
        if operation is collection.deleter and case.method.lower() == operation.method:
            self._session.forget(collection, given)
            known = self._objects.get(collection.name, [])
            self._objects[collection.name] = [a for a in known if a.get(name) != given.get(name)]
        elif operation is collection.creator and case.method.lower() == operation.method:
            ctx = CheckContext.open(self._session, "answers", self._rng)
            body = case.body if isinstance(case.body, dict) else UNSET
            with suppress(Inconclusive, ForeignRequestError, NoResponseError, BudgetSpentError):
                ctx.objects.adopt(collection, _exchange(operation, response), body, Actor.ME, given)


def _as_bytes(body: Any) -> bytes:
    if isinstance(body, bytes):
        return body
    try:
        return json.dumps(body).encode()
    except (TypeError, ValueError):
        return str(body).encode("utf-8", "replace")
