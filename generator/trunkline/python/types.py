"""Type expressions for arguments and results.

Results are spelled as the models spell them. Arguments take more: a mapping for a model, the plain
value for a member of an enumeration, any sequence for a list, text for a date or an id.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from trunkline.ir import (
    Anything,
    Api,
    Array,
    Boolean,
    Enumeration,
    Integer,
    Intersection,
    Json,
    Null,
    Number,
    Object,
    Reference,
    Schema,
    String,
    Tuple,
    Union,
)
from trunkline.names import ClassName, Kind, NamePlan
from trunkline.python.imports import Imports
from trunkline.semantics.schemas import has_null_flag

MAX_LITERALS: Final = 24
"""Enumerations with more values take any text beside their members."""

_FORMATS: Final = {
    "date-time": ("datetime", "datetime"),
    "date": ("datetime", "date"),
    "uuid": ("uuid", "UUID"),
    "decimal": ("decimal", "Decimal"),
}
_LONGEST_LITERAL: Final = 100


def join(parts: Iterable[str]) -> str:
    """A union of type expressions, without repetitions, `None` last."""
    flat = list(dict.fromkeys(parts))
    if "Any" in flat:
        return "Any"
    if "None" in flat:
        flat = [*(p for p in flat if p != "None"), "None"]
    return " | ".join(flat) or "Any"


def literals(values: Iterable[Json]) -> str | None:
    """`Literal[…]` of values, None when one cannot stand in it."""
    texts: list[str] = []
    for value in values:
        if isinstance(value, bool | int) or (
            isinstance(value, str)
            and value.isprintable()
            and value.isascii()
            and len(value) <= _LONGEST_LITERAL
            and not set(value) & set("\"'\\")
        ):
            texts.append(repr(value))
        else:
            return None
    return f"Literal[{', '.join(texts)}]" if texts else None


class TypePrinter:
    """Prints types for one module, collecting its imports.

    `models` is where models are imported from, such as `..models`; dictionaries (`params`) stand
    beside them. `wanted` gathers the schemas whose dictionaries are named. With `builtin_list` a
    list is `builtins.list`, for classes that have a method of that name.
    """

    def __init__(
        self,
        api: Api,
        plan: NamePlan,
        imports: Imports,
        *,
        models: str = "..models",
        runtime: str = ".._runtime",
        builtin_list: bool = False,
        wanted: set[str] | None = None,
    ) -> None:
        self._api = api
        self._plan = plan
        self._imports = imports
        self._models = models
        self._params = f"{models.removesuffix('models')}params"
        self._runtime = runtime
        self._wanted = wanted if wanted is not None else set[str]()
        self._list = "builtins.list" if builtin_list else "list"

    # --- results

    def result(self, schema: Schema) -> str:
        """What a caller gets."""
        return self._with_null(self._result(schema), schema)

    def _result(self, schema: Schema) -> str:
        match schema.shape:
            case Reference(name=name):
                cls = self._plan.classes.get(name)
                if cls is not None:
                    return self._class(cls)
                target = self._api.schemas.get(name)
                return self._result(target) if target is not None else self._any()
            case Number():
                # What JavaScript calls a number may be an id: an integer stays one.
                return "int | float"
            case Array(items=items):
                return self._list_of(self.result(items))
            case Tuple() as shape:
                return self._tuple(shape)
            case Object() as shape:
                return f"dict[str, {self._values(shape, argument=False)}]"
            case Union(members=members):
                return join(self.result(m) for m in members)
            case Intersection(members=members):
                return self._intersection(members, argument=False)
            case String() as shape:
                return self._string(shape, argument=False)
            case Enumeration(values=values):
                return self._enumeration(values)
            case _:
                return self._plain(schema)

    # --- arguments

    def argument(self, schema: Schema) -> str:
        """What a caller may give."""
        return self._argument_or_null(schema, 0)

    def _argument_or_null(self, schema: Schema, depth: int) -> str:
        return self._with_null(self._argument(schema, depth), schema)

    def _argument(self, schema: Schema, depth: int) -> str:
        if depth > 6:
            return self._any()
        match schema.shape:
            case Reference(name=name):
                return self._argument_of(name, depth)
            case Array(items=items):
                self._imports.add("collections.abc", "Sequence")
                return f"Sequence[{self._argument_or_null(items, depth + 1)}]"
            case Tuple(prefix=prefix, rest=rest):
                self._imports.add("collections.abc", "Sequence")
                parts = [*prefix, *([rest] if rest is not None else [])]
                inner = join(self._argument_or_null(p, depth + 1) for p in parts)
                return f"Sequence[{inner}]"
            case Object() as shape:
                self._imports.add("collections.abc", "Mapping")
                return f"Mapping[str, {self._values(shape, argument=True, depth=depth)}]"
            case Union(members=members):
                return join(self._argument_or_null(m, depth) for m in members)
            case Intersection(members=members):
                return self._intersection(members, argument=True, depth=depth)
            case String() as shape:
                return self._string(shape, argument=True)
            case Enumeration(values=values):
                return self._enumeration(values)
            case _:
                return self._plain(schema)

    def _argument_of(self, name: str, depth: int) -> str:
        target = self._api.schemas.get(name)
        if target is None:
            return self._any()
        cls = self._plan.classes.get(name)
        if cls is None:
            return self._argument(target, depth)
        shape = target.shape
        if cls.kind is Kind.MODEL:
            return join([self._class(cls), self._dictionary(name, cls)])
        if cls.kind is Kind.ENUM:
            values = [value for _, value in cls.members]
            few = literals(values) if len(values) <= MAX_LITERALS else None
            if few is None:
                few = "str" if isinstance(values[0], str) else "int"
            else:
                self._imports.add("typing", "Literal")
            return join([self._class(cls), few])
        if isinstance(shape, Union) and shape.discriminator is not None:
            return join([self._class(cls), self._dictionary(name, cls)])
        return self._argument(target, depth + 2)

    def dictionaries(self, members: Iterable[Schema]) -> str:
        """What a caller may give for one of several schemas, models left out."""
        found: list[str] = []
        for member in members:
            name = member.shape.name if isinstance(member.shape, Reference) else ""
            cls = self._plan.classes.get(name)
            if cls is not None and (cls.param or cls.kind is Kind.MODEL):
                found.append(self._with_null(self._dictionary(name, cls), member))
            else:
                found.append(self.argument(member))
        return join(found)

    # --- parts

    def _class(self, cls: ClassName) -> str:
        self._imports.add(f"{self._models}.{cls.module}", cls.name)
        return cls.name

    def _dictionary(self, name: str, cls: ClassName) -> str:
        """The dictionary of a model; any mapping where the description has keys of any name."""
        if not cls.param:
            return self._any_mapping()
        self._wanted.add(name)
        self._imports.add(f"{self._params}.{cls.module}", cls.param)
        return cls.param

    def _list_of(self, inner: str) -> str:
        if self._list != "list":
            self._imports.add_module("builtins")
        return f"{self._list}[{inner}]"

    def _any(self) -> str:
        self._imports.add("typing", "Any")
        return "Any"

    def _any_mapping(self) -> str:
        self._imports.add("collections.abc", "Mapping")
        return f"Mapping[str, {self._any()}]"

    def _with_null(self, text: str, schema: Schema) -> str:
        if text != "Any" and has_null_flag(self._api.schemas, schema):
            return join([text, "None"])
        return text

    def _plain(self, schema: Schema) -> str:
        match schema.shape:
            case Boolean():
                return "bool"
            case Integer():
                return "int"
            case Number():
                return "float"
            case Null():
                return "None"
            case _:
                return self._any()

    def _string(self, shape: String, *, argument: bool) -> str:
        if shape.binary:
            if not argument:
                return "bytes"
            self._imports.add(self._runtime, "File")
            return "File"
        found = _FORMATS.get(shape.format or "")
        if found is None:
            return "str"
        self._imports.add(*found)
        return f"{found[1]} | str" if argument else found[1]

    def _enumeration(self, values: tuple[Json, ...]) -> str:
        text = literals(values)
        if text is not None:
            self._imports.add("typing", "Literal")
            return text
        return join(self._type_of(value) for value in values)

    def _type_of(self, value: Json) -> str:
        match value:
            case None:
                return "None"
            case bool() | int() | float() | str():
                return type(value).__name__
            case _:
                return self._any()

    def _tuple(self, shape: Tuple) -> str:
        parts = [self.result(s) for s in shape.prefix]
        if shape.rest is None and (shape.min_items or 0) >= len(parts) > 0:
            return f"tuple[{', '.join(parts)}]"
        if shape.rest is not None:
            parts.append(self.result(shape.rest))
        if "Any" in parts:
            self._any()
        return self._list_of(join(parts) if parts else self._any())

    def _values(self, shape: Object, *, argument: bool, depth: int = 0) -> str:
        inner = [s for _, s in shape.pattern_properties]
        if shape.additional is not None and not (inner and shape.open):
            inner.append(shape.additional)
        if shape.properties or not inner:
            return self._any()
        if argument:
            return join(self._argument_or_null(s, depth + 1) for s in inner)
        return join(self.result(s) for s in inner)

    def _intersection(self, members: tuple[Schema, ...], *, argument: bool, depth: int = 0) -> str:
        telling = [m for m in members if not isinstance(m.shape, Anything)]
        named = [m for m in telling if isinstance(m.shape, Reference)]
        rest = [m for m in telling if m not in named]
        plain = all(isinstance(m.shape, Object) and not m.shape.properties for m in rest)
        chosen = (
            telling[0] if len(telling) == 1 else named[0] if len(named) == 1 and plain else None
        )
        if chosen is None:
            return self._any()
        return self._argument(chosen, depth) if argument else self._result(chosen)
