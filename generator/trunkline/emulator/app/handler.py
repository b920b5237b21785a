"""One request whose body is complete, from bytes to an answer."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from trunkline.emulator.decoding.scalars import QueryTextError, parse_query
from trunkline.emulator.hooks.hooks import Call
from trunkline.emulator.http.messages import Account, Answer, Fault, RawHeaders, Refusal, Request
from trunkline.emulator.http.negotiation import acceptable
from trunkline.emulator.http.routing import Match, PathTextError, Router
from trunkline.emulator.jsonrpc.server import RpcServer
from trunkline.emulator.operations.errors import find_response, is_json
from trunkline.emulator.operations.idempotency import Repetitions
from trunkline.emulator.resources.compiled import OperationPlan
from trunkline.ir import Operation

if TYPE_CHECKING:
    from trunkline.emulator.app.application import Emulator

_LOG = logging.getLogger("trunkline.emulator")
_LISTS = 128
_LONG = 512
"""Bytes of a query that is not worth remembering."""
_NO_PAIRS: list[tuple[str, str]] = []


class Handler:
    """Answers the requests to one emulator."""

    def __init__(self, emulator: Emulator, rpc: RpcServer | None) -> None:
        self._emulator = emulator
        self._router = Router(emulator.api.operations, emulator.base)
        self._rpc = rpc
        self._lists: dict[tuple[str, str, bytes, bytes, bytes], tuple[int, Answer]] = {}
        self.errors = emulator.errors
        self.seams = emulator.seams
        self.store = emulator.store
        self.actions = emulator.actions
        self._repetitions = Repetitions(emulator.store, emulator.errors, emulator.seams)

    def forget(self) -> None:
        """Forget answers that could be given again."""
        self._lists.clear()

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
        plan = self._emulator.plan(operation)
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
        if plan.cacheable and not self.seams and len(request.query) < _LONG:
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
        if operation.idempotency is not None:
            answer = self._repetitions.answer(call, self.actions.carry_out)
        else:
            answer = self.actions.carry_out(call)
        engine = self._emulator.engine
        if engine is not None:
            answer = engine.operated(call, answer)
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
