"""The ASGI application: one request from bytes to bytes."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Collection, MutableMapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from trunkline.emulator.actions import Actions
from trunkline.emulator.admin import PREFIX, Admin
from trunkline.emulator.bodies import MAX_BODY
from trunkline.emulator.clock import Clock
from trunkline.emulator.errors import Errors, find_response, is_json
from trunkline.emulator.faults import FaultRule
from trunkline.emulator.journal import Journal
from trunkline.emulator.negotiation import acceptable
from trunkline.emulator.parameters import QueryTextError, parse_query
from trunkline.emulator.plans import OperationPlan, OperationPlanner
from trunkline.emulator.resources import Planner, ResourcePlan
from trunkline.emulator.routing import Match, PathTextError, Router
from trunkline.emulator.rpc import RpcServer
from trunkline.emulator.sampling import Sampler
from trunkline.emulator.seams import Call, Seam
from trunkline.emulator.security import Security
from trunkline.emulator.store import Store
from trunkline.emulator.validation import Validators
from trunkline.emulator.wire import ACCOUNTS, Account, Answer, Fault, RawHeaders, Refusal, Request
from trunkline.ir import Api, Operation, Resource

if TYPE_CHECKING:
    from trunkline.emulator.domain import Engine

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_LOG = logging.getLogger("trunkline.emulator")
_SLOW_BODY = 30.0
"""Seconds in which a body must arrive."""
_LISTS = 512
_NO_PAIRS: list[tuple[str, str]] = []


def base_path(api: Api) -> str:
    """The path of the first server's address, its variables at their defaults; no trailing
    slash."""
    if not api.servers:
        return ""
    server = api.servers[0]
    url = server.url
    for variable in server.variables:
        url = url.replace(f"{{{variable.name}}}", variable.default)
    return urlsplit(url).path.rstrip("/")


def _unnamed(path: str) -> str:
    """A path whose parameters have lost their names, which differ between parent and child."""
    return re.sub(r"\{[^{}]*\}", "{}", path)


class TooLarge(Exception):  # noqa: N818  # an answer, not a failure
    """The body is longer than `MAX_BODY`."""


class Emulator:
    """A stateful server for one API: an ASGI application.

    `seed` fixes identifiers and sampled values. `data`: a file that keeps every object across
    restarts. `defects`: names from `trunkline.emulator.defects.CATALOGUE`, or ready seams.
    """

    def __init__(
        self,
        api: Api,
        *,
        seed: int = 0,
        data: Path | None = None,
        defects: Collection[str] = (),
        accounts: Sequence[Account] = ACCOUNTS,
        admin_token: str | None = None,
        reach: Collection[str] = (),
    ) -> None:
        self.api = api
        self.base = base_path(api)
        self.accounts = tuple(accounts)
        self.seed = seed
        self.clock = Clock()
        self.store = Store(data)
        self.validators = Validators(api)
        self.sampler = Sampler(api, self.validators)
        self.errors = Errors(api, self.validators, self.sampler)
        self._security = Security(api, self.accounts)
        self._router = Router(api.operations, self.base)
        self.planner = Planner(api, self.validators, seed)
        self._resources: dict[str, ResourcePlan | None] = {}
        self._by_name = {".".join(r.name): r for r in api.resources}
        self._by_item_path = {_unnamed(r.item_path): r for r in api.resources if r.item_path}
        self._operation_plans: dict[str, OperationPlan] = {}
        self._operation_planner = OperationPlanner(
            api, self.validators, self.sampler, self._security, self.errors, self._resource_of
        )
        self.seams: tuple[Seam, ...] = self._defects(defects)
        self.actions = Actions(
            api,
            self.validators,
            self.sampler,
            self.store,
            self.clock,
            self.errors,
            seed=seed,
            base=self.base,
            resources=self._resources,
            parent_of=self._parent_of,
            seams=self.seams,
        )
        self._rpc = RpcServer(self) if api.rpc is not None else None
        self.engine: Engine | None = self._behave(reach) if api.behaviour is not None else None
        self.journal = Journal(api)
        self.faults: list[FaultRule] = []
        self._admin = Admin(self, admin_token)
        self._lists: dict[tuple[str, str, bytes, bytes, bytes], tuple[int, Answer]] = {}

    def _defects(self, names: Collection[str]) -> tuple[Seam, ...]:
        if not names:
            return ()
        from trunkline.emulator.defects import seams

        return seams(names, self)

    def _behave(self, reach: Collection[str]) -> Engine:
        from trunkline.emulator.domain import Engine
        from trunkline.emulator.domain.credentials import Issued

        assert self.api.behaviour is not None
        engine = Engine(self, self.api.behaviour, self.rpc_plans(), reach=reach)
        self._security.issued = Issued(engine)
        return engine

    def reset(self) -> None:
        """Forget all objects and requests, stop all faults, and let the clock run."""
        if self.engine is not None:
            self.engine.reset()
        self.store.reset()
        self.clock.run()
        self.journal.clear()
        self.faults = []
        self._lists.clear()

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    # Plans.

    def plan_resource(self, resource: Resource) -> ResourcePlan | None:
        """The plan of a resource, made at the first call."""
        name = ".".join(resource.name)
        if name not in self._resources:
            self._resources[name] = self.planner.plan(resource)
        return self._resources[name]

    def rpc_plans(self) -> dict[str, ResourcePlan]:
        """The plans of what JSON-RPC methods keep, by the name of the resource."""
        return {} if self._rpc is None else self._rpc.plans()

    def _resource_of(self, operation: Operation) -> ResourcePlan | None:
        resource = self._by_name.get(".".join(operation.resource))
        if resource is None or resource.operations.get(operation.action) != operation.id:
            return None
        for other in self._by_name.values():
            # Children go with their parent, so they must be known before it is deleted.
            if other.parent_parameters and other is not resource:
                above = (other.collection_path or other.item_path or "").rpartition("/")[0]
                if resource.item_path and _unnamed(above) == _unnamed(resource.item_path):
                    self.plan_resource(other)
        return self.plan_resource(resource)

    def _parent_of(self, plan: ResourcePlan) -> ResourcePlan | None:
        names = plan.resource.parent_parameters
        path = plan.resource.collection_path or plan.resource.item_path
        if not names or path is None:
            return None
        marker = f"{{{names[-1]}}}"
        above = path[: path.find(marker) + len(marker)]
        resource = self._by_item_path.get(_unnamed(above))
        if resource is None or resource is plan.resource:
            return None
        if len(resource.parent_parameters) != len(names) - 1:
            return None
        return self.plan_resource(resource)

    def plan(self, operation: Operation) -> OperationPlan:
        """The plan of an operation, made at the first call."""
        plan = self._operation_plans.get(operation.id)
        if plan is None:
            plan = self._operation_planner.plan(operation)
            self._operation_plans[operation.id] = plan
        return plan

    # Requests.

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point; only HTTP is spoken."""
        if scope["type"] != "http":
            return
        request = Request(
            scope["method"],
            scope.get("raw_path") or scope["path"].encode(),
            scope["query_string"],
            scope["headers"],
        )
        try:
            body_announced = False
            for name, value in request.headers:
                if name == b"content-length":
                    body_announced = value != b"0"
                    if len(value) > 12 or (value.isdigit() and int(value) > MAX_BODY):
                        raise TooLarge
                elif name == b"transfer-encoding":
                    body_announced = True
            if body_announced:
                request.body = await asyncio.wait_for(_read(receive), _SLOW_BODY)
        except TooLarge:
            fault = Fault(f"Bodies are limited to {MAX_BODY} bytes", "size")
            answer = self.errors.answer(None, Refusal((413,), fault))
            answer.headers.append((b"connection", b"close"))
        except TimeoutError:
            fault = Fault("The body did not arrive in time", "timeout")
            answer = self.errors.answer(None, Refusal((408,), fault))
            answer.headers.append((b"connection", b"close"))
        except ConnectionError:
            return
        else:
            if request.raw_path.startswith(PREFIX):
                client = scope.get("client")
                answer = self._admin.answer(request, client[0] if client else None)
                if self.engine is not None and request.method != "GET":
                    await self.engine.settle()
                await _send(send, answer)
                return
            if self.faults:
                await self._with_faults(request, scope, send)
                return
            answer = self.handle(request)
            self.journal.note(self.clock.now(), request, answer)
            if self.engine is not None:
                self.engine.wake()
        await _send(send, answer)

    async def _with_faults(self, request: Request, scope: Scope, send: Send) -> None:
        """Answer a request that the fault rules may spoil; the first rule that strikes counts,
        latency excepted, which adds to it."""
        path = request.raw_path.decode("latin-1")
        chosen: FaultRule | None = None
        for rule in self.faults:
            if rule.strikes(request.method, path):
                if rule.kind == "latency":
                    await asyncio.sleep(rule.seconds)
                else:
                    chosen = rule
                    break
        if chosen is not None and chosen.kind == "status":
            headers: RawHeaders = []
            if chosen.retry_after is not None:
                headers.append((b"retry-after", str(chosen.retry_after).encode()))
            fault = Fault("A fault was asked for", "fault")
            refusal = Refusal((chosen.status,), fault, headers=headers)
            matched = self.matched(request)
            answer = self.errors.answer(matched.operation if matched else None, refusal)
            await self._note_and_send(request, send, answer)
            return
        transport = scope.get("extensions", {}).get("trunkline", {}).get("transport")
        if chosen is not None and chosen.kind == "drop" and transport is not None:
            transport.abort()
            await asyncio.sleep(0.01)
            return
        answer = self.handle(request)
        if chosen is not None and chosen.kind == "malformed":
            answer = replace(answer, body=answer.body[:-1] + b",")
        if chosen is not None and chosen.kind == "truncate" and transport is not None:
            await self._truncated(answer, send)
            transport.close()
            return
        await self._note_and_send(request, send, answer)

    async def _note_and_send(self, request: Request, send: Send, answer: Answer) -> None:
        self.journal.note(self.clock.now(), request, answer)
        await _send(send, answer)

    @staticmethod
    async def _truncated(answer: Answer, send: Send) -> None:
        """Half of the body under the whole body's length."""
        headers = [
            (b"content-type", answer.media_type or b"application/json"),
            (b"content-length", str(max(len(answer.body), 2)).encode()),
        ]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        half = answer.body[: len(answer.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})

    def matched(self, request: Request) -> Match | None:
        """The operation a request is for, None if there is none."""
        try:
            found = self._router.match(request.method, request.raw_path)
        except PathTextError:
            return None
        return found if isinstance(found, Match) else None

    def handle(self, request: Request) -> Answer:
        """The answer to a request whose body is complete. Never raises."""
        operation: Operation | None = None
        try:
            matched = self._route(request)
            if isinstance(matched, Answer):
                return matched
            operation = matched.operation
            return self._operate(request, matched)
        except Refusal as refusal:
            answer = self.errors.answer(operation, refusal)
        except Exception:
            _LOG.exception("%s %r", request.method, request.raw_path)
            answer = self.errors.answer(
                operation, Refusal((500,), Fault("The emulator failed", "internal"))
            )
        for seam in self.seams:
            answer = seam.refused(operation, request, answer)
        return answer

    def _route(self, request: Request) -> Match | Answer:
        try:
            found = self._router.match(request.method, request.raw_path)
            if isinstance(found, Match):
                return found
            if request.method == "HEAD" and "GET" in found.allowed:
                again = self._router.match("GET", request.raw_path)
                if isinstance(again, Match):
                    return again
        except PathTextError:
            fault = Fault("The path is not percent-encoded UTF-8", "path")
            raise Refusal((404,), fault) from None
        if not found.allowed:
            path = request.raw_path[:200].decode("latin-1")
            raise Refusal((404,), Fault(f"There is nothing at {path}", "path"))
        allowed = {*found.allowed, "OPTIONS"} | ({"HEAD"} if "GET" in found.allowed else set())
        headers: RawHeaders = [(b"allow", ", ".join(sorted(allowed)).encode())]
        if request.method == "OPTIONS":
            return Answer(204, b"", None, headers)
        fault = Fault(f"{request.method[:40]} is not allowed here", "method")
        raise Refusal((405,), fault, headers=headers)

    def _operate(self, request: Request, matched: Match) -> Answer:
        operation = matched.operation
        plan = self._operation_plans.get(operation.id) or self.plan(operation)
        if self.seams:
            for seam in self.seams:
                early = seam.received(operation, request)
                if early is not None:
                    return early
            account = self._authenticated(plan, request)
        else:
            account = plan.authenticate(request)
        accept = request.header(b"accept") or b"*/*"
        cached: tuple[str, str, bytes, bytes, bytes] | None = None
        if plan.cacheable and not self.seams:
            cached = (operation.id, account.name, request.raw_path, request.query, accept)
            known = self._lists.get(cached)
            if known is not None and known[0] == self.store.version:
                return known[1]
        call = Call(plan, request, account)
        self._negotiate(plan, accept)
        self._read_parameters(call, matched)
        if self._rpc is not None and operation.id == self._rpc.operation:
            replied = self._rpc.answer(call)
            for seam in self.seams:
                replied = seam.answered(call, replied)
            return replied
        self._read_body(call)
        prefer = request.header(b"prefer")
        if prefer is not None:
            answer = self._preferred(call, prefer)
            if answer is not None:
                return answer
        answer = self.actions.carry_out(call)
        if self.engine is not None:
            answer = self.engine.operated(call, answer)
        if cached is not None and prefer is None:
            if len(self._lists) >= _LISTS:
                self._lists.clear()
            self._lists[cached] = (self.store.version, answer)
        for seam in self.seams:
            answer = seam.answered(call, answer)
        return answer

    def _authenticated(self, plan: OperationPlan, request: Request) -> Account:
        refusal: Refusal | None = None
        account: Account | None = None
        try:
            account = plan.authenticate(request)
        except Refusal as error:
            refusal = error
        for seam in self.seams:
            account = seam.authenticated(plan.operation, request, account)
        if account is None:
            raise refusal or Refusal((401, 403), Fault("Credentials are not valid", "security"))
        return account

    @staticmethod
    def _negotiate(plan: OperationPlan, accept: bytes) -> None:
        if accept in (b"*/*", b"application/json") or plan.response is None:
            return
        contents = plan.response.contents
        if contents and acceptable(accept, contents) is None:
            offered = ", ".join(content.media_type for content in contents)
            raise Refusal((406,), Fault(f"Only these media types are offered: {offered}", "accept"))

    def _read_parameters(self, call: Call, matched: Match) -> None:
        plan = call.plan
        request = call.request
        faults: list[Fault] = []
        if plan.path:
            call.path, wrong = plan.path.read(list(matched.parameters.items()))
            faults += wrong
        if plan.query:
            try:
                pairs = parse_query(request.query) if request.query else _NO_PAIRS
            except QueryTextError as error:
                fault = Fault(f"The query string is malformed: {error}", "query")
                raise Refusal((400, *self.errors.validation), fault) from None
            call.query, wrong = plan.query.read(pairs)
            faults += wrong
        if plan.header:
            pairs = [(k.decode("latin-1"), v.decode("latin-1")) for k, v in request.headers]
            call.headers, wrong = plan.header.read(pairs)
            faults += wrong
        if plan.cookie:
            call.cookies, wrong = plan.cookie.read(_cookies(request))
            faults += wrong
        for seam in self.seams:
            faults = seam.parameter_faults(call, faults)
        if faults:
            raise Refusal(self._invalid(faults), *faults)
        for name, text in matched.parameters.items():
            call.path.setdefault(name, text)

    def _invalid(self, faults: Sequence[Fault]) -> tuple[int, ...]:
        if all(fault.location == "path" for fault in faults):
            # Nothing can be found under an identifier that cannot exist.
            return (*self.errors.validation, 404)
        return self.errors.validation

    def _read_body(self, call: Call) -> None:
        reader = call.plan.body
        if reader is None:
            return
        call.body, faults = reader.read(call.request)
        for seam in self.seams:
            faults = seam.body_faults(call, faults)
        if faults:
            raise Refusal(self.errors.validation, *faults)

    def _preferred(self, call: Call, header: bytes) -> Answer | None:
        wishes = dict(_wishes(header.decode("latin-1")))
        code = wishes.get("code", "")
        example = wishes.get("example")
        if not code and example is None:
            return None
        plan = call.plan
        if code:
            if not (code.isdecimal() and len(code) == 3 and 200 <= int(code) <= 599):
                raise Refusal((400, *self.errors.validation), Fault("Prefer: bad code", "prefer"))
            response = find_response(plan.operation, int(code))
            if response is None:
                fault = Fault(f"The status {code} is not documented", "prefer")
                raise Refusal((404,), fault)
            content = next((c for c in response.contents if is_json(c.media_type)), None)
            content = content or (response.contents[0] if response.contents else None)
            return self.actions.described(
                plan, call, status=int(code), content=content, example=example
            )
        return self.actions.described(plan, call, example=example)


