"""Models of Names: a 'quoted' one."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .list_ import From
    from .shared import (
        AnyModel,
        Exception,
        Foo,
        FooBar,
        FooBarObject,
        FOOObject,
        List,
        ModelModel,
        OperationModel,
    )

__all__ = [
    "AnyModel",
    "Exception",
    "FOOObject",
    "Foo",
    "FooBar",
    "FooBarObject",
    "From",
    "List",
    "ModelModel",
    "OperationModel",
]

_MODULES = {
    "AnyModel": "shared",
    "Exception": "shared",
    "FOOObject": "shared",
    "Foo": "shared",
    "FooBar": "shared",
    "FooBarObject": "shared",
    "From": "list_",
    "List": "shared",
    "ModelModel": "shared",
    "OperationModel": "shared",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
