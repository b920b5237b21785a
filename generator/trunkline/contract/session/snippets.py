"""Requests written as calls of the generated client: the second half of a reproduction."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from trunkline import ir
from trunkline.contract.model import GivenCredentials, Request, pattern_of, variables
from trunkline.ir import Json
from trunkline.names import BodyMode, NamePlan, Surface
from trunkline.names.operations import resource_path
from trunkline.python import credentials as client_credentials
from trunkline.semantics import credentials, schemas
from trunkline.semantics.media import essence
from trunkline.text import literal

_DEEPEST = 80
"""Brackets within brackets that Python's parser takes, with some to spare (it stops at 200)."""
_LONGEST = 20_000
"""Bytes of a body above which nobody reads, or pastes, the call."""


class NotExpressible(Exception):  # noqa: N818  # no error: most malformed requests are
    """The client has no way to send this request."""


@dataclass(frozen=True, slots=True)
class CallParts:
    """What a call is put together from."""

    who: str
    positional: list[str]
    keywords: dict[str, str]
    options: dict[str, dict[str, object]]

    def text(self, method: str) -> str:
        """The call of `method`, as Python."""
        parts = [*self.positional, *(f"{name}={value}" for name, value in self.keywords.items())]
        given = {name: value for name, value in self.options.items() if value}
        if given:
            parts.append(f"options={literal(given)}")
        return f"{self.who}.{method}({', '.join(parts)})"


def parse(raw: bytes) -> Any:
    """The JSON in `raw`; `ValueError` where printing it again would give something else."""

    def once(pairs: Iterable[tuple[str, Json]]) -> dict[str, Json]:
        listed = list(pairs)
        made = dict(listed)
        if len(made) != len(listed):
            raise NotExpressible
        return made

    def refuse(_word: str) -> Json:
        raise NotExpressible

    value = json.loads(raw.decode("utf-8"), object_pairs_hook=once, parse_constant=refuse)
    json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    if _depth(value) > _DEEPEST or len(raw) > _LONGEST:
        raise NotExpressible
    return value


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value
    return 1 + max(map(_depth, inner), default=0) if isinstance(value, dict | list) else 0


_OWN = frozenset({"accept", "content-type", "content-length", "connection", "host", "user-agent"})
"""Headers that the client writes itself, or that carry no meaning."""
_OWN_PREFIXES = ("accept-", "x-schemathesis-")