def _wishes(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for part in text.replace(";", ",").split(","):
        name, _, value = part.strip().partition("=")
        found.append((name.strip().lower(), value.strip().strip('"')))
    return found


def _cookies(request: Request) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, raw in request.headers:
        if name == b"cookie":
            for part in raw.decode("latin-1").split(";"):
                key, mark, value = part.strip().partition("=")
                if mark:
                    found.append((key, value))
    return found


async def _read(receive: Receive) -> bytes:
    """The whole body; TooLarge beyond the limit, ConnectionError when the client went away."""
    message = await receive()
    if message["type"] == "http.disconnect":
        raise ConnectionError
    body = cast(bytes, message.get("body", b""))
    if not message.get("more_body"):
        return body
    parts = [body]
    size = len(body)
    while message.get("more_body"):
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        part = cast(bytes, message.get("body", b""))
        size += len(part)
        if size > MAX_BODY:
            raise TooLarge
        parts.append(part)
    return b"".join(parts)


async def _send(send: Send, answer: Answer) -> None:
    headers = answer.headers
    if answer.media_type is not None:
        headers = [
            (b"content-type", answer.media_type),
            (b"content-length", str(len(answer.body)).encode()),
            *headers,
        ]
    elif answer.status not in (204, 304):
        headers = [(b"content-length", str(len(answer.body)).encode()), *headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


__all__ = ["Emulator", "base_path"]
