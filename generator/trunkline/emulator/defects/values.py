"""Values that are not kept as they were sent, and defaults that are not applied."""

from __future__ import annotations

from trunkline.emulator.defects.base import Defect, item_properties, operations_of, sent, settable
from trunkline.emulator.hooks.call import Call
from trunkline.ir import ABSENT, Action, Api, Array, Enumeration, Json, Resource, Shape, String
from trunkline.semantics.responses import sent_schema
from trunkline.semantics.schemas import members, resolve, types

_CREATE = frozenset({Action.CREATE, Action.RETRIEVE})


class _Loses(Defect):
    """Some values are not kept, on creation or update."""

    needs = _CREATE

    def keeps(self, value: Json) -> bool:
        """Whether a value that was given is kept."""
        raise NotImplementedError

    def creating(self, call: Call, document: dict[str, Json]) -> dict[str, Json]:
        lost = {n for n, v in sent(call).items() if not self.keeps(v)} & self._droppable(call)
        return {n: v for n, v in document.items() if n not in lost}

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        lost = {n for n, v in sent(call).items() if not self.keeps(v)} & self._droppable(call)
        kept = {n: v for n, v in new.items() if n not in lost}
        return {**kept, **{n: old[n] for n in lost if n in old}}

    def _droppable(self, call: Call) -> set[str]:
        assert call.compiled.resource is not None
        shown = self.services.schemas.properties(call.compiled.resource.schema)
        return {prop.name for prop in shown if not prop.required}

    @classmethod
    def loses(cls, api: Api, resource: Resource, kind: frozenset[str]) -> bool:
        """Whether a member of this kind can be set, and may be missing from answers: where every
        one is required in them, they are kept."""
        shown = {p.name for p in item_properties(api, resource) if not p.required}
        return cls.needs <= set(resource.operations) and any(
            types(api.schemas, p.schema) & kind and p.name in shown for p in settable(api, resource)
        )


class FalseForgotten(_Loses):
    """False is taken for nothing."""

    rule = "What was sent is what is kept"
    caught_by = ("create-echo",)

    def keeps(self, value: Json) -> bool:
        return value is not False

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return cls.loses(api, resource, frozenset({"boolean"}))


class ZeroForgotten(_Loses):
    """Zero is taken for nothing."""

    rule = "What was sent is what is kept"
    caught_by = ("create-echo",)

    def keeps(self, value: Json) -> bool:
        return isinstance(value, bool) or value != 0

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return cls.loses(api, resource, frozenset({"integer", "number"}))


class EmptyForgotten(_Loses):
    """Empty text and empty arrays are taken for nothing."""

    rule = "What was sent is what is kept"
    caught_by = ("create-echo",)

    def keeps(self, value: Json) -> bool:
        return value not in ("", [])

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        shown = {p.name for p in item_properties(api, resource) if not p.required}
        return cls.needs <= set(resource.operations) and any(
            p.name in shown and _may_be_empty(resolve(api.schemas, p.schema).shape)
            for p in settable(api, resource)
        )


def _may_be_empty(shape: Shape) -> bool:
    if isinstance(shape, Array):
        return not shape.min_items
    return isinstance(shape, String) and not (shape.min_length or shape.format or shape.pattern)


class _Spoils(Defect):
    """Text is kept otherwise than it was sent."""

    needs = _CREATE

    def spoil(self, text: str) -> str:
        """The text as it is kept."""
        raise NotImplementedError

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return cls.needs <= set(resource.operations) and any(
            isinstance(s := resolve(api.schemas, p.schema).shape, String)
            and not (s.format or s.pattern)
            for p in settable(api, resource)
        )

    def _spoiled(self, call: Call, document: dict[str, Json]) -> dict[str, Json]:
        api = self.services.api
        assert call.compiled.resource is not None
        result = dict(document)
        for prop in members(api.schemas, call.compiled.resource.schema).values():
            if (prop.name,) in call.compiled.resource.owned:
                continue  # what was sent for it counts for nothing
            value = sent(call).get(prop.name)
            shape = resolve(api.schemas, prop.schema).shape
            if isinstance(value, str) and isinstance(shape, String) and not shape.format:
                result[prop.name] = self.spoil(value)
        return result

    def creating(self, call: Call, document: dict[str, Json]) -> dict[str, Json]:
        return self._spoiled(call, document)

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        return self._spoiled(call, new)


