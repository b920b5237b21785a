"""Files that do not come back as they were uploaded."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

from trunkline.emulator.defects.base import Defect
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import ValidationError
from trunkline.ir import Api, Operation, Resource
from trunkline.semantics.media import MediaKind, kind


class _Cut(Defect):
    """Cuts what is uploaded; shows where files can be got again."""

    kinds: ClassVar[frozenset[MediaKind]]

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        place = resource.item_path
        below = [o for o in api.operations if place is not None and o.path.startswith(place)]
        return any(map(_gets_bytes, below)) and any(
            kind(content.media_type) in cls.kinds
            for operation in api.operations
            if operation in below or operation.path == resource.collection_path
            for content in (operation.body.contents if operation.body is not None else ())
        )

    def body_problems(self, call: Call, problems: list[ValidationError]) -> list[ValidationError]:
        if call.media_type and kind(call.media_type) in self.kinds:
            call.files = {
                name: dataclasses.replace(file, data=file.data[:100])
                for name, file in call.files.items()
            }
        return problems


def _gets_bytes(operation: Operation) -> bool:
    contents = [c for r in operation.responses if r.is_success for c in r.contents]
    return operation.method == "get" and any(
        kind(c.media_type) is MediaKind.BINARY for c in contents
    )


class UploadsCut(_Cut):
    """Of a file in a form only the beginning is kept."""

    rule = "A file comes back as it was uploaded"
    caught_by = ("upload-kept",)
    kinds = frozenset({MediaKind.MULTIPART})


class BytesCut(_Cut):
    """Of a body that is a file only the beginning is kept."""

    rule = "What is put at a path that holds bytes is got from there"
    caught_by = ("bytes-kept",)
    kinds = frozenset({MediaKind.BINARY})
