# Copied by Trunkline from its tested runtime; generating again replaces this file.
"""Unions told apart by a tag, open to tags they do not know yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, get_args

from pydantic import BaseModel
from pydantic_core import core_schema

from .guards import is_mapping
from .models import Model

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler

_UNKNOWN: Final = ("unknown",)
_ABSENT: Final = ("absent",)


class UnknownVariant(Model):
    """A member of a union whose tag is none of those known.

    Every member of the JSON object is an attribute of its own name, and is sent back as it came.
    """

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


class Tagged:
    """Annotation: the member of the union is chosen by the property `tag`.

    `mapping` leads from a value of the tag to the name of the class. A value that is not in it
    becomes the union's last member, `UnknownVariant`; an object without the tag becomes the member
    that fits best. With `default` both become that member.
    """

    __slots__ = ("default", "mapping", "tag")

    def __init__(self, tag: str, mapping: Mapping[str, str], default: str | None = None) -> None:
        self.tag = tag
        self.mapping = mapping
        self.default = default

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        members = {getattr(member, "__name__", ""): member for member in get_args(source)}
        if not all(name in members for name in self.mapping.values()):
            return handler(source)
        choices: dict[Any, core_schema.CoreSchema] = {
            value: handler.generate_schema(members[name]) for value, name in self.mapping.items()
        }
        if self.default in members:
            choices[_UNKNOWN] = handler.generate_schema(members[self.default])
        else:
            choices[_UNKNOWN] = handler.generate_schema(UnknownVariant)
        choices[_ABSENT] = handler(source) if self.default is None else choices[_UNKNOWN]
        return core_schema.tagged_union_schema(choices, discriminator=self._choose)

    def member(self, union: Any, value: object) -> Any:
        """The class of `union` whose tag the value has; None where it has none that is known."""
        found: object = value.get(self.tag) if is_mapping(value) else None
        name = self.mapping.get(str(found)) if found is not None else self.default
        return next((m for m in get_args(union) if getattr(m, "__name__", "") == name), None)

    def _choose(self, value: Any) -> str | tuple[str]:
        if is_mapping(value):
            found: object = value.get(self.tag)
        elif isinstance(value, BaseModel):
            found = _attribute(value, self.tag)
        else:
            found = None
        if found is None:
            return _ABSENT
        text = str(getattr(found, "value", found))
        return text if text in self.mapping else _UNKNOWN


def _attribute(model: BaseModel, wire_name: str) -> object:
    """The value of the field that travels as `wire_name`."""
    for name, info in type(model).model_fields.items():
        if (name if info.alias is None else info.alias) == wire_name:
            return getattr(model, name)
    return (model.model_extra or {}).get(wire_name)
