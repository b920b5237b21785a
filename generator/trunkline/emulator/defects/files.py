"""Files that do not come back as they were uploaded, or of which something else is told."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from trunkline.emulator.decoding.bodies import UploadedFile
from trunkline.emulator.defects.base import Defect
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import ValidationError
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import Api, Json, Operation, Resource
from trunkline.semantics.media import MediaKind, kind
from trunkline.semantics.schemas import members

_SIZES = frozenset({"size", "bytes", "file_size"})


class UploadsCut(Defect):
    """Of a file in a form only the beginning is kept."""

    rule = "A file comes back as it was uploaded"
    caught_by = ("upload-kept",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return _is_uploaded(api, resource, MediaKind.MULTIPART)

    def created(self, call: Call, scope: Scope, row: Row) -> Row:
        if call.media_type and kind(call.media_type) is MediaKind.MULTIPART:
            call.files = _cut(call.files)
        return row


class BytesCut(Defect):
    """Of a body that is a file only the beginning is kept."""

    rule = "What is put at a path that holds bytes is got from there"
    caught_by = ("bytes-kept",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return _is_uploaded(api, resource, MediaKind.BINARY)

    def body_problems(self, call: Call, problems: list[ValidationError]) -> list[ValidationError]:
        if call.media_type and kind(call.media_type) is MediaKind.BINARY:
            call.request = dataclasses.replace(call.request, body=call.request.body[:100])
            call.files = _cut(call.files)
        return problems


class SizesToldShort(Defect):
    """A file's size is told one byte short."""

    rule = "What is told of a file is true"
    caught_by = ("upload-told",)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        return _is_uploaded(api, resource, MediaKind.MULTIPART) and bool(_sizes(api, resource))

    def creating(self, call: Call, document: dict[str, Json]) -> dict[str, Json]:
        resource = call.compiled.resource
        if not call.files or resource is None:
            return document
        names = _sizes(self.services.api, resource.resource)
        return {
            name: value - 1 if name in names and isinstance(value, int) and value else value
            for name, value in document.items()
        }


def _cut(files: Mapping[str, UploadedFile]) -> dict[str, UploadedFile]:
    return {name: dataclasses.replace(f, data=f.data[:100]) for name, f in files.items()}


def _is_uploaded(api: Api, resource: Resource, by: MediaKind) -> bool:
    """Whether files of a resource are sent in such bodies, and can be got again."""
    place = resource.item_path
    below = [o for o in api.operations if place is not None and o.path.startswith(place)]
    return any(map(_gets_bytes, below)) and any(
        kind(content.media_type) is by
        for operation in api.operations
        if operation in below or operation.path == resource.collection_path
        for content in (operation.body.contents if operation.body is not None else ())
    )


def _gets_bytes(operation: Operation) -> bool:
    contents = [c for r in operation.responses if r.is_success for c in r.contents]
    return operation.method == "get" and any(
        kind(c.media_type) is MediaKind.BINARY for c in contents
    )


def _sizes(api: Api, resource: Resource) -> set[str]:
    """The properties that tell how long a file is."""
    schema = api.schemas.get(resource.schema or "")
    return set(members(api.schemas, schema)) & _SIZES if schema is not None else set()
