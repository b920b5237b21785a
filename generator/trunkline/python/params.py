"""Views of `params/`: request objects as dictionaries whose keys a type checker knows.

Beside every model that a request may hold stands a `TypedDict` of the same properties, under their
names on the wire. What only a server sets is no key of it.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Iterator
from typing import Final

from trunkline.ir import Api, Object, Union
from trunkline.names import ClassName, NamePlan, sent_properties
from trunkline.python.imports import Imports
from trunkline.python.types import TypePrinter
from trunkline.python.views import ParamFieldView, ParamsModuleView, ParamView
from trunkline.text import docstring, literal

_WORD: Final = re.compile(r"\w+")
_ATTRIBUTE: Final = re.compile(r"(?!__)[A-Za-z_][A-Za-z0-9_]*")


def params_modules(
    api: Api, plan: NamePlan, wanted: set[str]
) -> Iterator[tuple[str, ParamsModuleView]]:
    """Module name → view, for the schemas in `wanted` and all that those hold.

    What the dictionaries lead to is added to `wanted`.
    """
    printers: dict[str, _Module] = {}
    views: dict[str, ParamView] = {}
    while waiting := [name for name in plan.classes if name in wanted and name not in views]:
        for name in waiting:
            cls = plan.classes[name]
            if cls.module not in printers:
                printers[cls.module] = _Module(api, plan, cls.module, wanted)
            views[name] = printers[cls.module].view(name, cls)
    for module, printer in sorted(printers.items()):
        # In the order of the models, whatever led to them first.
        here = [views[n] for n, cls in plan.classes.items() if n in views and cls.module == module]
        yield module, printer.module_view(here)


class _Module:
    """Prints the dictionaries of one module, collecting its imports."""

    def __init__(self, api: Api, plan: NamePlan, module: str, wanted: set[str]) -> None:
        self._api = api
        self._imports = Imports()
        self._types = TypePrinter(api, plan, self._imports, wanted=wanted)
        self._own = f"..params.{module}"

    def view(self, name: str, cls: ClassName) -> ParamView:
        """One dictionary, or the union of several."""
        shape = self._api.schemas[name].shape
        doc = docstring(f"`{cls.name}` as a dictionary.", 4)
        if isinstance(shape, Union):
            value = self._types.dictionaries(shape.members)
            return ParamView(name=cls.param, doc="", alias=literal(value))
        assert isinstance(shape, Object)
        fields: list[ParamFieldView] = []
        words = {"Required", "TypedDict"}
        for prop in sent_properties(self._api, shape):
            kind = self._types.argument(prop.schema)
            words.update(_WORD.findall(kind))
            kind = f"Required[{kind}]" if prop.required else kind
            key, text = literal(prop.name), literal(kind)
            fields.append(ParamFieldView(name=prop.name, key=key, type=kind, text=text))
        # In a class a key would hide the type of the same name from the keys after it.
        is_class = all(_is_attribute(f.name) and f.name not in words for f in fields)
        return ParamView(
            name=cls.param, doc=doc, fields=tuple(fields), is_class=is_class, is_call=not is_class
        )

    def module_view(self, params: Iterable[ParamView]) -> ParamsModuleView:
        """The module. What it refers to is imported for type checkers alone, so that modules may
        refer to each other."""
        listed = tuple(params)
        future, *others = self._imports.lines()
        return ParamsModuleView(
            imports=(
                future,
                "from typing import TYPE_CHECKING, Required, TypeAlias, TypedDict",
                "from typing_extensions import TypeAliasType",
            ),
            typing_imports=tuple(
                line for line in others if not line.startswith(f"from {self._own} import")
            ),
            params=listed,
        )


def _is_attribute(name: str) -> bool:
    return _ATTRIBUTE.fullmatch(name) is not None and not keyword.iskeyword(name)
