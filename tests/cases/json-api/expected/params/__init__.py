"""Request objects of Shelf as dictionaries."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .books import (
        AuthorRefParam,
        BookAttributesParam,
        CreateBookRequestDataParam,
        CreateBookRequestDataRelationshipsAuthorParam,
        CreateBookRequestDataRelationshipsParam,
        UpdateBookRequestDataAttributesParam,
        UpdateBookRequestDataParam,
    )

__all__ = [
    "AuthorRefParam",
    "BookAttributesParam",
    "CreateBookRequestDataParam",
    "CreateBookRequestDataRelationshipsAuthorParam",
    "CreateBookRequestDataRelationshipsParam",
    "UpdateBookRequestDataAttributesParam",
    "UpdateBookRequestDataParam",
]

_MODULES = {
    "AuthorRefParam": "books",
    "BookAttributesParam": "books",
    "CreateBookRequestDataParam": "books",
    "CreateBookRequestDataRelationshipsAuthorParam": "books",
    "CreateBookRequestDataRelationshipsParam": "books",
    "UpdateBookRequestDataAttributesParam": "books",
    "UpdateBookRequestDataParam": "books",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
