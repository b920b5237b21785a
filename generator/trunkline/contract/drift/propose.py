"""Each violation of a report: the edits that would settle it, or why none is made."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from trunkline import ir
from trunkline.contract.drift.edits import RemoveKey, SetKey
from trunkline.contract.drift.evidence import Evidence
from trunkline.contract.drift.narrowing import Narrowing
from trunkline.contract.drift.proposal import Alternative, Proposal
from trunkline.contract.drift.schema_edits import (
    Change,
    Placed,
    SchemaEditor,
    Way,
    plain,
    under,
)
from trunkline.contract.engine import RULES, Family
from trunkline.contract.model import EvidenceStep, Finding, RunReport, has_path, read_texts
from trunkline.ir import Json
from trunkline.semantics import jsonvalue, media, responses, schemas
from trunkline.semantics.jsonvalue import parsed
from trunkline.source import Document, Node


def propose(document: Document, api: ir.Api, report: RunReport) -> list[Proposal]:
    """Proposals for every violation, in their order. The same edit may settle several."""
    proposer = _Proposer(document, api, report)
    found = [proposer.of(violation) for violation in (*report.violations, *report.gaps)]
    made = {repr(placed) for proposal in found for placed in proposal.edits}
    narrowed = {
        p.violation.operation: p for p in found if p.edits and p.violation.rule in _NARROWED
    }
    told = [_with_the_others(proposal, made, narrowed) for proposal in found]
    reshaped = [p for p in found if any(map(_is_reshaping, p.edits))]
    return [proposer.after(proposal, reshaped) for proposal in told]


def _is_reshaping(placed: Placed) -> bool:
    edit = placed[1]
    return isinstance(edit, SetKey) and edit.key in {"schema", "items"}


def _with_the_others(
    proposal: Proposal, made: set[str], narrowed: Mapping[str, Proposal]
) -> Proposal:
    """What is to choose from, chosen where others ask for the same; and what may go with them."""
    violation = proposal.violation
    for one in proposal.alternatives:
        if one.edits and all(repr(placed) in made for placed in one.edits):
            return Proposal(violation, one.edits)
    other = narrowed.get(violation.operation)
    refused = any(400 <= step.status < 500 for step in violation.steps)
    if other is not None and refused and not proposal.edits and not proposal.alternatives:
        reason = f"it may be refused for the same as {other.violation.id}: test again after that"
        return dataclasses.replace(proposal, reason=reason)
    return proposal


_NARROWED: Final = frozenset({"valid-accepted", "bounds-accepted", "create-accepted"})
"""Rules that say: what the description allows has to be accepted."""
_MADE_UP: Final = "what was taken is a value that the suite made up: nobody saw the service use it"
_UNANCHORED: Final = "the pattern is looked for anywhere in the text: it is not anchored there"
_CARELESS: Final = "the server checks nothing of this request, which is more likely a fault"
_UNSAYABLE: Final = "no edit of a description says it: the server is wrong, or a check is"


@dataclass(slots=True)
class _Found:
    """What comes up on the way to the edits of one violation."""

    edits: list[Placed] = field(default_factory=list[Placed])
    reasons: list[str] = field(default_factory=list[str])
    alternatives: list[Alternative] = field(default_factory=list[Alternative])


class _Proposer:
    def __init__(self, document: Document, api: ir.Api, report: RunReport) -> None:
        self._api = api
        self._editor = SchemaEditor(document, api)
        self._evidence = Evidence(api, report)
        self._operations = {o.id: o for o in api.operations}
        narrowing = Narrowing(api, self._editor, self._evidence)
        self._of_rule: Final[dict[str, Callable[[Finding, ir.Operation, _Found], None]]] = {
            "status-documented": self._status,
            "content-type-documented": self._media_type,
            "headers-documented": self._header,
            "location-leads": self._header,
            "response-schema": self._answers,
            "defaults-applied": self._default,
        }
        self._narrowing = narrowing

    def of(self, violation: Finding) -> Proposal:
        operation = self._operations.get(violation.operation)
        fault = self._evidence.fault(violation)
        found = _Found()
        if fault or operation is None:
            return Proposal(violation, reason=fault or _UNSAYABLE)
        of_rule = self._of_rule.get(violation.rule)
        if of_rule is not None:
            of_rule(violation, operation, found)
        elif violation.rule in _NARROWED:
            return self._narrowing.of(violation, operation)
        elif RULES[violation.rule].family is Family.VALIDATION:
            self._wider(violation, operation, found)
        edits = tuple({repr(placed): placed for placed in found.edits}.values())
        reason = "" if edits else next(iter(found.reasons), _UNSAYABLE)
        return Proposal(violation, edits, reason, () if edits else tuple(found.alternatives))

    def after(self, proposal: Proposal, reshaped: Sequence[Proposal]) -> Proposal:
        """What was looked for in responses that have another shape is to be looked for again."""
        violation = proposal.violation
        if proposal.edits or any(step.status >= 400 for step in violation.steps):
            return proposal
        for other in reshaped:
            operation = self._operations[other.violation.operation]
            if any(self._evidence.is_of(step, operation) for step in violation.steps):
                reason = f"the response is as {other.violation.id} says: test again after that"
                return dataclasses.replace(proposal, reason=reason)
        return proposal

    # -------------------------------------------------------------- answers

    def _status(self, violation: Finding, operation: ir.Operation, found: _Found) -> None:
        node = self._editor.node(operation.origin)
        for step in self._evidence.steps(violation, operation):
            if node is None or responses.for_status(operation, step.status) is not None:
                continue
            if self._evidence.is_doubtful(operation, step.status):
                found.reasons.append("it succeeds where it should not")
                continue
            value = self._response(operation, node, step)
            edit = SetKey(under(node, "responses"), str(step.status), value)
            found.edits.append((node.file.name, edit))

    def _response(self, operation: ir.Operation, node: Node, step: EvidenceStep) -> dict[str, Json]:
        """As a neighbour of the same class where the response fits that, else what was seen."""
        value = parsed(step.answer)
        for response in operation.responses:
            raw = node.at(("responses", response.status))
            if raw is None or response.status[:1] != str(step.status)[:1]:
                continue
            described = [c.schema for c in response.contents if c.schema is not None]
            fits = any(self._editor.accepts(s, value, "response") for s in described)
            if fits and isinstance(raw.value, dict):
                copied = plain(raw.value)
                assert isinstance(copied, dict)
                return copied
        made: dict[str, Json] = {"description": "Seen on the server, not in its documents."}
        if step.media_type and step.answer:
            schema = self._content(operation, step) if media.is_json(step.media_type) else {}
            made["content"] = {step.media_type: {"schema": schema}}
        return made

    def _content(self, operation: ir.Operation, step: EvidenceStep) -> Json:
        """The schema of a response: one that is described and fits, else what the value says."""
        value = parsed(step.answer)
        around = [o for o in self._api.operations if o.path == operation.path]
        # What the description says of the same place comes before what it says of others.
        ordered = [operation, *around, *(o for o in self._api.operations if o not in around)]
        near = [s for o in ordered for s in _schemas(o, step.status)]
        own = [s for s in _schemas(operation, step.status) if self._fits_tellingly(s, value)]
        return self._editor.written(own[0]) if own else self._editor.infer(value, tuple(near))

    def _fits_tellingly(self, schema: ir.Schema, value: Json) -> bool:
        return self._editor.accepts(schema, value, "response") and not schemas.says_nothing(schema)

    def _media_type(self, violation: Finding, operation: ir.Operation, found: _Found) -> None:
        for step in self._evidence.steps(violation, operation):
            response = responses.for_status(operation, step.status)
            node = self._editor.node(response.origin) if response is not None else None
            if node is None or "content" not in node:
                continue
            if not step.media_type:
                found.reasons.append("the server does not say what its response is")
                continue
            schema = self._content(operation, step) if media.is_json(step.media_type) else {}
            edit = SetKey(under(node, "content"), step.media_type, {"schema": schema})
            found.edits.append((node.file.name, edit))

    def _header(self, violation: Finding, operation: ir.Operation, found: _Found) -> None:
        for step in self._evidence.steps(violation, operation):
            response = responses.for_status(operation, step.status)
            for header in response.headers if response is not None else ():
                node = self._editor.node(header.origin)
                if header.name != (violation.subject or "Location") or node is None:
                    continue
                shown = dict(step.shown).get(header.name.lower())
                if shown is None and "required" in node:
                    found.edits.append((node.file.name, RemoveKey(node.pointer, "required")))
                elif shown is not None and violation.rule == "headers-documented":
                    readings = [v for v in read_texts(shown) if not isinstance(v, list)]
                    typed = readings[1] if len(readings) > 1 else readings[0]
                    for change in self._editor.changes(header.schema, typed, "response"):
                        found.edits += change.edits

    def _answers(self, violation: Finding, operation: ir.Operation, found: _Found) -> None:
        for step in self._evidence.steps(violation, operation):
            response = responses.for_status(operation, step.status)
            for content in response.contents if response is not None else ():
                if media.essence(content.media_type) != step.media_type or content.schema is None:
                    continue
                value = parsed(step.answer)
                changes = [*self._editor.changes(content.schema, value, "response")]
                if step.status < 300 and self._editor.is_another(content.schema, value):
                    self._another(content, value, found)
                    continue
                for change in _about(changes, f"{step.status} ", violation.subject):
                    if not change.path and change.way is Way.TYPE:
                        found.edits += self._other_shape(content, value) or change.edits
                    else:
                        self._answer(step, change, found)

    def _another(self, content: ir.Content, value: Json, found: _Found) -> None:
        """Something else than what is described: that in an envelope, or out of one. What shares
        the schema is not touched."""
        node = self._editor.node(content.origin)
        if node is None or content.schema is None or "schema" not in node:
            return
        made = self._editor.infer(value, (content.schema,))
        edit = (node.file.name, SetKey(node.pointer, "schema", made))
        if "'$ref'" in str(made):
            found.edits.append(edit)
        else:
            found.reasons.append("the response has nothing of what is described")
            found.alternatives.append(Alternative("if the server means it so", (edit,)))

    def _other_shape(self, content: ir.Content, value: Json) -> list[Placed]:
        """A list where an object with a list in it is described, or the other way round."""
        assert content.schema is not None
        node = self._editor.node(content.origin)
        if node is None or "schema" not in node or not isinstance(value, dict | list):
            return []
        made = self._editor.infer(value, (content.schema,))
        members = schemas.members(self._api.schemas, content.schema)
        items = [schemas.items(self._api.schemas, m.schema) for m in members.values()]
        listed = [item for item in items if item is not None]
        if isinstance(value, list) and len(listed) == 1:
            fits = all(self._editor.accepts(listed[0], one, "response") for one in value)
            if fits:
                made = {"type": "array", "items": self._editor.written(listed[0])}
        return [(node.file.name, SetKey(node.pointer, "schema", made))]

    def _answer(self, step: EvidenceStep, change: Change, found: _Found) -> None:
        """One way in which a response breaks its schema."""
        evidence = self._evidence
        own = evidence.was_sent(change.path, change.value)
        match change.way:
            case Way.UNKNOWN:
                # What the suite made up and the server repeats is none of the service's.
                repeated = evidence.made_up(change.path[-1])
                if repeated and evidence.careless_anywhere:
                    found.reasons.append(_CARELESS)
                else:
                    found.edits += change.opening if repeated else change.edits
                return
            case Way.LISTED | Way.TYPE | Way.NULL | Way.BOUND if evidence.forged(
                change.path, change.value
            ):
                found.reasons.append("callers can set what belongs to the server")
                return
            case Way.LISTED | Way.TYPE if own:
                found.reasons.append(_MADE_UP)
                return
            case Way.NULL | Way.BOUND | Way.MISSING if own and evidence.careless_anywhere:
                found.reasons.append(_CARELESS)
                return
            case Way.NULL | Way.BOUND | Way.TYPE if evidence.lost(step, change.path, change.value):
                name = ".".join(change.path)
                reason = f"{name} is shown otherwise than it was sent: a write may be lost"
            case Way.MISSING if evidence.unshown(change.path):
                name = ".".join(change.path)
                reason = f"{name} was sent and is shown nowhere: a write may be lost"
            case _:
                found.edits += change.edits
                return
        found.reasons.append(reason)
        found.alternatives.append(Alternative("if the server means it so", change.edits))

    def _default(self, violation: Finding, operation: ir.Operation, found: _Found) -> None:
        schema = responses.request_schema(operation)
        path = tuple(violation.subject.split("."))
        member = schemas.descend(self._api.schemas, schema, path) if schema is not None else None
        if member is None:
            return
        for step in self._evidence.steps(violation, operation):
            answer = jsonvalue.get(parsed(step.answer), operation.payload)
            if not has_path(answer, path):
                continue
            value = jsonvalue.get(answer, path)
            if not self._editor.accepts(member, value, "request"):
                found.reasons.append("the server fills in a value that the description forbids")
                continue
            for one in (member, schemas.resolve(self._api.schemas, member)):
                node = self._editor.node(one.meta.origin)
                if node is not None and "default" in node:
                    found.edits.append((node.file.name, SetKey(node.pointer, "default", value)))
            return

    # ------------------------------------------------------------- requests

    def _wider(self, violation: Finding, operation: ir.Operation, found: _Found) -> None:
        """The server took what the description forbids: the description forbids it no more."""
        if self._evidence.careless(operation):
            found.reasons.append(_CARELESS)
            return
        schema = responses.request_schema(operation)
        for step in self._evidence.steps(violation, operation):
            if not 200 <= step.status < 300:
                continue
            changes: list[Change] = []
            if schema is not None and step.body:
                changes += self._editor.changes(schema, parsed(step.body), "request")
            sent = dict(parse_qsl(urlsplit(step.url).query, keep_blank_values=True))
            for parameter in operation.parameters:
                if parameter.location is ir.ParameterLocation.QUERY and parameter.name in sent:
                    values = read_texts(sent[parameter.name])
                    fits = (self._editor.accepts(parameter.schema, v, "request") for v in values)
                    if not any(fits):
                        typed = values[1] if len(values) > 2 else values[0]
                        changes += self._editor.changes(
                            parameter.schema, typed, "request", (parameter.name,)
                        )
            for change in _about(changes, "", violation.subject):
                self._taken(change, found)

    @staticmethod
    def _taken(change: Change, found: _Found) -> None:
        """What a request of the suite's own speaks for: names and values that it made up are no
        news of the service. That they were taken says only that the rule does not hold."""
        match change.way:
            case Way.UNKNOWN:
                found.edits += change.opening
            case Way.LISTED | Way.TYPE:
                found.reasons.append(_MADE_UP)
            case Way.BOUND if change.nearly:
                found.reasons.append(_UNANCHORED)
                found.alternatives.append(Alternative("if any text is meant", change.edits))
            case Way.MISSING | Way.NULL | Way.BOUND:
                found.edits += change.edits


def _about(changes: Sequence[Change], prefix: str, subject: str) -> Iterator[Change]:
    """The changes that a finding names; all where it names none of them."""
    named = [c for c in changes if subject == f"{prefix}{'.'.join(c.path)}".strip()]
    yield from named or changes


def _schemas(operation: ir.Operation, status: int) -> Iterator[ir.Schema]:
    """The schemas of responses in the class of a status."""
    for response in operation.responses:
        if response.status[:1] == str(status)[:1]:
            yield from (c.schema for c in response.contents if c.schema is not None)
