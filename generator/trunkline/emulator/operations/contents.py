"""Files: bytes that were uploaded, kept beside the objects and given back as they came."""

from __future__ import annotations

import base64
import re
from typing import Final

from trunkline.emulator.decoding.bodies import UploadedFile
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import HttpError, HttpResponse, ValidationError
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.resource_plan import ResourcePlan
from trunkline.emulator.schemas.names import plain_name
from trunkline.emulator.storage.query import Table
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import Json

_TABLE: Final = Table("\0contents", ())
"""No resource is called so."""
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_SIZES = frozenset({"size", "bytes", "filesize", "contentlength", "sizebytes", "filesizebytes"})
_NAMES = frozenset({"filename", "originalfilename", "originalname"})
_TYPES = frozenset({"contenttype", "mimetype", "mediatype"})


class Contents:
    """The files of objects, each by what the path says after the object (`""`: its own)."""

    def __init__(self, services: Services) -> None:
        self._store = services.store
        self._schemas = services.schemas

    def put(
        self, plan: ResourcePlan, scope: Scope, row: Row, name: str, file: UploadedFile
    ) -> None:
        """Keep a file of an object, in place of the one before."""
        self.keep(self.place(plan, scope, row), name, file)

    def get(self, plan: ResourcePlan, scope: Scope, row: Row, name: str) -> UploadedFile | None:
        """A file of an object; its own file where there is none of that name."""
        place = self.place(plan, scope, row)
        return self.at(place, name) or self.at(place, "")

    def keep(self, place: Scope, name: str, file: UploadedFile) -> None:
        """Keep a file in a place, instead of the one before."""
        document: dict[str, Json] = {
            "data": base64.b64encode(file.data).decode("ascii"),
            "type": file.content_type,
        }
        known = self._store.get(_TABLE, place, name)
        if known is None:
            self._store.insert(_TABLE, place, name, document)
        else:
            self._store.replace(_TABLE, place, known, document)

    def at(self, place: Scope, name: str) -> UploadedFile | None:
        """A file by its place and name."""
        known = self._store.get(_TABLE, place, name)
        if known is None:
            return None
        document = known.document
        content_type = document.get("type")
        return UploadedFile(
            base64.b64decode(str(document.get("data"))),
            "",
            content_type if isinstance(content_type, str) else None,
        )

    def drop(self, place: Scope, name: str) -> None:
        """Forget a file, if it is there."""
        if self._store.get(_TABLE, place, name) is not None:
            self._store.delete(_TABLE, place, name)

    def forget(self, plan: ResourcePlan, scope: Scope, row: Row) -> None:
        """The object is gone, and its files with it."""
        self._store.delete_below(_TABLE, self.place(plan, scope, row))

    @staticmethod
    def place(plan: ResourcePlan, scope: Scope, row: Row) -> Scope:
        """Where an object's files are."""
        return Scope(scope.account, (plan.table.name, *scope.parents, row.id))

    def describe(self, plan: ResourcePlan, document: dict[str, Json], file: UploadedFile) -> None:
        """Tell size, name and type of a file in members that are called so, in place."""
        for name, member in self._schemas.members(plan.schema).items():
            plain = plain_name(name)
            value: Json = None
            if plain in _SIZES:
                value = len(file.data)
            elif plain in _NAMES and file.filename:
                value = file.filename
            elif plain in _TYPES and file.content_type:
                value = file.content_type
            if value is not None and self._schemas.fits(member.schema, value, "response"):
                document[name] = value


def download(call: Call, file: UploadedFile, media_type: bytes, status: int) -> HttpResponse:
    """A file, or the part of it that `Range` asks for (RFC 9110, section 14)."""
    if b"*" in media_type:  # what was sent says which of them it is
        media_type = (file.content_type or "application/octet-stream").encode("ascii", "replace")
    headers = [(b"accept-ranges", b"bytes")]
    size = len(file.data)
    asked = _RANGE.fullmatch((call.request.header(b"range") or b"").decode("latin-1").strip())
    if asked is None or not (asked[1] or asked[2]):
        return HttpResponse(status, file.data, media_type, headers)
    if asked[1]:
        start, end = int(asked[1]), min(int(asked[2] or size), size - 1)
    else:
        start, end = max(size - int(asked[2]), 0), size - 1
    if start > end or start >= size:
        problem = ValidationError("The range is not within the file", "range")
        whole = f"bytes */{size}".encode()
        raise HttpError((416,), problem, headers=[(b"content-range", whole)])
    headers.append((b"content-range", f"bytes {start}-{end}/{size}".encode()))
    return HttpResponse(206, file.data[start : end + 1], media_type, headers)
