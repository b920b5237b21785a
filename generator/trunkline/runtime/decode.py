"""Response bodies: bytes to models in one pass, and what happens when they do not fit."""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Iterator
from functools import lru_cache
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Final,
    Literal,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import core_schema
from typing_extensions import TypeAliasType

from .guards import is_list, is_object
from .unions import Tagged

if TYPE_CHECKING:
    import httpx2
    from pydantic import GetCoreSchemaHandler


class _Under:
    """Annotation: the value stands under `key` of an object whose other members stay plain."""

    __slots__ = ("key",)

    def __init__(self, key: str) -> None:
        self.key = key

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        field = core_schema.typed_dict_field(handler(source), required=True)
        return core_schema.typed_dict_schema({self.key: field}, extra_behavior="allow")


def _under(type_: Any, key: str) -> Any:
    return Annotated[type_, _Under(key)]


def load_json(content: bytes | str) -> Any:
    """The JSON value in a body; raises ValueError, also for one that is nested too deeply."""
    try:
        return json.loads(content)
    except RecursionError:
        raise ValueError("the JSON value is nested too deeply") from None


def text_of(response: httpx2.Response) -> str:
    """The body as text, whatever character set its header names."""
    try:
        return response.text
    except (LookupError, ValueError, AssertionError):
        return response.content.decode("utf-8", "replace")


def walk(value: Any, path: tuple[str, ...]) -> Any:
    """The member at a path of keys, None where there is none."""
    for key in path:
        if not is_object(value):
            return None
        value = value.get(key)
    return value


class Decoder:
    """Turns JSON bytes into the value under `payload`, of type `type_`.

    The validator is built when the first body comes.
    """

    __slots__ = ("_json", "payload", "type_")

    def __init__(self, type_: Any, payload: tuple[str, ...] = ()) -> None:
        self.type_ = type_
        self.payload = payload
        self._json: Any = None

    @property
    def allows_none(self) -> bool:
        """Whether a body may be missing or null."""
        try:
            TypeAdapter(self.type_).validate_python(None)
        except ValidationError:
            return False
        return True

    def document(self, content: bytes) -> Any:
        """The whole body, decoded under `payload` and plain elsewhere.

        Raises `pydantic.ValidationError`.
        """
        if self._json is None:
            wrapped: Any = self.type_
            for key in reversed(self.payload):
                wrapped = _under(wrapped, key)
            self._json = TypeAdapter(wrapped).validator.validate_json
        return self._json(content)

    def __call__(self, content: bytes) -> Any:
        """The value under `payload`; raises `pydantic.ValidationError`."""
        value = self.document(content)
        for key in self.payload:
            value = value[key]
        return value

    def lenient(self, content: bytes) -> tuple[Any, Any]:
        """The value as far as it fits, and the whole body as plain JSON.

        Members that do not fit keep their JSON value, missing ones stay missing. Raises
        ValueError where the body is not JSON, or has nothing under `payload`.
        """
        document = load_json(content)
        value: Any = document
        for key in self.payload:
            if not is_object(value) or key not in value:
                raise ValueError(f"the body has no member {key!r}")
            value = value[key]
        return construct(self.type_, value), document


def problems(error: ValidationError) -> list[tuple[str, str]]:
    """What is wrong, as places and sentences, without the values."""
    listed = error.errors(include_url=False, include_context=False, include_input=False)
    return [(".".join(map(str, item["loc"])) or "the body", item["msg"]) for item in listed]


def construct(type_: Any, value: Any) -> Any:
    """Build `type_` from a JSON value, keeping whatever does not fit as it is.

    Every level is tried as a whole first, which is why it stops after a number of levels: what is
    below them stays plain JSON.
    """
    return _construct(type_, value, 0)


_LEVELS: Final = 12


