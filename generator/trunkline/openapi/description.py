"""Version detection, and the description that `lower` reads."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import Final

from trunkline.diagnostics import Code, Diagnostic, Diagnostics, ExitCode, TrunklineError
from trunkline.openapi.slips import read_plainly
from trunkline.openapi.swagger import converted
from trunkline.openapi.validity import check_structure, check_validity
from trunkline.source import Document, Node

_VERSION: Final = re.compile(r"v?3\.([012])(\.\d+)?(-.*)?\Z")


_SWAGGER_2: Final = "2.0"
_READ: Final = "Versions 3.0, 3.1 and 3.2 are read, and Swagger 2.0."


def _is_swagger_2(root: Node) -> bool:
    """Whether it says that it is Swagger 2.0, with or without quotes."""
    swagger = root.get("swagger")
    return swagger is not None and str(swagger.value) == _SWAGGER_2 and "openapi" not in root


class Version(enum.StrEnum):
    """The versions of OpenAPI that are read; patch levels make no difference."""

    V30 = "3.0"
    V31 = "3.1"
    V32 = "3.2"


@dataclass(frozen=True, slots=True, eq=False)
class Description:
    """An OpenAPI document; of Swagger 2.0, the 3.0 that it was made into. `written` is the version
    as it stands."""

    document: Document
    version: Version
    written: str

    @property
    def root(self) -> Node:
        """The OpenAPI object."""
        return self.document.root

    @property
    def nullable_keyword(self) -> bool:
        """Whether the schema dialect is 3.0's: `nullable`, boolean exclusive bounds."""
        return self.version is Version.V30


def load(document: Document, diagnostics: Diagnostics, *, validate: bool = True) -> Description:
    """Tell the version and check validity.

    With `validate`, openapi-spec-validator runs in full and what it finds are errors (about 10 s
    for 3 MB). Without, the document is only compared with the structural schema of its version
    (milliseconds even for megabytes), slips are read as they are meant, and what can be read all
    the same is only a warning.
    Raises `TrunklineError` when this is no OpenAPI 3 document.
    """
    if _is_swagger_2(document.root):
        check = check_validity if validate else check_structure
        check(document, _SWAGGER_2, diagnostics)
        document = converted(document, diagnostics)
        document = document if validate else read_plainly(document, diagnostics)
        return Description(document, Version.V30, _SWAGGER_2)
    if not validate:
        document = read_plainly(document, diagnostics)
    version, written = version_of(document.root)
    description = Description(document, version, written)
    if validate:
        check_validity(document, version.value, diagnostics)
    else:
        check_structure(document, version.value, diagnostics)
    return description


_OTHERS: Final = {
    "asyncapi": "an AsyncAPI document",
    "item": "a Postman collection",
    "swaggerVersion": "a Swagger 1.2 description",
    "$schema": "a JSON Schema",
    "log": "an HTTP archive",
}
"""What other files are known by."""


def version_of(root: Node) -> tuple[Version, str]:
    """The version of OpenAPI, and as it is written; `TrunklineError` where it is none of 3.x."""
    if not isinstance(root.value, dict):
        raise _error(Code.INVALID_DESCRIPTION, _no_mapping(root), root)
    swagger = root.get("swagger")
    if swagger is not None:
        raise _error(
            Code.OPENAPI_VERSION,
            f"Swagger {str(swagger.value)!r} is not known",
            swagger,
            _READ,
        )
    openapi = root.get("openapi")
    if openapi is None:
        kind = next((kind for key, kind in _OTHERS.items() if root.get(key) is not None), None)
        other = f"It is {kind}: convert it to OpenAPI first."
        raise _error(
            Code.INVALID_DESCRIPTION,
            "Not an OpenAPI description: no 'openapi' member",
            root,
            other if kind is not None else "Add `openapi: 3.1.0`.",
        )
    written = str(openapi.value)
    match = _VERSION.match(written)
    if match is None:
        raise _error(
            Code.OPENAPI_VERSION,
            f"OpenAPI {written!r} is not known",
            openapi,
            _READ,
        )
    return Version(f"3.{match.group(1)}"), written


def _no_mapping(root: Node) -> str:
    """What a file is that holds no keys."""
    text = root.file.text.lstrip("\ufeff").strip()
    if root.value is None:
        return "The file is empty"
    web = text[:200].lower().startswith(("<!doctype html", "<html"))
    return f"Not an OpenAPI description: {'a page of the web' if web else 'not a mapping'}"


def _error(code: Code, message: str, node: Node, hint: str | None = None) -> TrunklineError:
    return TrunklineError([Diagnostic(code, message, node.position, hint)], ExitCode.FINDINGS)
