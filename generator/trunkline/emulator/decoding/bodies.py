"""Request bodies: media type, text, values, validity."""

from __future__ import annotations

import email.parser
import email.policy
from dataclasses import dataclass, field
from email.message import Message

from trunkline.emulator.decoding import xmltext
from trunkline.emulator.decoding.parameters import texts_of
from trunkline.emulator.decoding.query import QueryTextError, parse_query
from trunkline.emulator.decoding.xmltext import XmlTextError
from trunkline.emulator.http.jsontext import JsonTextError, TooManyValuesError, parse
from trunkline.emulator.http.messages import HttpError, HttpRequest, ValidationError
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.ir import ABSENT, Absent, Content, Json, RequestBody, Schema
from trunkline.semantics.media import MediaKind, describing, essence, is_range, kind

_KNOWN = 64
_SHORT = 256
"""How many spellings of media types are remembered, and how long they may be."""


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file as it came: its bytes, the name the caller has for it, its media type."""

    data: bytes
    filename: str
    content_type: str | None


@dataclass(slots=True)
class Body:
    """A body that was read: its value, what is wrong with it, the files in it."""

    value: Json | Absent = ABSENT
    problems: list[ValidationError] = field(default_factory=list)
    media_type: str = ""
    files: dict[str, UploadedFile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Announced:
    """What a Content-Type header says of a body: the described content, its media type, and which
    kind the body is of."""

    content: Content
    media_type: str
    kind: MediaKind


class BodyReader:
    """Reads the bodies of one operation."""

    def __init__(self, schemas: Schemas, body: RequestBody, validation: tuple[int, ...]) -> None:
        self._schemas = schemas
        self._texts = texts_of(schemas)
        self._body = body
        self._malformed = (400, *(s for s in validation if s != 400))
        self._exact: dict[bytes, _Announced] = {}
        structured = (MediaKind.JSON, MediaKind.FORM, MediaKind.MULTIPART)
        self._structured = all(kind(c.media_type) in structured for c in body.contents)

    def read(self, request: HttpRequest) -> Body:
        """The body as described. Raises `HttpError` when there is no value: unknown media type,
        malformed text."""
        raw = request.body
        content_type = request.header(b"content-type")
        if not raw and self._is_none(content_type):
            if self._body.required:
                return Body(
                    problems=[ValidationError("A request body is required", "required", "")]
                )
            return Body()
        header = content_type or b""
        announced = self._exact.get(header)
        if announced is None:
            announced = self._announced(content_type)
            if len(self._exact) < _KNOWN and len(header) < _SHORT:
                self._exact[header] = announced
        content = announced.content
        body = Body(media_type=announced.media_type)
        body.value = self._value(announced, raw, header, body)
        if content.schema is None or isinstance(body.value, Absent):
            return body
        if not self._schemas.fits(content.schema, body.value, "request"):
            body.problems = self._schemas.problems(content.schema, body.value)
        return body

    def _is_none(self, content_type: bytes | None) -> bool:
        """Whether no bytes are no body: the empty text is a value of some media types, and a form
        that nothing was filled in is empty."""
        if content_type is None:
            return True
        form = kind(content_type.decode("latin-1")) is MediaKind.FORM
        return self._structured and not form

    def _announced(self, header: bytes | None) -> _Announced:
        content = self.content(header)
        media_type = sent_as = essence(content.media_type)
        if is_range(media_type):
            sent_as = essence((header or b"").decode("latin-1"))
        return _Announced(content, media_type, kind(sent_as))

    def content(self, header: bytes | None) -> Content:
        """The documented content for a Content-Type header; `HttpError` when there is none."""
        text = (header or b"").decode("latin-1")
        message = Message()
        message["content-type"] = text
        charset = message.get_param("charset") if header else None
        known = isinstance(charset, str) and charset.lower() not in ("utf-8", "utf8", "us-ascii")
        if "/" in text and not known:
            content = describing(self._body.contents, text)
            if content is not None:
                return content
        allowed = ", ".join(content.media_type for content in self._body.contents)
        raise HttpError(
            (415,),
            ValidationError(f"The media type of the body must be one of: {allowed}", "mediaType"),
            headers=[(b"accept", allowed.encode("ascii", "replace"))],
        )

    def _value(self, announced: _Announced, raw: bytes, header: bytes, body: Body) -> Json | Absent:
        content = announced.content
        try:
            match announced.kind:
                case MediaKind.JSON:
                    return parse(raw)
                case MediaKind.FORM:
                    return self._form(content, parse_query(raw))
                case MediaKind.MULTIPART:
                    return self._multipart(content, raw, header, body)
                case MediaKind.XML if content.schema is not None:
                    return xmltext.read(self._schemas, self._texts, content.schema, raw)
                case MediaKind.TEXT | MediaKind.CSV:
                    return raw.decode("utf-8")
                case _:
                    body.files[""] = UploadedFile(raw, "", header.decode("latin-1") or None)
                    return ABSENT
        except UnicodeDecodeError:
            raise self._malformed_body("The body is not UTF-8") from None
        except TooManyValuesError as error:
            problem = ValidationError(f"The body has {error}", "size", pointer="")
            raise HttpError((413, *self._malformed), problem) from None
        except (JsonTextError, QueryTextError, XmlTextError) as error:
            raise self._malformed_body(f"The body is malformed: {error}") from None

    def _malformed_body(self, detail: str) -> HttpError:
        return HttpError(self._malformed, ValidationError(detail, "syntax", pointer=""))

    def _form(self, content: Content, pairs: list[tuple[str, str]]) -> Json:
        result: dict[str, Json] = {}
        nested: dict[str, list[tuple[list[str], str]]] = {}
        members = self._schemas.members(content.schema) if content.schema is not None else {}
        for name, text in pairs:
            bare = name.removesuffix("[]")
            member = members.get(bare)
            if member is None:
                outer, opening, rest = name.partition("[")
                if opening and rest.endswith("]") and outer in members:
                    nested.setdefault(outer, []).append((rest[:-1].split("]["), text))
                else:
                    result[name] = text
            elif (element := self._list_item(member.schema)) is not None:
                listed = result.setdefault(bare, [])
                assert isinstance(listed, list)
                encoding = content.encoding.get(bare)
                joined = encoding is not None and encoding.explode is False
                parts = text.split(",") if joined else [text]
                listed.extend(self._scalar(element, part) for part in parts)
            elif bare in result:
                raise QueryTextError(f"{bare} is given twice")
            else:
                result[bare] = self._scalar(member.schema, text)
        for name, paths in nested.items():
            result[name] = self._nested(members[name].schema, paths)
        return result

    def _nested(self, schema: Schema, paths: list[tuple[list[str], str]]) -> Json:
        """What stands in brackets behind a property's name: an object, or a list by numbers."""
        return self._texts.nested(schema, paths)

    def _scalar(self, schema: Schema, text: str) -> Json:
        if self._schemas.types(schema) & {"object", "array"} and text[:1] in ("{", "["):
            try:
                return parse(text.encode())
            except JsonTextError:
                return text
        return self._texts.scalar(schema)(text)

    def _list_item(self, schema: Schema) -> Schema | None:
        return self._schemas.items(schema) if "array" in self._schemas.types(schema) else None

    def _multipart(self, content: Content, raw: bytes, header: bytes, body: Body) -> Json:
        if _is_empty(raw, header):
            return self._form(content, [])  # a form that nothing was filled in
        parser = email.parser.BytesParser(policy=email.policy.HTTP)
        message = parser.parsebytes(b"Content-Type: " + header + b"\r\n\r\n" + raw)
        if not message.is_multipart() or message.defects:
            raise self._malformed_body("The body is malformed: not a multipart message")
        pairs: list[tuple[str, str]] = []
        for part in message.iter_parts():
            name = part.get_param("name", header="content-disposition")
            if not isinstance(name, str):
                raise self._malformed_body("A part of the body has no name")
            payload = part.get_payload(decode=True)
            data = payload if isinstance(payload, bytes) else b""
            filename = part.get_filename()
            if filename is not None:
                content_type = part.get_content_type()
                body.files[name] = UploadedFile(data, filename, content_type)
            text = data.decode("utf-8", "surrogateescape").encode("utf-8", "replace")
            pairs.append((name, text.decode("utf-8")))
        return self._form(content, pairs)


def _is_empty(raw: bytes, header: bytes) -> bool:
    """Whether a multipart body has no part: nothing but its last delimiter."""
    declared = Message()
    declared["Content-Type"] = header.decode("latin-1")
    boundary = declared.get_boundary()
    return boundary is not None and raw.strip() == f"--{boundary}--".encode("latin-1", "replace")
