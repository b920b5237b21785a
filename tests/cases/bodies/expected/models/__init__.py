"""Models of Bodies."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .json import SendJsonRequestPart
    from .upload import UploadRequestAbout

__all__ = [
    "SendJsonRequestPart",
    "UploadRequestAbout",
]

_MODULES = {
    "SendJsonRequestPart": "json",
    "UploadRequestAbout": "upload",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)
