"""Watches the requests that Schemathesis makes, and keeps them off other people's objects."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import schemathesis

from trunkline import ir
from trunkline.contract.model import Collection, Exchange, Request, fill, like, variables
from trunkline.contract.session import Actor, NoResponseError, Session
from trunkline.semantics import jsonvalue

SAFE = frozenset({"get", "head", "options", "trace"})


def operation_of(api: ir.Api, case: Any) -> ir.Operation | None:
    """The operation that a case of Schemathesis' is about."""
    method, path = case.operation.method.lower(), case.operation.path
    return next((o for o in api.operations if (o.method, o.path) == (method, path)), None)


def _exchange(operation: ir.Operation, response: Any) -> Exchange:
    sent = response.request
    body = sent.body.encode() if isinstance(sent.body, str) else sent.body
    return Exchange(
        Request(
            method=str(sent.method),
            url=str(sent.url),
            headers={str(name): str(value) for name, value in sent.headers.items()},
            body=body if isinstance(body, bytes) else None,
            operation=operation.id,
        ),
        response.status_code,
        {name.lower(): ", ".join(values) for name, values in response.headers.items()},
        response.content,
        response.elapsed,
    )


class FuzzingHooks:
    """Counts, limits and watches Schemathesis' requests; keeps them off other people's objects."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._own: set[tuple[str, str]] = set()
        self._free: set[tuple[str, str]] = set()
        self._by_operation: dict[str, Collection] = {}
        for collection in session.collections:
            for operation in collection.operations():
                self._by_operation[operation.id] = collection
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
        """Wait for the rate limit; turn a change of somebody else's object into one of nothing."""
        del context
        kwargs["allow_redirects"] = False
        if self._session.meter.spent or self._session.meter.stopped:
            self.stop()
        else:
            self._session.meter.take()
        operation = operation_of(self._session.api, case)
        if operation is None or case.method.lower() in SAFE:
            return
        collection = self._by_operation.get(operation.id)
        name = collection.resource.id_parameter if collection else None
        if collection is None or name is None or name not in variables(operation.path):
            return
        identity = str((case.path_parameters or {}).get(name, ""))
        if not self._may(collection, identity):
            case.path_parameters[name] = self._nobodys(collection, identity)

    def _nobodys(self, collection: Collection, identity: str) -> str:
        """An id of the same form that is not there; where none is found, one that cannot be."""
        rng = random.Random(f"{self._session.marker} {identity}")  # noqa: S311  # no secret
        for _ in range(3 if identity else 0):
            other = like(identity, rng)
            if other != identity and self._may(collection, other):
                return other
        return f"{self._session.marker}-nobody"

    def _may(self, collection: Collection, identity: str) -> bool:
        """Whether an object with this id is this run's, or is not there at all."""
        key = (collection.name, identity)
        if key in self._own or key in self._free:
            return True
        if collection.retriever is None or variables(collection.retriever.path) != [
            collection.resource.id_parameter
        ]:
            return False
        path = fill(collection.retriever.path, {collection.resource.id_parameter or "": identity})
        try:
            answer = self._session.send(
                "GET", path, credential=self._session.credential(collection.retriever, Actor.ME)
            )
        except NoResponseError:
            return False
        if answer.ok:
            return False
        self._free.add(key)
        return True

    def after_call(self, context: Any, case: Any, response: Any) -> None:
        """Note what was created and what is gone."""
        del context
        operation = operation_of(self._session.api, case)
        if operation is not None and case.method.lower() == operation.method:
            self._session.client.tell(_exchange(operation, response))
        collection = self._by_operation.get(operation.id) if operation else None
        if operation is None or collection is None or not 200 <= response.status_code < 300:
            return
        name = collection.resource.id_parameter or ""
        given = {k: str(v) for k, v in (case.path_parameters or {}).items()}
        if operation is collection.deleter and case.method.lower() == operation.method:
            self._session.forget(collection, given)
        elif operation is collection.creator and case.method.lower() == operation.method:
            try:
                body = response.json()
            except ValueError:
                return
            identity = jsonvalue.get(jsonvalue.get(body, operation.payload), collection.id_path)
            if isinstance(identity, str | int):
                self._own.add((collection.name, str(identity)))
                self._session.note(collection, {**given, name: str(identity)}, Actor.ME)
