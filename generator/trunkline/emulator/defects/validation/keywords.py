"""Members of bodies that break one keyword of their schema and are accepted."""

from __future__ import annotations

from typing import ClassVar

from trunkline.emulator.defects.base import Defect, body_has, operations_of, written
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import ValidationError
from trunkline.ir import (
    ABSENT,
    Action,
    Api,
    Array,
    Enumeration,
    Integer,
    Number,
    Object,
    Resource,
    Shape,
    String,
)
from trunkline.semantics.responses import sent_schema
from trunkline.semantics.schemas import resolve


class _Ignores(Defect):
    """Some faults in bodies are not noticed."""

    keywords: ClassVar[frozenset[str]]

    def ignored(self, problem: ValidationError) -> bool:
        """Whether this fault passes."""
        return problem.keyword in self.keywords

    def body_problems(self, call: Call, problems: list[ValidationError]) -> list[ValidationError]:
        if call.body is ABSENT:
            return problems
        return [problem for problem in problems if not self.ignored(problem)]

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return body_has(api, resource, cls.relevant)

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
        schema = sent_schema(operations[Action.CREATE]) if Action.CREATE in operations else None
        shape = None if schema is None else resolve(api.schemas, schema).shape
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

    def ignored(self, problem: ValidationError) -> bool:
        numeric = problem.detail.startswith('"') and problem.detail[1:2].isdigit()
        return numeric and ('"integer"' in problem.detail or '"number"' in problem.detail)

    @classmethod
    def relevant(cls, shape: Shape) -> bool:
        return isinstance(shape, (Integer, Number))


class NullAccepted(_Ignores):
    """Null is accepted where the description does not allow it."""

    rule = "Null is refused unless it is allowed"
    caught_by = ("null-rejected",)
    keywords = frozenset({"type", "enum", "const", "anyOf", "oneOf"})

    def ignored(self, problem: ValidationError) -> bool:
        return problem.keyword in self.keywords and problem.detail.startswith("null ")


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

    def ignored(self, problem: ValidationError) -> bool:
        return any(part.isdigit() for part in (problem.pointer or "").split("/"))

    @classmethod
    def relevant(cls, shape: Shape) -> bool:
        return isinstance(shape, Array)


class NestedUnchecked(_Ignores):
    """Only the outermost members of a body are checked."""

    rule = "Nested members are checked"
    caught_by = ("type-enforced",)

    def ignored(self, problem: ValidationError) -> bool:
        return (problem.pointer or "").count("/") > 1

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
        shapes = (resolve(api.schemas, schema).shape for schema in written(api, resource))
        return any(isinstance(shape, Object) and shape.additional is None for shape in shapes)
