"""A server that refuses what its description allows: what the description would have to forbid.

A refusal alone has as many causes as the request has values. What settles it is a request that was
accepted and differs in one place; without that, there are only alternatives.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from trunkline import ir
from trunkline.contract.drift.edits import RemoveItem, RemoveKey, SetKey
from trunkline.contract.drift.evidence import Evidence, named_in
from trunkline.contract.drift.proposal import Alternative, Proposal
from trunkline.contract.drift.schema_edits import Placed, SchemaEditor, under
from trunkline.contract.model import EvidenceStep, Finding
from trunkline.ir import ABSENT, Json
from trunkline.semantics import jsonvalue, responses, schemas
from trunkline.semantics.jsonvalue import Path, parsed

_UNCLEAR: Final = "which of the values is refused cannot be told from this"
_BOTH_WAYS: Final = (
    "it was put into the description because responses show it, and the same schema describes "
    "requests: give requests a schema of their own"
)


class Narrowing:
    """Proposals for refusals of what is allowed."""

    def __init__(self, api: ir.Api, editor: SchemaEditor, evidence: Evidence) -> None:
        self._api = api
        self._editor = editor
        self._evidence = evidence

    def of(self, violation: Finding, operation: ir.Operation) -> Proposal:
        """The proposal for a valid request that was refused."""
        schema = responses.request_schema(operation)
        steps = [*self._evidence.steps(violation, operation)]
        refused = [step for step in steps if 400 <= step.status < 500]
        accepted = [step for step in steps if 200 <= step.status < 300]
        if not refused:
            return Proposal(violation, reason=_UNCLEAR)
        if schema is None:
            limits = tuple(self._parameters(refused[-1], operation))
            return Proposal(violation, (), _UNCLEAR, limits)
        body = parsed(refused[-1].body or "")
        paths = [p for step in accepted for p in [_only_difference(parsed(step.body or ""), body)]]
        path = paths[-1] if paths else None
        if path is None:
            guesses = tuple(self._guesses(refused[-1], schema, body))
            return Proposal(violation, (), _UNCLEAR, guesses)
        taken = jsonvalue.find(parsed(accepted[-1].body or ""), path)
        return self._at(violation, schema, path, taken, jsonvalue.find(body, path))

    def _at(
        self,
        violation: Finding,
        schema: ir.Schema,
        path: Path,
        taken: Json | ir.Absent,
        refused: Json | ir.Absent,
    ) -> Proposal:
        """Where two requests differ at `path` alone, and one was refused."""
        known = self._api.schemas
        if refused is ABSENT or isinstance(refused, ir.Absent):
            holder = schemas.descend(known, schema, path[:-1]) if path[:-1] else schema
            edits = tuple(self._editor.demanding(holder, path[-1])) if holder is not None else ()
            return Proposal(violation, edits, "" if edits else _UNCLEAR)
        member = schemas.descend(known, schema, path)
        if member is None:
            return Proposal(violation, reason=_UNCLEAR)
        edits = tuple(self._without(member, refused))
        if edits and _is_observed(member):
            return Proposal(violation, reason=_BOTH_WAYS)
        if edits:
            return Proposal(violation, edits)
        limits = tuple(self._limits(member, taken, refused))
        if len(limits) == 1 and limits[0].certain:
            return Proposal(violation, limits[0].edits)
        name = ".".join(path)
        return Proposal(violation, (), f"where the limit of {name} lies was not seen", limits)

    def _without(self, member: ir.Schema, value: Json) -> Iterator[Placed]:
        """Without a value that is documented: one of a list, or null."""
        node = self._editor.node(schemas.resolve(self._api.schemas, member).meta.origin)
        if node is None:
            return
        if value is None and "nullable" in node:
            yield node.file.name, RemoveKey(node.pointer, "nullable")
        elif value is None and isinstance(node.value, dict):
            if isinstance(node.value.get("type"), list):
                yield node.file.name, RemoveItem(under(node, "type"), "null")
        elif "enum" in node:
            yield node.file.name, RemoveItem(under(node, "enum"), value)

    def _limits(
        self, member: ir.Schema, taken: Json | ir.Absent, refused: Json
    ) -> Iterator[Alternative]:
        """The tightest limit that what was accepted still fits."""
        resolved = schemas.resolve(self._api.schemas, member)
        node = self._editor.node(resolved.meta.origin)
        if node is None or isinstance(taken, ir.Absent):
            return
        keys = ("minimum", "maximum")
        low, high = taken, refused
        if isinstance(taken, str) and isinstance(refused, str):
            low, high, keys = len(taken), len(refused), ("minLength", "maxLength")
        if isinstance(low, bool) or isinstance(high, bool):
            return
        if isinstance(low, int | float) and isinstance(high, int | float) and low != high:
            key = keys[1] if low < high else keys[0]
            edit = SetKey(node.pointer, key, low)
            told = f"{low} was accepted and {high} refused: if the limit is no other than {low}"
            certain = isinstance(low, int) and isinstance(high, int) and abs(low - high) == 1
            yield Alternative(told, ((node.file.name, edit),), certain)

    def _parameters(self, step: EvidenceStep, operation: ir.Operation) -> Iterator[Alternative]:
        """Tighter bounds of each number in the query that has bounds: any of them may be meant."""
        sent = dict(parse_qsl(urlsplit(step.url).query))
        for parameter in operation.parameters:
            node = self._editor.node(parameter.schema.meta.origin)
            text = sent.get(parameter.name, "")
            if parameter.location is not ir.ParameterLocation.QUERY or node is None:
                continue
            if isinstance(parameter.schema.shape, ir.Integer) and text.isascii() and text.isdigit():
                for key, bound in (("maximum", int(text) - 1), ("minimum", int(text) + 1)):
                    if key in node:
                        told = f"if {key} of {parameter.name} is tighter: {text} was refused"
                        edit = SetKey(node.pointer, key, bound)
                        yield Alternative(told, ((node.file.name, edit),))

    def _guesses(self, step: EvidenceStep, schema: ir.Schema, body: Json) -> Iterator[Alternative]:
        """What the refusal itself names."""
        members = schemas.members(self._api.schemas, schema)
        for name in named_in(step.answer, set(members)):
            absent = isinstance(body, dict) and name not in body
            if absent:
                edits = tuple(self._editor.demanding(schema, name))
                yield Alternative(f"if the server demands {name}, which its refusal names", edits)
            elif isinstance(body, dict):
                value = body[name]
                edits = tuple(self._without(members[name].schema, value))
                if edits:
                    told = f"if the server refuses this value of {name}, which its refusal names"
                    yield Alternative(told, edits)


def _is_observed(member: ir.Schema) -> bool:
    """Whether the description says of a schema that a server was seen to do so."""
    return any(p.kind is ir.ProvenanceKind.OBSERVED for p in member.meta.origin.provenance)


def _only_difference(one: Json, other: Json) -> Path | None:
    """The one place where two bodies differ; None where there are several, or none."""
    found = [*_differences(one, other, ())]
    return found[0] if len(found) == 1 else None


def _differences(one: Json, other: Json, path: Path) -> Iterator[Path]:
    if not isinstance(one, dict) or not isinstance(other, dict):
        if one != other or type(one) is not type(other):
            yield path
        return
    for name in {**one, **other}:
        if name not in one or name not in other:
            yield (*path, name)
        else:
            yield from _differences(one[name], other[name], (*path, name))