def _construct(type_: Any, value: Any, level: int) -> Any:
    if level > _LEVELS:
        return value
    try:
        return _adapter(type_).validate_python(value)
    except ValidationError:
        pass
    if isinstance(type_, TypeAliasType):
        return _construct(_named(type_), value, level)
    origin = get_origin(type_)
    arguments = get_args(type_)
    if origin is Annotated:
        tagged = next((a for a in arguments[1:] if isinstance(a, Tagged)), None)
        chosen = None if tagged is None else tagged.member(arguments[0], value)
        return _construct(arguments[0] if chosen is None else chosen, value, level)
    if origin is Union or origin is types.UnionType:
        return _construct_union(arguments, value, level)
    if is_list(value) and origin is list and arguments:
        return [_construct(arguments[0], item, level + 1) for item in value]
    if is_object(value):
        if origin is dict and len(arguments) == 2:
            return {key: _construct(arguments[1], item, level + 1) for key, item in value.items()}
        if isinstance(type_, type) and issubclass(type_, BaseModel):
            return _construct_model(type_, value, level)
    return value


def _adapter(type_: Any) -> TypeAdapter[Any]:
    try:
        return _cached_adapter(type_)
    except TypeError:  # annotations that cannot be hashed
        return TypeAdapter(type_)


@lru_cache(maxsize=1024)
def _cached_adapter(type_: Any) -> TypeAdapter[Any]:
    return TypeAdapter(type_)


@lru_cache(maxsize=1024)
def _named(alias: TypeAliasType) -> Any:
    """What a named type stands for, with the names that are written as text in it looked up."""
    space = vars(sys.modules[str(alias.__module__)])
    holder = type("_", (), {"__annotations__": {"value": alias.__value__}})
    try:
        return get_type_hints(holder, space, include_extras=True)["value"]
    except NameError:
        return alias.__value__


def _construct_model(cls: type[BaseModel], value: dict[str, Any], level: int) -> BaseModel:
    root = cls.model_fields.get("root") if getattr(cls, "__pydantic_root_model__", False) else None
    if root is not None:
        return cls.model_construct(root=_construct(root.annotation, value, level + 1))
    rest = dict(value)
    built: dict[str, Any] = {}
    for name, info in cls.model_fields.items():
        alias = info.validation_alias if isinstance(info.validation_alias, str) else info.alias
        key = alias if alias is not None and alias in rest else name
        if key in rest:
            built[name] = _construct(info.annotation, rest.pop(key), level + 1)
    model = cls.model_construct(_fields_set=set(built) | set(rest), **built)
    if model.__pydantic_extra__ is not None:
        model.__pydantic_extra__.update(rest)
    return model


def _construct_union(members: tuple[Any, ...], value: Any, level: int) -> Any:
    """The member that shares most keys with the value; the value itself where none does."""
    if not is_object(value):
        lists = [m for m in members if get_origin(m) is list]
        return _construct(lists[0], value, level) if is_list(value) and len(lists) == 1 else value
    best: Any = None
    best_score = -_WRONG_TAG
    for bare in _models(members):
        if isinstance(bare, type) and issubclass(bare, BaseModel):
            score = _score(bare, value)
            if score > best_score:
                best, best_score = bare, score
    return value if best is None else _construct(best, value, level)


def _models(members: tuple[Any, ...]) -> Iterator[Any]:
    """The members of a union, named and nested unions opened."""
    for member in members:
        bare = member
        while isinstance(bare, TypeAliasType) or get_origin(bare) is Annotated:
            bare = _named(bare) if isinstance(bare, TypeAliasType) else get_args(bare)[0]
        if get_origin(bare) in (Union, types.UnionType):
            yield from _models(get_args(bare))
        else:
            yield bare


def _score(cls: type[BaseModel], value: dict[str, Any]) -> int:
    score = 0
    for name, info in cls.model_fields.items():
        key = info.alias or name
        if key not in value:
            score -= 1
        elif get_origin(info.annotation) is Literal and value[key] not in get_args(info.annotation):
            return -_WRONG_TAG  # another member's tag
        else:
            score += 2
    return score


_WRONG_TAG: Final = 1_000_000
