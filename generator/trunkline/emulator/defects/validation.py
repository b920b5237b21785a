"""Requests that should be refused and are not, or should not be and are."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from trunkline.emulator.defects.base import Defect, list_operation, operations_of, shapes_in
from trunkline.emulator.resources import request_schema
from trunkline.emulator.seams import Call
from trunkline.emulator.shapes import members, resolve
from trunkline.emulator.wire import Answer, Fault, Request
from trunkline.ir import (
    ABSENT,
    Action,
    Api,
    Array,
    Enumeration,
    Integer,
    Number,
    Object,
    Operation,
    ParameterLocation,
    Resource,
    Shape,
    String,
)

_WRITES = (Action.CREATE, Action.UPDATE, Action.REPLACE)


def _body_has(api: Api, resource: Resource, test: Callable[[Shape], bool]) -> bool:
    operations = operations_of(api, resource)
    for action in _WRITES:
        schema = request_schema(operations[action]) if action in operations else None
        if schema is not None and any(test(shape) for _, shape in shapes_in(api, schema)):
            return True
    return False


class _Ignores(Defect):
    """Some faults in bodies are not noticed."""

    keywords: ClassVar[frozenset[str]]

    def ignored(self, fault: Fault) -> bool:
        """Whether this fault passes."""
        return fault.keyword in self.keywords

    def body_faults(self, call: Call, faults: list[Fault]) -> list[Fault]:
        if call.body is ABSENT:
            return faults
        return [fault for fault in faults if not self.ignored(fault)]

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return _body_has(api, resource, cls.relevant)

    @classmethod
    def relevant(cls, shape: Shape) -> bool:
        """Whether a member of this shape can show the defect."""
        return True


class MissingRequiredAccepted(_Ignores):
    """Bodies without a required member are accepted."""

    rule = "A body without a required member is refused"
    caught_by = ("required-enforced",)
    keywords = frozenset({"required"})

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        operations = operations_of(api, resource)
        schema = request_schema(operations[Action.CREATE]) if Action.CREATE in operations else None
        shape = None if schema is None else resolve(api, schema).shape
        return isinstance(shape, Object) and any(
            p.required and not p.schema.meta.read_only for p in shape.properties
        )


class WrongTypeAccepted(_Ignores):
    """The type of a body's members is not checked."""

    rule = "A value of another type is refused"
    caught_by = ("type-enforced",)
    keywords = frozenset({"type"})


class TextAsNumberAccepted(_Ignores):
    """Text is accepted where the description says number, if it looks like one."""

    rule = "A value of another type is refused"
    caught_by = ("type-enforced",)
    keywords = frozenset({"type"})

    def ignored(self, fault: Fault) -> bool:
        numeric = fault.detail.startswith('"') and fault.detail[1:2].isdigit()
        return numeric and ('"integer"' in fault.detail or '"number"' in fault.detail)

    @classmethod
    def relevant(cls, shape: Shape) -> bool:
        return isinstance(shape, (Integer, Number))


class NullAccepted(_Ignores):
    """Null is accepted where the description does not allow it."""

    rule = "Null is refused unless it is allowed"
    caught_by = ("null-rejected",)
    keywords = frozenset({"type", "enum", "const", "anyOf", "oneOf"})

    def ignored(self, fault: Fault) -> bool:
        return fault.keyword in self.keywords and fault.detail.startswith("null ")


class UnknownValueAccepted(_Ignores):
    """Values outside an enumeration are accepted."""

    rule = "A value outside the enumeration is refused"
    caught_by = ("enum-enforced",)
    keywords = frozenset({"enum", "const"})

    @classmethod
    def relevant(cls, shape: Shape) -> bool:
        return isinstance(shape, Enumeration)


class MaximumIgnored(_Ignores):
    """Numbers above the maximum are accepted."""

    rule = "A number above the maximum is refused"
    caught_by = ("range-enforced",)
    keywords = frozenset({"maximum", "exclusiveMaximum"})

    @classmethod
    def relevant(cls, shape: Shape) -> bool:
        return isinstance(shape, (Integer, Number)) and (
            shape.maximum is not None or shape.exclusive_maximum is not None
        )


class MinimumIgnored(_Ignores):
    """Numbers below the minimum are accepted."""

    rule = "A number below the minimum is refused"
    caught_by = ("range-enforced",)
    keywords = frozenset({"minimum", "exclusiveMinimum"})

    @classmethod
    def relevant(cls, shape: Shape) -> bool:
        return isinstance(shape, (Integer, Number)) and (
            shape.minimum is not None or shape.exclusive_minimum is not None
        )


class LongTextAccepted(_Ignores):
    """Text longer than allowed is accepted."""

    rule = "Text longer than the maximum is refused"
    caught_by = ("length-enforced",)
    keywords = frozenset({"maxLength"})

    @classmethod
    def relevant(cls, shape: Shape) -> bool:
        return isinstance(shape, String) and shape.max_length is not None


