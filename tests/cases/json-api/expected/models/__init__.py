"""Models of Shelf."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .books import (
        AuthorRef,
        Book,
        BookAttributes,
        BookAttributes2,
        BookLinks,
        BookRelationships,
        BookRelationshipsAuthor,
        CreateBookRequestData,
        CreateBookRequestDataRelationships,
        CreateBookRequestDataRelationshipsAuthor,
        Errors,
        ErrorsError,
        ErrorsErrorSource,
        GetBookResponse,
        GetBooksSort,
        UpdateBookRequestData,
        UpdateBookRequestDataAttributes,
    )
    from .shared import Links

__all__ = [
    "AuthorRef",
    "Book",
    "BookAttributes",
    "BookAttributes2",
    "BookLinks",
    "BookRelationships",
    "BookRelationshipsAuthor",
    "CreateBookRequestData",
    "CreateBookRequestDataRelationships",
    "CreateBookRequestDataRelationshipsAuthor",
    "Errors",
    "ErrorsError",
    "ErrorsErrorSource",
    "GetBookResponse",
    "GetBooksSort",
    "Links",
    "UpdateBookRequestData",
    "UpdateBookRequestDataAttributes",
]

_MODULES = {
    "AuthorRef": "books",
    "Book": "books",
    "BookAttributes": "books",
    "BookAttributes2": "books",
    "BookLinks": "books",
    "BookRelationships": "books",
    "BookRelationshipsAuthor": "books",
    "CreateBookRequestData": "books",
    "CreateBookRequestDataRelationships": "books",
    "CreateBookRequestDataRelationshipsAuthor": "books",
    "Errors": "books",
    "ErrorsError": "books",
    "ErrorsErrorSource": "books",
    "GetBookResponse": "books",
    "GetBooksSort": "books",
    "Links": "shared",
    "UpdateBookRequestData": "books",
    "UpdateBookRequestDataAttributes": "books",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
