# Copied by Trunkline from its tested runtime; generating again replaces this file.
"""The base of every model, and enumerations that accept values they do not know yet."""

from __future__ import annotations

import enum
from copy import copy
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, Literal, Self, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model


class Model(BaseModel):
    """The base of every model.

    Members that the model does not know are kept (`model_extra`) and sent back. A model sends
    only what was set: given by the caller, or read from a response. Fields are set by their Python
    name or by the name on the wire.
    """

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
        defer_build=True,
        protected_namespaces=(),
        arbitrary_types_allowed=True,
    )


class OpenStrEnum(enum.StrEnum):
    """An enumeration of strings that is not closed.

    A value that is not listed becomes a member all the same: it prints, compares, hashes, pickles
    and is sent as the string it is, and `is_known` tells it apart. Compare with `==`, not `is`.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member

    @property
    def is_known(self) -> bool:
        """Whether the value is one of those listed."""
        return self._value_ in type(self)._value2member_map_


class OpenIntEnum(enum.IntEnum):
    """An enumeration of whole numbers that is not closed; see `OpenStrEnum`."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        member = int.__new__(cls, value)
        member._name_ = f"UNKNOWN_{value}"
        member._value_ = value
        return member

    @property
    def is_known(self) -> bool:
        """Whether the value is one of those listed."""
        return self._value_ in type(self)._value2member_map_


def join(*files: ModuleType) -> None:
    """Give each of the files that are one module the classes of the others.

    Only then can classes that refer to others be used. The package of the files calls it when all
    of them are loaded, which is before anybody else has one of them.
    """
    names = {
        name: value
        for file in files
        for name, value in vars(file).items()
        if getattr(value, "__module__", None) == file.__name__
    }
    for file in files:
        vars(file).update(names)


def dump(model: BaseModel) -> dict[str, Any]:
    """The members that were set, under their wire names, as JSON values."""
    # Models may lack members, which pydantic would warn of inside unions.
    return model.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False)


_READ_ONLY: Final[dict[str, Any]] = {"readOnly": True}


def ReadOnly() -> Any:  # noqa: N802  # in capitals, which no field's name is
    """In place of the default of a member that only the server sets, in a `DraftModel`."""
    return Field(json_schema_extra=_READ_ONLY)


if TYPE_CHECKING:

    class TaggedModel(Model):
        """The base of models with members of one possible value, such as the tag of a union.

        Those members need not be given to the constructor, and are sent all the same. A response
        without them is kept as it came.
        """

    class DraftModel(TaggedModel):
        """The base of models with members that only the server sets, and always does.

        Those members need not be given to the constructor: a model without them is for requests,
        has no such attribute (`AttributeError`) and sends none. A response has to have them.
        """

else:

    class _Tagging(type(Model)):
        """Counts the members of one possible value as given, in the constructor alone.

        Decoding does not come by here: it costs nothing, and nothing is added to what was read.
        """

        def __call__(cls, *args: Any, **kwargs: Any) -> Any:
            made = super().__call__(*args, **kwargs)
            constants = _CONSTANTS.get(cls)
            if constants is None:
                constants = _CONSTANTS[cls] = frozenset(
                    name
                    for name, info in cls.model_fields.items()
                    if get_origin(info.annotation) is Literal
                    and get_args(info.annotation) == (info.default,)
                )
            made.__pydantic_fields_set__.update(constants)
            return made

    class TaggedModel(Model, metaclass=_Tagging):
        """The base of models with members of one possible value, such as the tag of a union."""

    class _Drafting(_Tagging):
        """Does without what only the server sets, in the constructor alone."""

        def __call__(cls, *args: Any, **kwargs: Any) -> Any:
            try:
                return super().__call__(*args, **kwargs)
            except ValidationError:
                missing = _read_only(cls)
                if not missing:
                    raise
            draft = _draft(cls)(*args, **kwargs)
            for name in missing - draft.__pydantic_fields_set__:
                del draft.__dict__[name]
            object.__setattr__(draft, "__class__", cls)
            return draft

    class DraftModel(TaggedModel, metaclass=_Drafting):
        """The base of models with members that only the server sets, and always does."""


def _read_only(cls: type[BaseModel]) -> set[str]:
    """The members of a `DraftModel` that the constructor does without."""
    return {
        name
        for name, info in cls.model_fields.items()
        if info.json_schema_extra is _READ_ONLY and info.is_required()
    }


@lru_cache(maxsize=1024)
def _draft(cls: type[BaseModel]) -> type[BaseModel]:
    """The same model with `None` for the members that the constructor does without."""
    fields: dict[str, Any] = {}
    for name in sorted(_read_only(cls)):
        info = copy(cls.model_fields[name])
        info.default = None
        fields[name] = (info.annotation, info)
    return create_model(cls.__name__, __base__=cls, __module__=cls.__module__, **fields)


_CONSTANTS: dict[type[TaggedModel], frozenset[str]] = {}
