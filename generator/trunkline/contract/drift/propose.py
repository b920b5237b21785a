"""Each violation of a report: the edits that would settle it, or that none is known."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from trunkline import ir
from trunkline.contract.drift.edits import Append, RemoveItem, RemoveKey, SetKey
from trunkline.contract.drift.schema_edits import Placed, SchemaEditor, under
from trunkline.contract.engine import RULES, Family
from trunkline.contract.model import (
    EvidenceStep,
    Finding,
    RunReport,
    has_path,
    pattern_of,
    read_texts,
)
from trunkline.ir import Json
from trunkline.semantics import jsonvalue, media, responses, schemas
from trunkline.semantics.jsonvalue import parsed
from trunkline.source import Document, Node


@dataclass(frozen=True, slots=True)
class Proposal:
    """A violation, and the edits that settle it; none: the description cannot say it."""

    violation: Finding
    edits: tuple[Placed, ...]


def propose(document: Document, api: ir.Api, report: RunReport) -> list[Proposal]:
    """Proposals for every violation, in their order. The same edit may settle several."""
    proposer = _Proposer(document, api, report)
    return [
        Proposal(v, tuple({repr(placed): placed for placed in proposer.edits(v)}.values()))
        for v in (*report.violations, *report.gaps)
    ]


_CLOSED = "additionalProperties"
_LONGEST = 100
"""Characters of a name that anybody would give to a property."""


class _Proposer:
    def __init__(self, document: Document, api: ir.Api, report: RunReport) -> None:
        self._api = api
        self._editor = SchemaEditor(document, api)
        self._operations = {o.id: o for o in api.operations}
        self._refusing = {v.operation for v in report.violations if v.rule == "create-accepted"}
        self._of_rule: Final[dict[str, Callable[[Finding, ir.Operation], Iterator[Placed]]]] = {
            "status-documented": self._status,
            "content-type-documented": self._media_type,
            "headers-documented": self._header,
            "response-schema": self._answers,
            "defaults-applied": self._default,
            "valid-accepted": self._narrower,
            "bounds-accepted": self._narrower,
        }

    def edits(self, violation: Finding) -> Iterator[Placed]:
        operation = self._operations.get(violation.operation)
        if operation is None:
            return
        of_rule = self._of_rule.get(violation.rule)
        if of_rule is not None:
            yield from of_rule(violation, operation)
        elif RULES[violation.rule].family is Family.VALIDATION:
            yield from self._wider(violation, operation)

    # -------------------------------------------------------------- answers

    def _status(self, violation: Finding, operation: ir.Operation) -> Iterator[Placed]:
        node = self._editor.node(operation.origin)
        for step in _steps(violation, operation):
            if (
                node is None
                or not step.status
                or responses.for_status(operation, step.status) is not None
            ):
                continue
            value = self._response(operation, node, step)
            if isinstance(value, dict) and "$ref" not in value and self._cites(node):
                value["x-trunkline-source"] = {"observed": _observed(violation)}
            yield node.file.name, SetKey(under(node, "responses"), str(step.status), value)

    def _response(self, operation: ir.Operation, node: Node, step: EvidenceStep) -> dict[str, Json]:
        """As a neighbour of the same class where the response fits that, else what was seen."""
        value = parsed(step.answer)
        for response in operation.responses:
            raw = node.at(("responses", response.status))
            if raw is None or response.status[:1] != str(step.status)[:1]:
                continue
            schemas = [c.schema for c in response.contents if c.schema is not None]
            fits = any(self._editor.accepts(s, value, "response") for s in schemas)
            if fits and isinstance(raw.value, dict):
                return json.loads(json.dumps(raw.value))  # type: ignore[no-any-return]
        made: dict[str, Json] = {"description": "Seen on the server, not in its documents."}
        if step.media_type and step.answer:
            schema = self._editor.infer(value) if media.is_json(step.media_type) else {}
            made["content"] = {step.media_type: {"schema": schema}}
        return made

    def _media_type(self, violation: Finding, operation: ir.Operation) -> Iterator[Placed]:
        for step in _steps(violation, operation):
            response = responses.for_status(operation, step.status)
            node = self._editor.node(response.origin) if response is not None else None
            if node is None or not step.media_type or "content" not in node:
                continue
            value = parsed(step.answer)
            schema = self._editor.infer(value) if media.is_json(step.media_type) else {}
            yield (
                node.file.name,
                SetKey(under(node, "content"), step.media_type, {"schema": schema}),
            )

    def _header(self, violation: Finding, operation: ir.Operation) -> Iterator[Placed]:
        for step in _steps(violation, operation):
            response = responses.for_status(operation, step.status)
            for header in response.headers if response is not None else ():
                node = self._editor.node(header.origin)
                if header.name == violation.subject and node is not None and "required" in node:
                    yield node.file.name, RemoveKey(node.pointer, "required")

    def _answers(self, violation: Finding, operation: ir.Operation) -> Iterator[Placed]:
        bodies = [parsed(step.body or "") for step in violation.steps]
        sent = {name for body in bodies if isinstance(body, dict) for name in body}
        for step in _steps(violation, operation):
            response = responses.for_status(operation, step.status)
            for content in response.contents if response is not None else ():
                kind = media.essence(content.media_type)
                if kind == step.media_type and content.schema is not None:
                    value = parsed(step.answer)
                    edits = self._editor.edits_for(content.schema, value, "response")
                    yield from _but_echoes(edits, sent)

    def _default(self, violation: Finding, operation: ir.Operation) -> Iterator[Placed]:
        schema = responses.request_schema(operation)
        path = tuple(violation.subject.split("."))
        member = schemas.descend(self._api.schemas, schema, path) if schema is not None else None
        if member is None:
            return
        for step in _steps(violation, operation):
            answer = jsonvalue.get(parsed(step.answer), operation.payload)
            if has_path(answer, path):
                for one in (member, schemas.resolve(self._api.schemas, member)):
                    node = self._editor.node(one.meta.origin)
                    if node is not None and "default" in node:
                        yield (
                            node.file.name,
                            SetKey(node.pointer, "default", jsonvalue.get(answer, path)),
                        )
                return

    # ------------------------------------------------------------- requests

    def _wider(self, violation: Finding, operation: ir.Operation) -> Iterator[Placed]:
        """The server took what the description forbids: the description forbids it no more."""
        schema = responses.request_schema(operation)
        for step in _steps(violation, operation):
            if not 200 <= step.status < 300 or step.method != operation.method.upper():
                continue
            if schema is not None and step.body:
                edits = self._editor.edits_for(schema, parsed(step.body), "request")
                yield from self._of_request(edits)
            sent = dict(parse_qsl(urlsplit(step.url).query, keep_blank_values=True))
            for parameter in operation.parameters:
                if parameter.location is ir.ParameterLocation.QUERY and parameter.name in sent:
                    values = read_texts(sent[parameter.name])
                    if not any(
                        self._editor.accepts(parameter.schema, v, "request") for v in values
                    ):
                        typed = values[1] if len(values) > 2 else values[0]
                        edits = self._editor.edits_for(parameter.schema, typed, "request")
                        yield from self._of_request(edits)

    @staticmethod
    def _of_request(edits: Iterator[Placed]) -> Iterator[Placed]:
        """Edits that a request of the suite's own speaks for: names and values that it made up are
        no news of the service. That they were taken says only that the rule does not hold."""
        for file, edit in edits:
            if isinstance(edit, Append) and edit.pointer.endswith("/enum"):
                continue
            if isinstance(edit, SetKey) and edit.pointer.endswith("/properties"):
                yield file, RemoveKey(edit.pointer.removesuffix("/properties"), _CLOSED)
                continue
            told = edit.value if isinstance(edit, SetKey | Append) else None
            of_type = isinstance(edit, Append) and edit.pointer.endswith("/type")
            of_type = of_type or (isinstance(edit, SetKey) and edit.key in {"type", "anyOf"})
            if of_type and "null" not in (told if isinstance(told, list) else [told]):
                continue
            yield file, edit

    def _narrower(self, violation: Finding, operation: ir.Operation) -> Iterator[Placed]:
        """The server refuses a documented value of a member: one of a list, or null.

        Where it refuses valid bodies anyway, it is not the value.
        """
        if operation.id in self._refusing:
            return
        schema = responses.request_schema(operation)
        path = tuple(violation.subject.split("."))
        member = schemas.descend(self._api.schemas, schema, path) if schema is not None else None
        if member is None:
            return
        for step in _steps(violation, operation):
            body = parsed(step.body or "")
            if not 400 <= step.status < 500 or not has_path(body, path):
                continue
            value = jsonvalue.get(body, path)
            node = self._editor.node(schemas.resolve(self._api.schemas, member).meta.origin)
            if node is None:
                continue
            if value is None and "nullable" in node:
                yield node.file.name, RemoveKey(node.pointer, "nullable")
            elif value is None and isinstance(node.value, dict):
                if isinstance(node.value.get("type"), list):
                    yield node.file.name, RemoveItem(under(node, "type"), "null")
            elif "enum" in node:
                yield node.file.name, RemoveItem(under(node, "enum"), value)

    @staticmethod
    def _cites(node: Node) -> bool:
        root = node.root(node.file)
        return "x-trunkline-sources" in root


def _but_echoes(edits: Iterator[Placed], sent: Container[str]) -> Iterator[Placed]:
    """A property that the suite made up and the server shows again is none of the service's."""
    for file, edit in edits:
        if isinstance(edit, SetKey) and edit.pointer.endswith("/properties"):
            if edit.key in sent:
                yield file, RemoveKey(edit.pointer.removesuffix("/properties"), _CLOSED)
                continue
            if len(edit.key) > _LONGEST:
                continue
        yield file, edit


def _steps(violation: Finding, operation: ir.Operation) -> Iterator[EvidenceStep]:
    """The exchanges that are the operation's own: others only lead there."""
    pattern = pattern_of(operation.path).pattern
    for step in violation.steps:
        own = re.search(f"{pattern}$", urlsplit(step.url).path) is not None
        if not step.method or (own and step.method == operation.method.upper()):
            yield step


def _observed(violation: Finding) -> str:
    text = " ".join(violation.message.split())
    return text if len(text) < 200 else f"{text[:200]}…"
