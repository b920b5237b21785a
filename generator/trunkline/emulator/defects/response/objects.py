"""Objects in responses that break what the description promises about them."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from trunkline.emulator.defects.base import Defect, edited_objects, item_properties
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import HttpResponse
from trunkline.emulator.resources.resource_plan import item_schema
from trunkline.ir import Action, Api, Enumeration, Json, Resource, String
from trunkline.semantics.schemas import Member, members, nullable, resolve, types, write_only


class _ObjectDefect(Defect):
    """Changes the objects shown."""

    actions: ClassVar[frozenset[Action]] = frozenset(Action)

    def responded(self, call: Call, response: HttpResponse) -> HttpResponse:
        if call.compiled.action in self.actions and call.compiled.resource is not None:
            api = self.services.api
            schema = item_schema(api.schemas, call.operation)
            shown = members(api.schemas, schema).values() if schema is not None else []
            return edited_objects(call, response, lambda o: self.change(o, shown))
        return response

    def change(self, document: dict[str, Json], shown: Collection[Member]) -> dict[str, Json]:
        """The object as it is shown wrongly."""
        raise NotImplementedError


class RequiredMemberLeftOut(_ObjectDefect):
    """Objects are shown without one of the members that the description requires."""

    rule = "Every answer fits its documented schema"
    caught_by = ("response-schema",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return any(p.required for p in item_properties(api, resource))

    def change(self, document: dict[str, Json], shown: Collection[Member]) -> dict[str, Json]:
        required = [p.name for p in shown if p.required and p.name in document]
        for name in required[-1:]:
            del document[name]
        return document


class RequiredMemberLeftOutOfLists(RequiredMemberLeftOut):
    """Objects in lists, and only there, lack a member that the description requires."""

    rule = "Every answer fits its documented schema"
    caught_by = ("response-schema",)
    needs = frozenset({Action.LIST})
    actions = frozenset({Action.LIST})

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return cls.needs <= set(resource.operations) and super().shows(api, resource)


class NumbersAsText(_ObjectDefect):
    """Numbers are shown as text."""

    rule = "Every answer fits its documented schema"
    caught_by = ("response-schema",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return any(
            types(api.schemas, p.schema) & {"integer", "number"}
            and "string" not in types(api.schemas, p.schema)
            for p in item_properties(api, resource)
        )

    def change(self, document: dict[str, Json], shown: Collection[Member]) -> dict[str, Json]:
        return {
            k: str(v) if isinstance(v, (int, float)) and not isinstance(v, bool) else v
            for k, v in document.items()
        }


class BooleansAsNumbers(_ObjectDefect):
    """Booleans are shown as 0 and 1."""

    rule = "Every answer fits its documented schema"
    caught_by = ("response-schema",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return any(
            "boolean" in types(api.schemas, p.schema) for p in item_properties(api, resource)
        )

    def change(self, document: dict[str, Json], shown: Collection[Member]) -> dict[str, Json]:
        return {k: int(v) if isinstance(v, bool) else v for k, v in document.items()}


class NullWhereForbidden(_ObjectDefect):
    """A member that is never null is shown as null."""

    rule = "Every answer fits its documented schema"
    caught_by = ("response-schema",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return any(
            p.required and not nullable(api.schemas, p.schema)
            for p in item_properties(api, resource)
        )

    def change(self, document: dict[str, Json], shown: Collection[Member]) -> dict[str, Json]:
        for prop in shown:
            if prop.required and prop.name in document:
                if not self.services.schemas.nullable(prop.schema):
                    document[prop.name] = None
                    break
        return document


class ValueOutsideEnumeration(_ObjectDefect):
    """A member holds a value that is not among the documented ones."""

    rule = "Every answer fits its documented schema"
    caught_by = ("response-schema",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return any(
            isinstance(resolve(api.schemas, p.schema).shape, Enumeration)
            for p in item_properties(api, resource)
        )

    def change(self, document: dict[str, Json], shown: Collection[Member]) -> dict[str, Json]:
        for prop in shown:
            shape = self.services.schemas.resolve(prop.schema).shape
            if isinstance(shape, Enumeration) and prop.name in document:
                document[prop.name] = "undocumented"
        return document


class TimestampsMisspelt(_ObjectDefect):
    """Timestamps are shown without the time zone, with a space for the T."""

    rule = "Values have their documented format"
    caught_by = ("response-schema",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return any(
            isinstance(s := resolve(api.schemas, p.schema).shape, String)
            and s.format == "date-time"
            for p in item_properties(api, resource)
        )

    def change(self, document: dict[str, Json], shown: Collection[Member]) -> dict[str, Json]:
        for prop in shown:
            shape = self.services.schemas.resolve(prop.schema).shape
            value = document.get(prop.name)
            if isinstance(shape, String) and shape.format == "date-time" and isinstance(value, str):
                document[prop.name] = value.replace("T", " ").rstrip("Z")
        return document


class SecretsShown(_ObjectDefect):
    """What can only be written is shown."""

    rule = "Write-only members never appear in an answer"
    caught_by = ("response-schema",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return any(write_only(api.schemas, p.schema) for p in item_properties(api, resource))

    def change(self, document: dict[str, Json], shown: Collection[Member]) -> dict[str, Json]:
        for prop in shown:
            if self.services.schemas.write_only(prop.schema):
                document.setdefault(prop.name, "hunter2")
        return document
