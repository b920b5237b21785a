"""Files: what was uploaded comes back byte for byte."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from trunkline import ir
from trunkline.contract.engine import (
    FILE_NAME,
    CheckContext,
    Creatable,
    CreatedObject,
    Family,
    Inconclusive,
    collection_check,
    file_names,
    form_content,
    operation_check,
    rule,
    write_form,
)
from trunkline.contract.model import Collection, Exchange, plain_name
from trunkline.contract.session import Actor
from trunkline.ir import Json
from trunkline.semantics import jsonvalue, media, schemas
from trunkline.semantics.jsonvalue import Path

rule(
    "upload-kept",
    Family.CRUD,
    "A file comes back as it was uploaded, byte for byte",
    "A file that lost a byte cannot be opened, and nobody knows before it is needed.",
    "Read the body to its end, as bytes: no decoding, no line ends, no limit that cuts.",
)
rule(
    "bytes-kept",
    Family.CRUD,
    "What is put at a path that holds bytes is got from there, byte for byte",
    "A file that lost a byte cannot be opened, and nobody knows before it is needed.",
    "Read the body to its end, as bytes: no decoding, no line ends, no limit that cuts.",
)
rule(
    "upload-told",
    Family.CRUD,
    "What is told of a file is true",
    "Clients show sizes and names, and reserve room by them.",
    "Take size and name from what was uploaded.",
)

_EVERY_BYTE: Final = b"\xef\xbb\xbf \r\n\n\r" + bytes(range(256)) + b"--\r\n\0\r\n \n"
"""What goes wrong in files that are read as text, cut at a zero, or trimmed."""
_LONG: Final = bytes(i * 7 % 251 for i in range(70_001))
"""More than a buffer of 64 KiB."""
_SIZES: Final = frozenset({"size", "bytes", "filesize", "contentlength", "sizebytes", "bytesize"})
_NAMES: Final = frozenset({"filename", "originalfilename", "originalname"})


@dataclass(frozen=True, slots=True)
class _Upload:
    """Objects are made by a form with a file in it."""

    collection: Collection
    creator: ir.Operation
    created: ir.Schema
    form: ir.Content
    downloader: ir.Operation | None
    """What shows the file again; None: nothing does."""

    @classmethod
    def of(cls, collection: Collection) -> _Upload | None:
        """The target, where the description has what it needs."""
        made = Creatable.of(collection)
        if made is None:
            return None
        form = form_content(made.creator)
        known = collection.api.schemas
        if form is None or media.kind(form.media_type) is not media.MediaKind.MULTIPART:
            return None
        if len(file_names(known, form)) != 1 or _is_restricted(form):
            return None
        place = collection.resource.item_path
        put = {o.path for o in collection.api.operations if o.method == "put"}
        below = [
            o
            for o in collection.api.operations
            if place is not None
            and o.method == "get"
            and (o.path == place or _is_just_below(place, o.path))
            and _shows_bytes(o)
        ]
        # What is put at a path of its own may be another file.
        below = [o for o in below if o.path not in put] or below
        downloader = below[0] if len(below) == 1 else None
        if downloader is None and not _told(collection, _SIZES | _NAMES):
            return None
        return cls(collection, made.creator, made.created, form, downloader)


@dataclass(frozen=True, slots=True)
class _Place:
    """A path where bytes are put and got."""

    uploader: ir.Operation
    downloader: ir.Operation
    media_type: str

    @classmethod
    def of(cls, api: ir.Api, operation: ir.Operation) -> _Place | None:
        """The target, where the description has what it needs."""
        if operation.method != "put" or operation.body is None or "{" not in operation.path:
            return None
        taken = [c.media_type for c in operation.body.contents if _is_any_bytes(c.media_type)]
        shown = next((o for o in api.operations if o.path == operation.path and _gets(o)), None)
        if not taken or shown is None:
            return None
        wanted = "application/octet-stream" if media.is_range(taken[0]) else taken[0]
        return cls(operation, shown, wanted)


def _gets(operation: ir.Operation) -> bool:
    return operation.method == "get" and _shows_bytes(operation)


def _shows_bytes(operation: ir.Operation) -> bool:
    """Whether every success is a file of any kind."""
    contents = [c for r in operation.responses if r.is_success for c in r.contents]
    return bool(contents) and all(_is_any_bytes(c.media_type) for c in contents)


def _is_any_bytes(media_type: str) -> bool:
    """Whether a media type stands for bytes that the server cannot know the form of."""
    return media.essence(media_type) in {"application/octet-stream", "*/*", "application/*"}


def _is_restricted(form: ir.Content) -> bool:
    """Whether the description says of what kind a file is: then it may be looked into."""
    kinds = [e.content_type for e in form.encoding.values() if e.content_type is not None]
    return any(not _is_any_bytes(kind) for kind in kinds)


def _is_just_below(place: str, path: str) -> bool:
    rest = path.removeprefix(f"{place}/")
    return rest != path and "/" not in rest and "{" not in rest


def _told(collection: Collection, names: frozenset[str]) -> list[Path]:
    """The properties of an object with these names that the server sets."""
    inputs = {leaf.path for leaf in collection.input_leaves(collection.created)}
    return [
        path
        for path in collection.item_leaves()
        if plain_name(path[-1]) in names and path not in inputs
    ]


def _fits(known: Mapping[str, ir.Schema], schema: ir.Schema | None, data: bytes) -> bool:
    """Whether a file may be so long."""
    shape = schemas.resolve(known, schema).shape if schema is not None else None
    longest = shape.max_length if isinstance(shape, ir.String) else None
    return longest is None or len(data) <= longest


@collection_check("upload-kept", "upload-told", needs=_Upload.of)
def upload_kept(ctx: CheckContext, target: _Upload) -> None:
    """Files with every byte, and longer than a buffer, sent in a form and got again."""
    collection, form = target.collection, target.form
    known = ctx.api.schemas
    (name,) = file_names(known, form)
    member = schemas.members(known, target.created)[name]
    for data in (_EVERY_BYTE, _LONG):
        if not _fits(known, member.schema, data):
            continue
        body = ctx.bodies.of(collection)
        body[name] = ""
        raw, sent_as = write_form(form, body, {name}, {name: data})
        parent = ctx.objects.parent_path(collection)
        exchange = ctx.executor.call(
            target.creator, parent, raw=raw, headers={"Content-Type": sent_as}
        )
        obj = ctx.objects.adopt(collection, exchange, body, Actor.ME, parent)
        if obj is None:
            raise Inconclusive(f"a file of {len(data)} bytes is answered with {exchange.status}")
        _truly_told(ctx, target, obj, data)
        if target.downloader is not None:
            shown = ctx.executor.call(target.downloader, obj.address)
            _same_bytes(ctx, target.downloader, data, shown, exchange)


def _truly_told(ctx: CheckContext, target: _Upload, obj: CreatedObject, data: bytes) -> None:
    collection = target.collection
    for names, wanted in ((_SIZES, len(data)), (_NAMES, FILE_NAME)):
        for path in _told(collection, names):
            told: Json = jsonvalue.get(obj.value, path)
            name = ".".join(path)
            if told is None:
                continue
            ctx.expect(
                told in {wanted, str(wanted)},
                target.creator,
                f"{name} of a file of {len(data)} bytes called {FILE_NAME} is told as {told!r}",
                obj.created,
                subject=name,
                rule="upload-told",
            )


@operation_check("bytes-kept", needs=_Place.of)
def bytes_kept(ctx: CheckContext, target: _Place) -> None:
    """Bytes put at a path, with every byte and longer than a buffer, and got from there."""
    address = ctx.objects.address_of(target.uploader)
    content = media.describing(
        target.uploader.body.contents if target.uploader.body else (), target.media_type
    )
    for data in (_EVERY_BYTE, _LONG):
        if not _fits(ctx.api.schemas, content.schema if content is not None else None, data):
            continue
        headers = {"Content-Type": target.media_type}
        sent = ctx.executor.call(target.uploader, address, raw=data, headers=headers)
        if not sent.ok:
            raise Inconclusive(f"{len(data)} bytes are answered with {sent.status}")
        shown = ctx.executor.call(target.downloader, address)
        _same_bytes(ctx, target.downloader, data, shown, sent)


def _same_bytes(
    ctx: CheckContext, downloader: ir.Operation, data: bytes, shown: Exchange, sent: Exchange
) -> None:
    if not shown.ok:
        ctx.expect(
            False,
            downloader,
            f"a file just uploaded is answered with {shown.status}",
            *(sent, shown),
            subject="file",
        )
        return
    at = next((i for i, (a, b) in enumerate(zip(data, shown.body, strict=False)) if a != b), None)
    where = f"at byte {at}" if at is not None else "in length"
    ctx.expect(
        shown.body == data,
        downloader,
        f"a file of {len(data)} bytes comes back as one of {len(shown.body)}, and differs {where}",
        *(sent, shown),
        subject="file",
    )
