"""Values at the very edge of what is allowed, refused."""

from __future__ import annotations

from trunkline.emulator.defects.base import Defect, body_has
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import ValidationError
from trunkline.ir import Api, Integer, Json, Number, Resource, Shape, String
from trunkline.semantics.schemas import members, resolve


class _Bounds(Defect):
    """Values at a bound are judged wrongly."""

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return body_has(api, resource, cls.relevant)

    @classmethod
    def relevant(cls, shape: Shape) -> bool:
        """Whether a member of this shape can show the defect."""
        raise NotImplementedError

    def misjudged(self, shape: Shape, value: Json) -> tuple[str, str] | None:
        """Detail and keyword of the fault that is seen in a value at its bound."""
        raise NotImplementedError

    def body_problems(self, call: Call, problems: list[ValidationError]) -> list[ValidationError]:
        schema = call.compiled.request_schema
        if problems or schema is None or not isinstance(call.body, dict):
            return problems
        api = self.services.api
        for prop in members(api.schemas, schema).values():
            value = call.body.get(prop.name)
            problem = self.misjudged(resolve(api.schemas, prop.schema).shape, value)
            if problem is not None:
                return [ValidationError(*problem, pointer=f"/{prop.name}")]
        return problems


class MinimumItselfRefused(_Bounds):
    """The smallest allowed number is refused."""

    rule = "A number at the minimum is accepted"
    caught_by = ("bounds-accepted",)

    @classmethod
    def relevant(cls, shape: Shape) -> bool:
        return isinstance(shape, (Integer, Number)) and shape.minimum is not None

    def misjudged(self, shape: Shape, value: Json) -> tuple[str, str] | None:
        if not isinstance(shape, (Integer, Number)) or isinstance(value, bool):
            return None
        at_it = shape.minimum is not None and value == shape.minimum
        return ("too small", "minimum") if at_it else None


class LongestTextRefused(_Bounds):
    """Text of the greatest allowed length is refused."""

    rule = "Text of the maximum length is accepted"
    caught_by = ("bounds-accepted",)

    @classmethod
    def relevant(cls, shape: Shape) -> bool:
        return isinstance(shape, String) and shape.max_length is not None

    def misjudged(self, shape: Shape, value: Json) -> tuple[str, str] | None:
        if not isinstance(shape, String) or not isinstance(value, str):
            return None
        return ("too long", "maxLength") if len(value) == shape.max_length else None
