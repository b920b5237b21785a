"""The reserved prefix: reset, snapshots, objects, requests seen, clock, faults.

Only for callers on this machine, or with the admin token where one is set. Requests that a web page
of another origin makes are refused.
"""

from __future__ import annotations

import functools
import hmac
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from trunkline.diagnostics import TrunklineError
from trunkline.emulator.admin import behaviour_surface as surface
from trunkline.emulator.admin import console
from trunkline.emulator.admin.admin_ui import admin_ui_asset
from trunkline.emulator.admin.fault_rules import BadRule, parse_rules
from trunkline.emulator.admin.services import AdminServices
from trunkline.emulator.behaviour.engine import Engine
from trunkline.emulator.http.cors import is_this_machine
from trunkline.emulator.http.jsontext import JsonTextError, dump, parse
from trunkline.emulator.http.messages import HttpRequest, HttpResponse
from trunkline.emulator.resources.resource_plan import ResourcePlan
from trunkline.emulator.storage.query import Query
from trunkline.emulator.storage.records import AlreadyExists, Scope
from trunkline.ir import Json

if TYPE_CHECKING:
    from trunkline.python import CallPrinter

PREFIX = b"/__trunkline__/"
_TOKEN = b"x-trunkline-admin"


class _Wrong(Exception):  # noqa: N818  # control flow towards a response
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def _json(value: Json, status: int = 200) -> HttpResponse:
    return HttpResponse(status, dump(value) + b"\n")


