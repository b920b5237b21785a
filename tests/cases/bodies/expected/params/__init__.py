"""Request objects of Bodies as dictionaries."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .json import SendJsonRequestPartParam
    from .upload import UploadRequestAboutParam

__all__ = [
    "SendJsonRequestPartParam",
    "UploadRequestAboutParam",
]

_MODULES = {
    "SendJsonRequestPartParam": "json",
    "UploadRequestAboutParam": "upload",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