class Snippets:
    """Writes requests as calls of the client that is generated from the same description."""

    def __init__(self, api: ir.Api, plan: NamePlan, base_url: str, given: GivenCredentials) -> None:
        self._api = api
        self._plan = plan
        self._base = base_url.rstrip("/")
        self._given = given
        self._scheme = credentials.primary_scheme(api)
        self._operations = {o.id: o for o in api.operations}
        self._patterns = {o.id: pattern_of(o.path) for o in api.operations}

    @property
    def setup(self) -> tuple[str, ...]:
        """The lines that make `client` and `other_client`; credentials from the environment."""
        package = self._plan.package
        lines = ["import os", f"from {package.module} import {package.client}"]
        for name, variable, token in (
            ("client", "TOKEN", self._given.token),
            ("other_client", "OTHER_TOKEN", self._given.other_token),
        ):
            if name == "client" or token is not None:
                arguments = [*self._credentials(variable, token), f"base_url={literal(self._base)}"]
                headers = [
                    f"{literal(header)}: os.environ[{literal(_variable(header))}]"
                    if len(value) > 5
                    else f"{literal(header)}: {literal(value)}"
                    for header, value in self._given.headers.items()
                ]
                if headers:
                    arguments.append(f"headers={{{', '.join(headers)}}}")
                lines.append(f"{name} = {package.client}({', '.join(arguments)})")
        return tuple(lines)

    def _credentials(self, variable: str, token: str | None) -> list[str]:
        if token is None or self._scheme is None:
            return []
        for found in client_credentials(self._api, self._plan.package):
            if found.scheme != self._scheme.name:
                continue
            if found.arguments == ("username", "password"):
                parts = f'os.environ["{variable}"].partition(":")'
                return [f"username={parts}[0]", f"password={parts}[2]"]
            if len(found.arguments) == 1 or found.token is not None:
                return [f'{found.sources[-1][0]}=os.environ["{variable}"]']
        return []

    def __call__(self, request: Request) -> str:
        """The call, secrets still in it; empty where the client cannot send such a request."""
        operation = self._operations.get(request.operation or "")
        if operation is None or request.method != operation.method.upper():
            return ""
        try:
            if self._api.rpc is not None and operation.id == self._api.rpc.operation:
                return self._rpc(request, operation)
            return self._http(request, operation)
        except (NotExpressible, ValueError, RecursionError):
            return ""

    def _http(self, request: Request, operation: ir.Operation) -> str:
        method = self._plan.methods.get(operation.id)
        surface = self._plan.surfaces.get(operation.id)
        if method is None or surface is None or surface.fixed:
            raise NotExpressible
        parts = CallParts("client", [], {}, {"headers": {}, "query": {}, "body": {}})
        given = self._path(request, operation)
        for name in variables(operation.path):
            if given.get(name, "") in {"", ".", ".."}:
                raise NotExpressible
            parts.positional.append(literal(given[name]))
        self._body(request, surface, method.arguments, parts)
        query = urlsplit(request.url).query
        who = self._headers(request, operation, method.arguments, parts)
        self._query(query, operation, method.arguments, parts)
        if not _required(surface, method.arguments) <= parts.keywords.keys():
            raise NotExpressible
        at = self._attributes(resource_path(operation.resource))
        return CallParts(f"{who}.{at}", parts.positional, parts.keywords, parts.options).text(
            method.name
        )

    def _attributes(self, path: tuple[str, ...]) -> str:
        return ".".join(self._plan.resources[path[: n + 1]].attribute for n in range(len(path)))

    def _path(self, request: Request, operation: ir.Operation) -> dict[str, str]:
        url = request.url.partition("?")[0]
        if not url.startswith(self._base):
            raise NotExpressible
        match = self._patterns[operation.id].fullmatch(url[len(self._base) :])
        if match is None:
            raise NotExpressible
        values = [unquote(value, errors="strict") for value in match.groups()]
        return dict(zip(variables(operation.path), values, strict=True))

    def _body(
        self,
        request: Request,
        surface: Surface,
        arguments: Mapping[tuple[str, str], str],
        parts: CallParts,
    ) -> None:
        if not request.body:
            if surface.body is not None and surface.body.required:
                raise NotExpressible
            return
        media_type = essence(_header(request, "content-type"))
        if surface.body is None or "json" not in media_type:
            raise NotExpressible
        if essence(surface.body.content.media_type) != media_type:
            raise NotExpressible
        value = parse(request.body)
        if surface.body.mode is BodyMode.WHOLE:
            parts.keywords[arguments["body", ""]] = literal(value)
            return
        if not isinstance(value, dict) or (not value and not surface.body.required):
            raise NotExpressible
        for name, member in value.items():
            argument = arguments.get(("body", name))
            if argument is not None:
                parts.keywords[argument] = literal(member)
            else:
                parts.options["body"][name] = member

    def _headers(
        self,
        request: Request,
        operation: ir.Operation,
        arguments: Mapping[tuple[str, str], str],
        parts: CallParts,
    ) -> str:
        """Puts the headers into `words`; returns which client sends it."""
        sent = {name.lower(): (name, value) for name, value in request.headers.items()}
        accept = sent.get("accept", ("", ""))[1].lower()
        if accept and not ("json" in accept or accept == "*/*"):
            raise NotExpressible
        who = self._who(request, operation, sent, parts)
        standing = {name.lower(): value for name, value in self._given.headers.items()}
        for name, (spelt, value) in sent.items():
            if name in _OWN or name.startswith(_OWN_PREFIXES) or standing.get(name) == value:
                continue
            if name == "cookie":
                raise NotExpressible
            argument = next(
                (
                    a
                    for (where, n), a in arguments.items()
                    if where == "header" and n.lower() == name
                ),
                None,
            )
            if argument is not None:
                parts.keywords[argument] = literal(value)
            else:
                parts.options["headers"][spelt] = value
        return who

    def _who(
        self,
        request: Request,
        operation: ir.Operation,
        sent: dict[str, tuple[str, str]],
        parts: CallParts,
    ) -> str:
        scheme = self._scheme
        if scheme is None or not credentials.accepts(operation.security, scheme):
            if credentials.is_required(operation.security):
                raise NotExpressible
            return "client"
        pairs = parse_qsl(urlsplit(request.url).query, keep_blank_values=True)
        for who, token in (
            ("client", self._given.token),
            ("other_client", self._given.other_token),
        ):
            if token is None:
                continue
            credential = credentials.apply_credential(scheme, token)
            if credential.cookies:
                raise NotExpressible
            headers = {name.lower(): value for name, value in credential.headers.items()}
            if all(sent.get(n, ("", ""))[1] == v for n, v in headers.items()) and all(
                pair in pairs for pair in credential.query
            ):
                for name in headers:
                    del sent[name]
                return who
        if self._given.token is None:
            return "client"
        expected = credentials.apply_credential(scheme, self._given.token)
        if expected.query:
            raise NotExpressible
        for name in expected.headers:
            if name.lower() not in sent:
                parts.options["headers"][name] = None
        return "client"

    def _query(
        self,
        query: str,
        operation: ir.Operation,
        arguments: Mapping[tuple[str, str], str],
        parts: CallParts,
    ) -> None:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict")
        if self._scheme is not None and self._given.token is not None:
            for token in (self._given.token, self._given.other_token):
                credential = credentials.apply_credential(self._scheme, token or "")
                pairs = [pair for pair in pairs if pair not in credential.query]
        known = {p.name: p for p in operation.parameters if p.location.value == "query"}
        grouped: dict[str, list[str]] = {}
        for name, value in pairs:
            grouped.setdefault(name, []).append(value)
        for name, values in grouped.items():
            argument = arguments.get(("query", name))
            if argument is None or len(values) > 1:
                parts.options["query"][name] = values[0] if len(values) == 1 else values
            else:
                parts.keywords[argument] = literal(self._typed(known[name].schema, values[0]))

    def _typed(self, schema: ir.Schema, text: str) -> Json:
        """`text` as the type its parameter has, where that prints as the same text again."""
        shape = schemas.resolve(self._api.schemas, schema).shape
        if isinstance(shape, ir.Integer) and re.fullmatch("0|-?[1-9][0-9]{0,17}", text):
            return int(text)
        if isinstance(shape, ir.Boolean) and text in {"true", "false"}:
            return text == "true"
        return text

    def _rpc(self, request: Request, operation: ir.Operation) -> str:
        rpc = self._api.rpc
        if rpc is None or request.body is None:
            raise NotExpressible
        message = parse(request.body)
        if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            raise NotExpressible
        name, params = message.get("method"), message.get("params", [])
        found = next((m for m in rpc.methods if m.name == name), None)
        if found is None or not isinstance(params, list) or len(params) > len(found.parameters):
            raise NotExpressible
        if len(params) < sum(p.required for p in found.parameters):
            raise NotExpressible
        method = self._plan.rpc[found.name]
        parts = CallParts("client", [literal(p) for p in params], {}, {"headers": {}})
        who = self._headers(request, operation, {}, parts)
        at = self._attributes(resource_path(found.resource))
        return CallParts(f"{who}.{at}", parts.positional, {}, parts.options).text(method.name)


def _required(surface: Surface, arguments: Mapping[tuple[str, str], str]) -> set[str]:
    """Keywords that the method cannot be called without."""
    names = {
        arguments[p.location.value, p.name]
        for p in surface.operation.parameters
        if p.required and p.location is not ir.ParameterLocation.PATH
    }
    body = surface.body
    if body is not None and body.required and body.mode is BodyMode.WHOLE:
        names.add(arguments["body", ""])
    elif body is not None and body.required:
        names |= {arguments["body", p.name] for p in body.properties if p.required}
    return names


def _header(request: Request, wanted: str) -> str:
    return next((v for name, v in request.headers.items() if name.lower() == wanted), "")


def _variable(header: str) -> str:
    return header.upper().replace("-", "_")