class Admin:
    """Answers requests below `PREFIX`."""

    def __init__(self, admin: AdminServices, token: str | None = None) -> None:
        self._admin = admin
        self._services = admin.services
        self._token = token
        self._routes: dict[tuple[str, str], Callable[[HttpRequest], HttpResponse]] = {
            ("GET", ""): self._index,
            ("GET", "health"): lambda _: _json({"status": "ok"}),
            ("POST", "reset"): self._reset,
            ("GET", "snapshot"): self._snapshot,
            ("PUT", "snapshot"): self._restore,
            ("GET", "requests"): lambda _: _json(admin.request_log.shown()),
            ("DELETE", "requests"): self._clear,
            ("GET", "operations"): lambda _: _json(console.listed(admin.services)),
            ("GET", "clock"): lambda _: self._clock(),
            ("PUT", "clock"): self._set_clock,
            ("GET", "faults"): lambda _: _json([rule.shown() for rule in admin.faults.active]),
            ("PUT", "faults"): self._set_faults,
            ("DELETE", "faults"): self._no_faults,
            ("GET", "defects"): lambda _: self._defects(),
            ("PUT", "defects"): self._set_defects,
            ("GET", "occurrences"): lambda _: _json(surface.occurrences(self._engine())),
            ("GET", "deliveries"): lambda _: _json(surface.deliveries(self._engine())),
            ("GET", "conversations"): lambda _: _json(surface.conversations(self._engine())),
        }

    @functools.cached_property
    def _printer(self) -> CallPrinter:
        return console.call_printer(self._services.api)

    def response(self, request: HttpRequest, client: str | None) -> HttpResponse:
        """The response to a request below the prefix; `client` is its address."""
        name = request.raw_path[len(PREFIX) :].decode("latin-1").rstrip("/")
        page = admin_ui_asset(request, name)
        if page is not None:
            return page
        if name == "health" and request.method == "GET":
            return self._routes["GET", name](request)  # asked by what knows no token
        try:
            self._authorise(request, client)
            if name.startswith("objects/"):
                return self._objects(request, unquote(name.removeprefix("objects/")))
            if name.startswith("operations/") and request.method in ("GET", "POST"):
                return self._call(request, unquote(name.removeprefix("operations/")))
            if name.startswith("occurrences/") and request.method == "POST":
                return self._occur(request, unquote(name.removeprefix("occurrences/")))
            known = self._routes.get((request.method, name))
            if known is not None:
                return known(request)
            allowed = sorted(m for m, n in self._routes if n == name)
            if allowed:
                response = _json({"error": "method not allowed"}, 405)
                response.headers.append((b"allow", ", ".join(allowed).encode()))
                return response
            raise _Wrong(404, f"there is nothing called {name!r} here")
        except _Wrong as wrong:
            return _json({"error": wrong.message}, wrong.status)

    def _authorise(self, request: HttpRequest, client: str | None) -> None:
        if self._token is not None:
            given = request.header(_TOKEN) or b""
            if not hmac.compare_digest(given, self._token.encode()):
                raise _Wrong(403, "the admin token is missing or wrong")
        elif not is_this_machine(client or ""):
            raise _Wrong(403, "only this machine may do this, unless an admin token is set")
        elif not _loopback_host((request.header(b"host") or b"").decode("latin-1")):
            raise _Wrong(403, "the Host header names another machine")
        origin = request.header(b"origin")
        if origin is not None and urlsplit(origin).netloc != (request.header(b"host") or b""):
            raise _Wrong(403, "requests from other origins are refused")

    @staticmethod
    def _body(request: HttpRequest) -> Json:
        try:
            return parse(request.body)
        except JsonTextError as error:
            raise _Wrong(400, f"the body is not JSON: {error}") from None

    def _index(self, _: HttpRequest) -> HttpResponse:
        counts: dict[str, Json] = {}
        parents: dict[str, Json] = {}
        for resource in self._services.api.resources:
            plan = self._services.resources.plan(resource)
            if plan is not None:
                counts[plan.table.name] = self._counts(plan)
                parents[plan.table.name] = list[Json](resource.parent_parameters)
        if self._admin.engine is not None:
            for name, plan in self._admin.engine.objects.plans.items():
                parents.setdefault(name, [])
                counts.setdefault(name, self._counts(plan))
        return _json(
            {
                "api": self._services.api.title,
                "version": self._services.api.version,
                "base": self._services.base,
                "accounts": [account.name for account in self._services.accounts],
                "objects": counts,
                "parents": parents,
                "defects": [hook.id for hook in self._services.hooks if hook.id],
                "clock": self._services.clock.now().isoformat(),
                "endpoints": list[Json](sorted(f"{m} {n}" for m, n in self._routes)),
            }
        )

    def _counts(self, plan: ResourcePlan) -> dict[str, Json]:
        store = self._services.store
        return {a.name: store.count(plan.table, a.name) for a in self._services.accounts}

    def _engine(self) -> Engine:
        if self._admin.engine is None:
            raise _Wrong(404, "no behaviour is declared beside the description")
        return self._admin.engine

    def _occur(self, request: HttpRequest, name: str) -> HttpResponse:
        """Make something happen to `account` (the first one); the rest of the body tells how."""
        body = self._body(request) if request.body else {}
        if not isinstance(body, dict):
            raise _Wrong(400, "the body is an object")
        account = body.pop("account", self._services.accounts[0].name)
        if account not in [a.name for a in self._services.accounts]:
            raise _Wrong(400, f"there is no account {account!r}")
        try:
            return _json(surface.occur(self._engine(), name, str(account), body))
        except surface.Unknown as error:
            raise _Wrong(400, str(error)) from None

    def _reset(self, _: HttpRequest) -> HttpResponse:
        self._admin.reset()
        return HttpResponse(204, b"", None)

    def _snapshot(self, _: HttpRequest) -> HttpResponse:
        body = self._services.store.snapshot()
        return HttpResponse(200, body, b"application/vnd.sqlite3")

    def _restore(self, request: HttpRequest) -> HttpResponse:
        try:
            self._services.store.restore(request.body)
        except ValueError as error:
            raise _Wrong(400, str(error)) from None
        return HttpResponse(204, b"", None)

    def _clear(self, _: HttpRequest) -> HttpResponse:
        self._admin.request_log.clear()
        return HttpResponse(204, b"", None)

    def _clock(self) -> HttpResponse:
        return _json({"now": self._services.clock.now().isoformat()})

    def _set_clock(self, request: HttpRequest) -> HttpResponse:
        body = self._body(request)
        if not isinstance(body, dict) or set(body) - {"freeze", "move", "run"}:
            raise _Wrong(400, "send {freeze: instant or true}, {move: seconds} or {run: true}")
        clock = self._services.clock
        try:
            if body.get("run") is True:
                clock.run()
            freeze = body.get("freeze")
            if isinstance(freeze, str):
                instant = datetime.fromisoformat(freeze)
                if instant.tzinfo is None:
                    raise _Wrong(400, "freeze: the instant has no time zone")
                clock.freeze(instant)
            elif freeze is True:
                clock.freeze()
            move = body.get("move")
            if isinstance(move, (int, float)) and not isinstance(move, bool):
                clock.move(move)
        except (ValueError, OverflowError) as error:
            raise _Wrong(400, f"the clock cannot be set so: {error}") from None
        return self._clock()

    def _set_faults(self, request: HttpRequest) -> HttpResponse:
        try:
            self._admin.faults.active = parse_rules(self._body(request))
        except BadRule as error:
            raise _Wrong(400, str(error)) from None
        return _json([rule.shown() for rule in self._admin.faults.active])

    def _defects(self) -> HttpResponse:
        """Every defect that can show on this API, what it does, and whether the server has it."""
        given = {hook.id for hook in self._services.hooks}
        return _json(
            [
                {"id": name, "does": does, "on": name in given}
                for name, does in self._admin.defects().items()
            ]
        )

    def _set_defects(self, request: HttpRequest) -> HttpResponse:
        body = self._body(request)
        if not isinstance(body, list) or not all(isinstance(name, str) for name in body):
            raise _Wrong(400, "a list of names is expected; GET defects tells them")
        try:
            self._admin.give_defects([str(name) for name in body])
        except TrunklineError as error:
            raise _Wrong(400, error.diagnostics[0].message) from None
        return self._defects()

    def _no_faults(self, _: HttpRequest) -> HttpResponse:
        self._admin.faults.active = []
        return HttpResponse(204, b"", None)

    def _call(self, request: HttpRequest, name: str) -> HttpResponse:
        """A valid call of an operation, made up for `?account=`; the one that is posted, as a call
        of the generated client."""
        operation = next((o for o in self._services.api.operations if o.id == name), None)
        if operation is None:
            raise _Wrong(404, f"there is no operation {name!r}")
        if request.method == "POST":
            given = self._body(request)
            if not isinstance(given, dict):
                raise _Wrong(400, "an object with parameters and body is expected")
            text = console.client_call(self._services, self._printer, operation, given)
            return _json({"python": text})
        asked = parse_qs(request.query.decode("latin-1")).get("account", [])
        accounts = [a for a in self._services.accounts if a.name in asked]
        account = accounts[0] if accounts else self._services.accounts[0]
        return _json(console.Console(self._services, account).call(operation))

    def _objects(self, request: HttpRequest, name: str) -> HttpResponse:
        """Objects of one resource: GET lists those of `?account=`, below each `&parent=`, with
        `&ids=true` beside the ids that they are kept under; POST
        keeps one made from `object`, with a given `id` if there is one; PUT replaces the one with
        this `id`; DELETE forgets the one with `&id=`."""
        plan = self._plan(name)
        body, scope = self._asked(request, plan)
        id_ = body.get("id")
        if request.method == "GET":
            return self._listed(plan, scope, ids=body.get("ids") == "true")
        if request.method == "DELETE":
            if not self._services.store.delete(plan.table, scope, str(id_)):
                raise _Wrong(404, f"there is no object {id_!r}")
            return HttpResponse(204, b"", None)
        given = body.get("object", {})
        if not isinstance(given, dict):
            raise _Wrong(400, "object is an object")
        if request.method == "PUT":
            return self._put(plan, scope, str(id_), given)
        if request.method != "POST":
            raise _Wrong(405, "GET, POST, PUT or DELETE")
        return self._post(plan, scope, id_, given)

    def _plan(self, name: str) -> ResourcePlan:
        resource = next((r for r in self._services.api.resources if ".".join(r.name) == name), None)
        plan = self._services.resources.plan(resource) if resource is not None else None
        engine = self._admin.engine
        others = engine.objects.plans if engine is not None else self._admin.methods
        plan = plan or others.get(name)
        if plan is None:
            known = ", ".join([*(".".join(r.name) for r in self._services.api.resources), *others])
            raise _Wrong(404, f"there is no resource {name!r}; known: {known}")
        return plan

    def _asked(self, request: HttpRequest, plan: ResourcePlan) -> tuple[dict[str, Json], Scope]:
        """What the query or the body says, and whose objects it is about."""
        body: Json
        if request.method in ("GET", "DELETE"):
            pairs = parse_qs(request.query.decode("latin-1"))
            body = {
                **{name: values[0] for name, values in pairs.items()},
                "parents": list[Json](pairs.get("parent", [])),
            }
        else:
            body = self._body(request) if request.body else {}
        if not isinstance(body, dict):
            raise _Wrong(400, "the body is an object")
        account = body.get("account", self._services.accounts[0].name)
        if account not in [a.name for a in self._services.accounts]:
            raise _Wrong(400, f"there is no account {account!r}")
        parents = body.get("parents", [])
        if not isinstance(parents, list) or len(parents) != len(plan.resource.parent_parameters):
            wanted = ", ".join(plan.resource.parent_parameters) or "none"
            raise _Wrong(400, f"parents: the values of {wanted}")
        return body, Scope(str(account), tuple(map(str, parents)))

    def _listed(self, plan: ResourcePlan, scope: Scope, *, ids: bool) -> HttpResponse:
        rows, _ = self._services.store.page(plan.table, scope, Query(limit=1000))
        objects: list[Json] = [row.document for row in rows]
        if ids:
            return _json({"objects": objects, "ids": [row.id for row in rows]})
        return _json(objects)

    def _post(
        self, plan: ResourcePlan, scope: Scope, id_: Json, given: dict[str, Json]
    ) -> HttpResponse:
        if id_ is not None and self._services.store.get(plan.table, scope, str(id_)) is not None:
            raise _Wrong(409, "an object with this id exists")
        try:
            row = self._admin.objects.add(plan, scope, given, id_=id_, exact=True)
        except AlreadyExists:
            raise _Wrong(409, "an object with this id exists") from None
        fits = self._services.schemas.fits(plan.schema, row.document, "response")
        if not fits or (id_ is not None and row.id != str(id_)):
            self._services.store.delete(plan.table, scope, row.id)
            raise _Wrong(400, "such an object does not fit its schema")
        return _json(row.document, 201)

    def _put(
        self, plan: ResourcePlan, scope: Scope, id_: str, given: dict[str, Json]
    ) -> HttpResponse:
        row = self._services.store.get(plan.table, scope, id_)
        if row is None:
            raise _Wrong(404, f"there is no object {id_!r}")
        problems = self._services.schemas.problems(plan.schema, given, "response")
        if problems:
            raise _Wrong(400, f"{problems[0].pointer or 'the object'}: {problems[0].detail}")
        if self._admin.objects.id_of(plan, given, row.number) != id_:
            raise _Wrong(400, "an object keeps its id")
        return _json(self._services.store.replace(plan.table, scope, row, given).document)


def _loopback_host(header: str) -> bool:
    return is_this_machine(urlsplit(f"//{header}").hostname or "")
