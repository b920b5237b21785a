"""One request whose body is complete, from bytes to a response."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence

from trunkline.emulator.behaviour.engine import Engine
from trunkline.emulator.decoding.query import QueryTextError, parse_query
from trunkline.emulator.decoding.security import cookies
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.cors import CrossOrigin
from trunkline.emulator.http.messages import (
    Account,
    HttpError,
    HttpRequest,
    HttpResponse,
    RawHeaders,
    ValidationError,
)
from trunkline.emulator.http.routing import Match, NoMatch, PathTextError, Router
from trunkline.emulator.jsonrpc.server import RpcServer
from trunkline.emulator.operations.crud import Operations
from trunkline.emulator.operations.idempotency import IdempotencyStore
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.compiled import CompiledOperation, OperationCompiler
from trunkline.ir import Operation
from trunkline.semantics.media import acceptable
from trunkline.semantics.responses import for_status

_LOG = logging.getLogger("trunkline.emulator")
_LISTS = 128
_LONG = 512
"""Bytes of a query that is not worth remembering."""
_NO_PAIRS: list[tuple[str, str]] = []


class Handler:
    """Responds to the requests to one server."""

    def __init__(
        self,
        services: Services,
        compiler: OperationCompiler,
        operations: Operations,
        rpc: RpcServer | None,
        engine: Engine | None,
        cors: CrossOrigin,
    ) -> None:
        self._cors = cors
        self._router = Router(services.api.operations, services.base)
        self._compiler = compiler
        self._operations = operations
        self._rpc = rpc
        self._engine = engine
        self._lists: dict[tuple[str, str, bytes, bytes, bytes], tuple[int, HttpResponse]] = {}
        self._errors = services.errors
        self._hooks = services.hooks
        self._store = services.store
        self._idempotency = IdempotencyStore(services)

    def forget(self) -> None:
        """Forget responses that could be given again."""
        self._lists.clear()

    def failed(self, request: HttpRequest, http_error: HttpError) -> HttpResponse:
        """The error response of the operation that a request is for."""
        try:
            found = self._router.match(request.method, request.raw_path)
        except PathTextError:
            found = NoMatch()
        operation = found.operation if isinstance(found, Match) else None
        response = self._errors.response(operation, http_error)
        return self._cors.with_headers(request, response)

    def handle(self, request: HttpRequest) -> HttpResponse:
        """The response to a request whose body is complete. Never raises."""
        return self._cors.with_headers(request, self._handled(request))

    def _handled(self, request: HttpRequest) -> HttpResponse:
        operation: Operation | None = None
        try:
            self._operations.jobs.settle()
            matched = self._route(request)
            if isinstance(matched, HttpResponse):
                return matched
            operation = matched.operation
            return self._operate(request, matched)
        except HttpError as http_error:
            response = self._errors.response(operation, http_error)
        except sqlite3.OperationalError as error:
            # A full disk, or a file taken away: nothing was kept, and that is said.
            _LOG.error("%s %r: %s", request.method, request.raw_path, error)
            problem = ValidationError(f"Nothing can be kept: {error}", "storage")
            response = self._errors.response(operation, HttpError((507, 500), problem))
        except Exception:
            _LOG.exception("%s %r", request.method, request.raw_path)
            response = self._errors.response(
                operation, HttpError((500,), ValidationError("The emulator failed", "internal"))
            )
        for hook in self._hooks:
            response = hook.rejected(operation, request, response)
        return response

    def _route(self, request: HttpRequest) -> Match | HttpResponse:
        try:
            found = self._router.match(request.method, request.raw_path)
            if isinstance(found, Match):
                return self._meant(found) if found.others else found
            if request.method == "HEAD" and "GET" in found.allowed:
                again = self._router.match("GET", request.raw_path)
                if isinstance(again, Match):
                    return again
        except PathTextError:
            problem = ValidationError("The path is not percent-encoded UTF-8", "path")
            raise HttpError((404,), problem) from None
        if not found.allowed:
            path = request.raw_path[:200].decode("latin-1")
            raise HttpError((404,), ValidationError(f"There is nothing at {path}", "path"))
        allowed = {*found.allowed, "OPTIONS"} | ({"HEAD"} if "GET" in found.allowed else set())
        headers: RawHeaders = [(b"allow", ", ".join(sorted(allowed)).encode())]
        if request.method == "OPTIONS":
            return HttpResponse(204, b"", None, headers)
        problem = ValidationError(f"{request.method[:40]} is not allowed here", "method")
        raise HttpError((405,), problem, headers=headers)

    def _meant(self, found: Match) -> Match:
        """Of several templates that a path fits the first whose parameters can be what it says."""
        for one in (found, *found.others):
            _, wrong = self._compiler.compiled(one.operation).path.read(
                list(one.parameters.items())
            )
            if not wrong:
                return one
        return found

    def _operate(self, request: HttpRequest, matched: Match) -> HttpResponse:
        operation = matched.operation
        plan = self._compiler.compiled(operation)
        if self._hooks:
            for hook in self._hooks:
                early = hook.received(operation, request)
                if early is not None:
                    return early
            account = self._authenticated(plan, request)
        else:
            account = plan.authenticate(request)
        accept = request.header(b"accept") or b"*/*"
        cached: tuple[str, str, bytes, bytes, bytes] | None = None
        if plan.cacheable and not self._hooks and len(request.query) < _LONG:
            cached = (operation.id, account.name, request.raw_path, request.query, accept)
            known = self._lists.get(cached)
            if known is not None and known[0] == self._store.version:
                return known[1]
        call = Call(plan, request, account)
        self._negotiate(call, accept)
        self._read_parameters(call, matched)
        if self._rpc is not None and operation.id == self._rpc.operation:
            return self._hooked(call, self._rpc.response(call))
        self._read_body(call)
        prefer = request.header(b"prefer")
        if prefer is not None:
            response = self._preferred(call, prefer)
            if response is not None:
                return response
        if operation.idempotency is not None:
            response = self._idempotency.response(call, self._operations.carry_out)
        else:
            response = self._operations.carry_out(call)
        if self._engine is not None:
            response = self._engine.operated(call, response)
        if cached is not None and prefer is None:
            if len(self._lists) >= _LISTS:
                self._lists.clear()
            self._lists[cached] = (self._store.version, response)
        return self._hooked(call, response)

    def _hooked(self, call: Call, response: HttpResponse) -> HttpResponse:
        for hook in self._hooks:
            response = hook.responded(call, response)
        return response

    def _authenticated(self, plan: CompiledOperation, request: HttpRequest) -> Account:
        http_error: HttpError | None = None
        account: Account | None = None
        try:
            account = plan.authenticate(request)
        except HttpError as error:
            http_error = error
        for hook in self._hooks:
            account = hook.authenticated(plan.operation, request, account)
        if account is None:
            raise http_error or HttpError(
                (401, 403), ValidationError("Credentials are not valid", "security")
            )
        return account

    @staticmethod
    def _negotiate(call: Call, accept: bytes) -> None:
        """Refuse what can only be responded to in media types that the caller does not want."""
        if accept == b"*/*":
            return
        wanted = accept.decode("latin-1")
        call.accept = wanted
        offered: dict[str, None] = {}
        for outcome in call.compiled.outcomes.values():
            contents = outcome.response.contents if outcome.response is not None else ()
            if not contents or acceptable(wanted, contents) is not None:
                return
            offered.update(dict.fromkeys(content.media_type for content in contents))
        if offered:
            detail = f"Only these media types are offered: {', '.join(offered)}"
            raise HttpError((406,), ValidationError(detail, "accept"))

    def _read_parameters(self, call: Call, matched: Match) -> None:
        plan = call.compiled
        request = call.request
        problems: list[ValidationError] = []
        if plan.path:
            call.path, wrong = plan.path.read(list(matched.parameters.items()))
            problems += wrong
        if plan.query:
            try:
                pairs = parse_query(request.query) if request.query else _NO_PAIRS
            except QueryTextError as error:
                problem = ValidationError(f"The query string is malformed: {error}", "query")
                raise HttpError((400, *self._errors.validation), problem) from None
            call.query, wrong = plan.query.read(pairs)
            problems += wrong
        if plan.header:
            pairs = [(k.decode("latin-1"), v.decode("latin-1")) for k, v in request.headers]
            call.headers, wrong = plan.header.read(pairs)
            problems += wrong
        if plan.cookie:
            call.cookies, wrong = plan.cookie.read(cookies(request))
            problems += wrong
        for hook in self._hooks:
            problems = hook.parameter_problems(call, problems)
        if problems:
            raise HttpError(self._invalid(plan, problems), *problems)
        for name, text in matched.parameters.items():
            call.path.setdefault(name, text)

    def _invalid(
        self, plan: CompiledOperation, problems: Sequence[ValidationError]
    ) -> tuple[int, ...]:
        missing = [p for p in problems if p.keyword == "required"]
        if len(missing) == len(problems) and {(p.parameter or "").lower() for p in missing} == {
            "if-match"
        }:
            statuses = {response.status for response in plan.operation.responses}
            return (428,) if "428" in statuses else self._errors.validation
        if all(problem.location == "path" for problem in problems):
            # Nothing can be found under an identifier that cannot exist.
            return (*self._errors.validation, 404)
        return self._errors.validation

    def _read_body(self, call: Call) -> None:
        reader = call.compiled.body
        if reader is None:
            return
        body = reader.read(call.request)
        call.body, problems = body.value, body.problems
        call.media_type, call.files = body.media_type, body.files
        for hook in self._hooks:
            problems = hook.body_problems(call, problems)
        if problems:
            raise HttpError(self._errors.validation, *problems)

    def _preferred(self, call: Call, header: bytes) -> HttpResponse | None:
        wishes = dict(_wishes(header.decode("latin-1")))
        code = wishes.get("code", "")
        example = wishes.get("example")
        if not code and example is None:
            return None
        plan = call.compiled
        if code:
            if not (code.isdecimal() and len(code) == 3 and 200 <= int(code) <= 599):
                raise HttpError(
                    (400, *self._errors.validation), ValidationError("Prefer: bad code", "prefer")
                )
            response = for_status(plan.operation, int(code))
            if response is None:
                problem = ValidationError(f"The status {code} is not documented", "prefer")
                raise HttpError((404,), problem)
            outcome = self._compiler.outcome(plan.operation, int(code), response)
            return self._operations.responses.described(call, outcome=outcome, example=example)
        return self._operations.responses.described(call, example=example)


def _wishes(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for part in text.replace(";", ",").split(","):
        name, _, value = part.strip().partition("=")
        found.append((name.strip().lower(), value.strip().strip('"')))
    return found