class ShortTextAccepted(_Ignores):
    """Text shorter than required is accepted."""

    rule = "Text shorter than the minimum is refused"
    caught_by = ("length-enforced",)
    keywords = frozenset({"minLength"})

    @classmethod
    def relevant(cls, shape: Shape) -> bool:
        return isinstance(shape, String) and bool(shape.min_length)


class PatternIgnored(_Ignores):
    """Text that does not match its pattern is accepted."""

    rule = "Text that does not match the pattern is refused"
    caught_by = ("pattern-enforced",)
    keywords = frozenset({"pattern"})

    @classmethod
    def relevant(cls, shape: Shape) -> bool:
        return isinstance(shape, String) and shape.pattern is not None


class FormatIgnored(_Ignores):
    """Text that does not have its format is accepted."""

    rule = "Text that does not have the format is refused"
    caught_by = ("format-enforced",)
    keywords = frozenset({"format"})

    @classmethod
    def relevant(cls, shape: Shape) -> bool:
        known = ("date-time", "date", "email", "ipv4", "ipv6", "uuid", "hostname")
        return isinstance(shape, String) and shape.format in known


class ArrayLimitsIgnored(_Ignores):
    """Arrays with too few, too many or repeated elements are accepted."""

    rule = "An array beyond its limits is refused"
    caught_by = ("items-enforced",)
    keywords = frozenset({"minItems", "maxItems", "uniqueItems"})

    @classmethod
    def relevant(cls, shape: Shape) -> bool:
        return isinstance(shape, Array) and bool(
            shape.min_items or shape.max_items is not None or shape.unique_items
        )


class ElementsUnchecked(_Ignores):
    """The elements of arrays are not checked."""

    rule = "Every element of an array is checked"
    caught_by = ("type-enforced",)

    def ignored(self, fault: Fault) -> bool:
        return any(part.isdigit() for part in (fault.pointer or "").split("/"))

    @classmethod
    def relevant(cls, shape: Shape) -> bool:
        return isinstance(shape, Array)


class NestedUnchecked(_Ignores):
    """Only the outermost members of a body are checked."""

    rule = "Nested members are checked"
    caught_by = ("type-enforced",)

    def ignored(self, fault: Fault) -> bool:
        return (fault.pointer or "").count("/") > 1

    @classmethod
    def relevant(cls, shape: Shape) -> bool:
        return isinstance(shape, Object) and bool(shape.properties)


class UnknownMembersAccepted(_Ignores):
    """Members that the description forbids are accepted."""

    rule = "Members beyond the description are refused where it says so"
    caught_by = ("unknown-refused",)
    keywords = frozenset({"additionalProperties", "unevaluatedProperties"})

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        operations = operations_of(api, resource)
        for action in _WRITES:
            schema = request_schema(operations[action]) if action in operations else None
            shape = None if schema is None else resolve(api, schema).shape
            if isinstance(shape, Object) and shape.additional is None:
                return True
        return False


class UpdatesUnchecked(Defect):
    """Bodies of updates are not checked at all."""

    rule = "Every operation checks its body"
    caught_by = ("type-enforced",)
    needs = frozenset({Action.UPDATE})

    def body_faults(self, call: Call, faults: list[Fault]) -> list[Fault]:
        return [] if call.plan.action is Action.UPDATE and call.body is not ABSENT else faults


class EmptyBodyAccepted(Defect):
    """A missing body is taken for an empty object."""

    rule = "A required body is required"
    caught_by = ("body-required",)
    needs = frozenset({Action.CREATE})

    def body_faults(self, call: Call, faults: list[Fault]) -> list[Fault]:
        if call.body is ABSENT and faults:
            call.body = {}
            return []
        return faults


class _RewritesRequest(Defect):
    """Repairs requests that should be refused."""

    needs = frozenset({Action.CREATE})


class MalformedJsonAccepted(_RewritesRequest):
    """A body that is not JSON is taken for an empty update."""

    rule = "Malformed JSON is refused"
    caught_by = ("body-required",)
    needs = frozenset({Action.UPDATE})

    def received(self, operation: Operation, request: Request) -> Answer | None:
        text = request.body.strip()
        if (
            operation.action is Action.UPDATE and text and text[:1] not in b'{["0123456789-tfn'
        ) or (operation.action is Action.UPDATE and text[:1] == b"{" and text[-1:] != b"}"):
            request.body = b"{}"
        return None


class AnyMediaTypeAccepted(_RewritesRequest):
    """The media type of bodies is not looked at."""

    rule = "A body of an undocumented media type is refused"
    caught_by = ("media-type-refused",)

    def received(self, operation: Operation, request: Request) -> Answer | None:
        body = operation.body
        if body is not None and body.contents:
            kept = [h for h in request.headers if h[0] != b"content-type"]
            wanted = body.contents[0].media_type.encode("ascii", "replace")
            request.headers = [*kept, (b"content-type", wanted)]
        return None


