"""The part of a page that gets calls done: how to begin, and each operation with its examples."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from trunkline.ir import (
    Action,
    Api,
    Array,
    Boolean,
    Enumeration,
    Integer,
    Json,
    Operation,
    Provenance,
    Reference,
    Response,
    Rpc,
    RpcEvidence,
    RpcMethod,
    Schema,
    String,
    Union,
)
from trunkline.names import NamePlan
from trunkline.names.describe import meaning
from trunkline.pages.curl import CurlPrinter
from trunkline.pages.examples import ExampleBody, Examples
from trunkline.pages.markdown import anchor, block, code, folded, plain
from trunkline.python import CallPrinter, base_url, base_url_variable, credentials
from trunkline.python.calls import imports
from trunkline.semantics.media import describing
from trunkline.semantics.schemas import types

_LISTED: Final = RpcEvidence.LISTED
_LONG: Final = 40
"""Lines of a response that are shown; a longer one is folded."""
_MOST_VALUES: Final = 12


class OperationPages:
    """The operations of one API as its page shows them."""

    def __init__(self, api: Api, plan: NamePlan) -> None:
        self._api = api
        self._plan = plan
        self._examples = Examples(api)
        self._credentials = credentials(api, plan.package)
        self._python = CallPrinter(api, plan)
        self._curl = CurlPrinter(api, base_url(api), self._credentials)

    # --- how to begin

    def start(self) -> Iterator[str]:
        """Where requests go, the credentials, and one call as a whole program with its answer."""
        package = self._plan.package
        yield "## First call"
        yield ""
        variables = [pair for c in self._credentials for pair in c.sources]
        exports = [f"export {variable}=…" for _, variable in variables]
        # What `trunkline generate` wrote: nothing says that it is on an index.
        yield from block("text", "\n".join([f"pip install ./generated/{package.name}", *exports]))
        yield (
            f"Requests go to `{code(base_url(self._api))}`, unless the argument `base_url` or the "
            f"environment variable `{base_url_variable(package)}` says otherwise."
        )
        yield ""
        for credential in self._credentials:
            told = self._api.security_schemes[credential.scheme].description
            pairs = ", ".join(f"`{argument}` (`{v}`)" for argument, v in credential.sources)
            yield f"- {pairs}: {plain(told or credential.scheme)}"
        yield ""
        yield from self._program()

    def _program(self) -> Iterator[str]:
        package = self._plan.package
        call, answer = self._first()
        if not call:
            return
        # A list is walked through already; what else comes back is shown.
        shown = call if call.startswith("for ") else f"answer = {call}\nprint(answer)"
        inner = shown.replace("\n", "\n        ")
        standard = "".join(f"{line}\n" for line in imports(call))
        yield from block(
            "python",
            f"{standard}{chr(10) if standard else ''}"
            f"from {package.module} import APIError, {package.client}\n\n"
            f"with {package.client}() as client:\n"
            f"    try:\n"
            f"        {inner}\n"
            f"    except APIError as error:  # every failure; its kinds are classes below it\n"
            f"        print(error)",
        )
        if answer is not None:
            yield "The service answers:"
            yield ""
            yield from block("json", _json(answer.value))

    def _first(self) -> tuple[str, ExampleBody | None]:
        """A creation that one credential is enough for, else a list, else whatever there is."""
        enough = {c.scheme for c in self._credentials[:1]}
        ranked = sorted(
            (o for o in self._api.operations if o.id in self._plan.methods),
            key=lambda o: (
                bool(o.security) and not any(set(r) <= enough for r in o.security),
                "{" in o.path,
                {Action.CREATE: 0, Action.LIST: 1}.get(o.action, 2),
            ),
        )
        for operation in ranked:
            return self._python_call(operation), self._answer(operation)
        methods = self._api.rpc.methods if self._api.rpc is not None else ()
        typed = [m for m in methods if m.result is not None and m.evidence is not _LISTED]
        for method in sorted(typed, key=_difficulty):
            result = ExampleBody(media_type="", value=self._examples.result(method))
            return self._python.method(method, self._examples.arguments(method)), result
        return "", None

    def _python_call(self, operation: Operation) -> str:
        body = self._examples.body(operation)
        return self._python.operation(
            operation, self._examples.parameters(operation), body.value if body else None
        )

    def _answer(self, operation: Operation) -> ExampleBody | None:
        success = _success(operation)
        return self._examples.response(success, operation.id) if success is not None else None

    # --- operations

    def operations(self) -> Iterator[str]:
        """Every operation, by tag, then every JSON-RPC method, by resource."""
        carrier = self._api.rpc.operation if self._api.rpc is not None else None
        listed = [o for o in self._api.operations if o.id != carrier]
        told = {tag.name: tag.description for tag in self._api.tags}
        tags = list(dict.fromkeys(o.tags[0] if o.tags else "" for o in listed))
        for tag in tags:
            yield f"## {plain(tag) or 'Operations'}"
            yield ""
            if told.get(tag):
                yield plain(told[tag] or "")
                yield ""
            for operation in listed:
                if (operation.tags[0] if operation.tags else "") == tag:
                    yield from self._operation(operation)
        yield from self._methods()

    def one(self, name: str) -> list[str]:
        """The operation of this id, or the JSON-RPC method of this name; empty without one."""
        for operation in self._api.operations:
            if operation.id == name:
                return list(self._operation(operation))
        rpc = self._api.rpc
        for method in rpc.methods if rpc is not None else ():
            if rpc is not None and method.name == name:
                return list(self._method(rpc, method))
        return []

    def _operation(self, operation: Operation) -> Iterator[str]:
        yield from _heading(operation.id, operation.summary or operation.id)
        yield f"`{operation.method.upper()} {code(operation.path)}` · `{code(operation.id)}`"
        yield ""
        yield from _said(operation.description, deprecated=operation.deprecated)
        body = self._examples.body(operation)
        given = self._examples.parameters(operation)
        call = self._python.operation(operation, given, body.value if body else None)
        if call:
            yield from block("python", _with_imports(call))
        yield from block("sh", self._curl.operation(operation, given, body))
        yield from self._inputs(operation)
        yield "Responses:"
        yield ""
        for response in operation.responses:
            yield from self._response(response)
        yield ""
        yield from self._example_response(operation)
        yield from _sources(
            [("the operation", operation.origin.provenance)]
            + [(f"`{code(p.name)}`", p.origin.provenance) for p in operation.parameters]
            + [(f"status {code(r.status)}", r.origin.provenance) for r in operation.responses]
        )

    def _inputs(self, operation: Operation) -> Iterator[str]:
        for parameter in operation.parameters:
            yield self._item(
                parameter.name,
                parameter.schema,
                f"{parameter.location.value}{', required' if parameter.required else ''}",
                parameter.description or meaning(self._api, parameter.schema),
            )
        if operation.body is not None:
            must = ", required" if operation.body.required else ""
            shown = " or ".join(
                f"{self._type(c.schema)} as `{code(c.media_type)}`"
                if c.schema is not None
                else f"`{code(c.media_type)}`"
                for c in operation.body.contents
            )
            yield f"- **body**{must}: {shown}. {plain(operation.body.description or '')}".rstrip()
        if operation.parameters or operation.body is not None:
            yield ""

    def _item(self, name: str, schema: Schema, what: str, told: str) -> str:
        return f"- `{code(name)}` ({what}; {self._type(schema)}): {plain(told)}".rstrip(": ")

    def _response(self, response: Response) -> Iterator[str]:
        content = describing(response.contents, None)
        shape = content.schema if content is not None else None
        body = f" {self._type(shape)}" if shape is not None else ""
        yield f"- **{code(response.status)}**{body}: {plain(response.description or '')}"

    def _example_response(self, operation: Operation) -> Iterator[str]:
        success, answer = _success(operation), self._answer(operation)
        if success is None or answer is None:
            return
        text = _json(answer.value)
        shown = list(block("json", text))
        if text.count("\n") < _LONG:
            yield f"Response {code(success.status)}:"
            yield ""
            yield from shown
        else:
            yield from folded(f"Response {code(success.status)}", shown)

    def _type(self, schema: Schema) -> str:
        shape = schema.shape
        null = " or null" if schema.nullable else ""
        match shape:
            case Reference(name=name) if name in self._api.components:
                return f"[`{code(name)}`](#{anchor(name)}){null}"
            case Reference(name=name):
                return self._type(self._api.schemas[name]) + null
            case Array(items=items):
                return f"list of {self._type(items)}{null}"
            case Enumeration(values=values):
                listed = ", ".join(f"`{code(v)}`" for v in values[:_MOST_VALUES])
                more = (
                    f" and {len(values) - _MOST_VALUES} more" if len(values) > _MOST_VALUES else ""
                )
                return f"one of {listed}{more}{null}"
            case String(format=str() as form):
                return f"string, {plain(form)}{null}"
            case Union(members=members):
                return " or ".join(dict.fromkeys(self._type(m) for m in members)) + null
            case _:
                found = sorted(types(self._api.schemas, schema) - {"null"})
                return f"{' or '.join(found) or 'any'}{null}"

    # --- JSON-RPC

    def _methods(self) -> Iterator[str]:
        rpc = self._api.rpc
        if rpc is None:
            return
        ordered = sorted(rpc.methods, key=lambda m: m.resource)
        for resource, methods in groupby(ordered, key=lambda m: m.resource):
            yield f"## {plain(' '.join(resource)) or 'Methods'}"
            yield ""
            for method in methods:
                yield from self._method(rpc, method)

    def _method(self, rpc: Rpc, method: RpcMethod) -> Iterator[str]:
        carrier = self._api.operation(rpc.operation)
        yield from _heading(method.name, method.summary or method.name)
        yield f"JSON-RPC · `{code(method.name)}`"
        yield ""
        yield from _said(method.description, deprecated=method.deprecated)
        given = self._examples.arguments(method)
        call = self._python.method(method, given)
        if call:
            yield from block("python", _with_imports(call))
        request: Json = {"jsonrpc": "2.0", "id": 1, "method": method.name, "params": given}
        body = ExampleBody(media_type=rpc.media_type, value=request)
        yield from block("sh", self._curl.request(carrier, carrier.path, [], {}, body))
        for parameter in method.parameters:
            must = "required" if parameter.required else "optional"
            told = parameter.description or meaning(self._api, parameter.schema)
            yield self._item(parameter.name, parameter.schema, must, told)
        if method.result is not None:
            yield f"- **result**: {self._type(method.result)}"
            yield ""
            text = _json({"jsonrpc": "2.0", "id": 1, "result": self._examples.result(method)})
            shown = list(block("json", text))
            yield from shown if text.count("\n") < _LONG else folded("Response", shown)
        else:
            yield "- **result**: not known"
            yield ""
        yield from _sources([("the method", method.origin.provenance)])


def _success(operation: Operation) -> Response | None:
    return next((r for r in operation.responses if r.is_success), None)


def _difficulty(method: RpcMethod) -> tuple[bool, bool]:
    """One that makes something of plain values comes first, then one that takes nothing."""
    needed = [p.schema.shape for p in method.parameters if p.required]
    plain_values = all(isinstance(shape, String | Integer | Boolean) for shape in needed)
    return not (plain_values and len(needed) > 1), method.action is not Action.CREATE


def _heading(name: str, text: str) -> Iterator[str]:
    yield f'<a id="{anchor(name)}"></a>'
    yield ""
    yield f"### {plain(text).removesuffix('.')}"
    yield ""


def _said(text: str | None, *, deprecated: bool) -> Iterator[str]:
    if deprecated:
        yield "**Deprecated.**"
        yield ""
    if text:
        yield plain(text)
        yield ""


def _sources(parts: Iterable[tuple[str, tuple[Provenance, ...]]]) -> Iterator[str]:
    lines = [
        f"- {what}: {'; '.join(dict.fromkeys(map(cited, entries)))}"
        for what, entries in parts
        if entries
    ]
    yield from folded("Where this is from", lines)


def cited(entry: Provenance) -> str:
    """A citation, as code where it names lines of a document."""
    text = str(entry)
    return f"`{text}`" if entry.source is not None else plain(text)


def _json(value: Json) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _with_imports(call: str) -> str:
    """A call that stands alone."""
    standard = imports(call)
    return "\n".join([*standard, "", call] if standard else [call])