class TextLowered(_Spoils):
    """Text is kept in lower case."""

    rule = "What was sent is what is kept"
    caught_by = ("text-kept",)

    def spoil(self, text: str) -> str:
        return text.lower()


class TextTrimmed(_Spoils):
    """Spaces around text are not kept."""

    rule = "What was sent is what is kept"
    caught_by = ("text-kept",)

    def spoil(self, text: str) -> str:
        return text.strip() or text


class TextCut(_Spoils):
    """Text is cut after twenty characters."""

    rule = "What was sent is what is kept"
    caught_by = ("text-kept",)

    def spoil(self, text: str) -> str:
        return text[:20]


class TextReducedToAscii(_Spoils):
    """Characters outside ASCII are kept as question marks."""

    rule = "What was sent is what is kept"
    caught_by = ("text-kept",)

    def spoil(self, text: str) -> str:
        return text.encode("ascii", "replace").decode()


class TextEscaped(_Spoils):
    """Text is kept with HTML escapes."""

    rule = "What was sent is what is kept"
    caught_by = ("text-kept",)

    def spoil(self, text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


class DefaultsForgotten(Defect):
    """Members that were not sent do not get their documented default."""

    rule = "Members that were not sent have their default"
    caught_by = ("defaults-applied",)
    needs = _CREATE

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return cls.needs <= set(resource.operations) and any(
            p.schema.meta.default not in (ABSENT, None) for p in settable(api, resource)
        )

    def creating(self, call: Call, document: dict[str, Json]) -> dict[str, Json]:
        schema = call.compiled.request_schema
        if schema is None:
            return document
        lost = {
            prop.name
            for prop in self.services.schemas.properties(schema)
            if prop.schema.meta.default is not ABSENT and prop.name not in sent(call)
        }
        return {name: value for name, value in document.items() if name not in lost}


class DefaultsWrong(Defect):
    """Members that were not sent get another value than their documented default."""

    rule = "Members that were not sent have their default"
    caught_by = ("defaults-applied",)
    needs = _CREATE

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return cls.needs <= set(resource.operations) and any(
            isinstance(p.schema.meta.default, bool)
            or (
                isinstance(s := resolve(api.schemas, p.schema).shape, Enumeration)
                and len(s.values) > 1
                and p.schema.meta.default is not ABSENT
            )
            for p in settable(api, resource)
        )

    def creating(self, call: Call, document: dict[str, Json]) -> dict[str, Json]:
        schema = call.compiled.request_schema
        result = dict(document)
        for prop in self.services.schemas.properties(schema) if schema is not None else ():
            default = prop.schema.meta.default
            if prop.name in sent(call) or default is ABSENT or prop.name not in result:
                continue
            shape = self.services.schemas.resolve(prop.schema).shape
            if isinstance(default, bool):
                result[prop.name] = not default
            elif isinstance(shape, Enumeration) and len(shape.values) > 1:
                result[prop.name] = next(v for v in shape.values if v != default)
        return result


class CreateIgnoresAMember(Defect):
    """One optional member is not kept when an object is created."""

    rule = "What was sent is what is kept"
    caught_by = ("create-echo",)
    needs = _CREATE

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        operations = operations_of(api, resource)
        schema = sent_schema(operations[Action.CREATE]) if Action.CREATE in operations else None
        return schema is not None and any(
            not p.required for p in members(api.schemas, schema).values()
        )

    def creating(self, call: Call, document: dict[str, Json]) -> dict[str, Json]:
        plan = call.compiled.resource
        assert plan is not None
        required = {p.name for p in self.services.schemas.properties(plan.schema) if p.required}
        lost = [n for n in sent(call) if n in document and n not in required][:1]
        return {name: value for name, value in document.items() if name not in lost}