class _QueryFaults(Defect):
    needs = frozenset({Action.LIST})

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        operation = list_operation(api, resource)
        return operation is not None and any(
            p.location is ParameterLocation.QUERY and isinstance(p.schema.shape, (Integer, Number))
            for p in operation.parameters
        )

    def passes(self, call: Call, fault: Fault) -> bool:
        """Whether this fault is not noticed."""
        raise NotImplementedError

    def parameter_faults(self, call: Call, faults: list[Fault]) -> list[Fault]:
        return [f for f in faults if not (f.location == "query" and self.passes(call, f))]


class QueryUnchecked(_QueryFaults):
    """Query parameters are not checked at all."""

    rule = "Query parameters are checked"
    caught_by = ("parameter-enforced",)

    def passes(self, call: Call, fault: Fault) -> bool:
        return True


class PageSizeUnlimited(_QueryFaults):
    """Pages larger than allowed are accepted."""

    rule = "A number above the maximum is refused"
    caught_by = ("parameter-enforced",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        operation = list_operation(api, resource)
        return operation is not None and any(
            operation.pagination is not None
            and p.name == operation.pagination.size
            and isinstance(p.schema.shape, Integer)
            and p.schema.shape.maximum is not None
            for p in operation.parameters
        )

    def passes(self, call: Call, fault: Fault) -> bool:
        return fault.keyword == "maximum"


class PageZeroAccepted(_QueryFaults):
    """Page numbers and sizes below the minimum are accepted."""

    rule = "A number below the minimum is refused"
    caught_by = ("parameter-enforced",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        operation = list_operation(api, resource)
        return operation is not None and any(
            isinstance(p.schema.shape, Integer) and p.schema.shape.minimum is not None
            for p in operation.parameters
        )

    def passes(self, call: Call, fault: Fault) -> bool:
        return fault.keyword == "minimum"


class UnknownSortAccepted(_QueryFaults):
    """A sort order that is not documented is accepted."""

    rule = "A value outside the enumeration is refused"
    caught_by = ("parameter-enforced",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        operation = list_operation(api, resource)
        return operation is not None and operation.sort is not None

    def passes(self, call: Call, fault: Fault) -> bool:
        sort = call.operation.sort
        return sort is not None and fault.parameter == sort.parameter


class ParameterTypeUnchecked(_QueryFaults):
    """Text is accepted where a query parameter is a number."""

    rule = "A value of another type is refused"
    caught_by = ("parameter-enforced",)

    def passes(self, call: Call, fault: Fault) -> bool:
        return fault.keyword == "type"


class _Bounds(Defect):
    """Values at a bound are judged wrongly."""

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return _body_has(api, resource, cls.relevant)

    @classmethod
    def relevant(cls, shape: Shape) -> bool:
        """Whether a member of this shape can show the defect."""
        return isinstance(shape, (Integer, Number)) and shape.minimum is not None


class MinimumItselfRefused(_Bounds):
    """The smallest allowed number is refused."""

    rule = "A number at the minimum is accepted"
    caught_by = ("bounds-accepted",)

    def body_faults(self, call: Call, faults: list[Fault]) -> list[Fault]:
        schema = call.plan.request_schema
        if faults or schema is None or not isinstance(call.body, dict):
            return faults
        api = self.emulator.api
        for prop in members(api, schema):
            shape = resolve(api, prop.schema).shape
            value = call.body.get(prop.name)
            if isinstance(shape, (Integer, Number)) and shape.minimum is not None:
                if value == shape.minimum and not isinstance(value, bool):
                    return [Fault("too small", "minimum", pointer=f"/{prop.name}")]
        return faults


class LongestTextRefused(_Bounds):
    """Text of the greatest allowed length is refused."""

    rule = "Text of the maximum length is accepted"
    caught_by = ("bounds-accepted",)

    @classmethod
    def relevant(cls, shape: Shape) -> bool:
        return isinstance(shape, String) and shape.max_length is not None

    def body_faults(self, call: Call, faults: list[Fault]) -> list[Fault]:
        schema = call.plan.request_schema
        if faults or schema is None or not isinstance(call.body, dict):
            return faults
        api = self.emulator.api
        for prop in members(api, schema):
            shape = resolve(api, prop.schema).shape
            value = call.body.get(prop.name)
            if isinstance(shape, String) and shape.max_length is not None:
                if isinstance(value, str) and len(value) == shape.max_length:
                    return [Fault("too long", "maxLength", pointer=f"/{prop.name}")]
        return faults


class FaultBlamedOnAnother(Defect):
    """Errors point to a member that is not at fault."""

    rule = "An error names the member it is about"
    caught_by = ("error-points",)
    needs = frozenset({Action.CREATE})

    @classmethod
    def applies(cls, api: Api) -> bool:
        # Where the description does not say where errors hold the pointer, nobody can follow it.
        return "{pointer}" in repr(api.extensions.get("x-trunkline-errors")) and super().applies(
            api
        )

    def body_faults(self, call: Call, faults: list[Fault]) -> list[Fault]:
        return [
            Fault(f.detail, f.keyword, pointer="/data/attributes/other") if f.pointer else f
            for f in faults
        ]
