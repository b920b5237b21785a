"""Request bodies: media type, text, values, validity."""

from __future__ import annotations

import email.parser
import email.policy
from email.message import Message

from trunkline.emulator.decoding.scalars import Coercion, QueryTextError, parse_query
from trunkline.emulator.http.jsontext import JsonTextError, parse
from trunkline.emulator.http.messages import HttpError, HttpRequest, ValidationError
from trunkline.emulator.http.negotiation import is_json
from trunkline.emulator.schemas.shapes import item, kinds, members
from trunkline.emulator.schemas.validation import Validators
from trunkline.ir import ABSENT, Absent, Api, Content, Json, RequestBody, Schema

_KNOWN = 64
_SHORT = 256
"""How many spellings of media types are remembered, and how long they may be."""

_FORM = "application/x-www-form-urlencoded"


class BodyReader:
    """Reads the bodies of one operation."""

    def __init__(
        self, api: Api, validators: Validators, body: RequestBody, validation: tuple[int, ...]
    ) -> None:
        self._api = api
        self._validators = validators
        self._coercion = Coercion(api, validators)
        self._body = body
        self._malformed = (400, *(s for s in validation if s != 400))
        self._exact: dict[bytes, Content] = {}
        self._structured = all(
            is_json(c.media_type) or c.media_type.startswith((_FORM, "multipart/"))
            for c in body.contents
        )
        """Whether no bytes are no body: the empty text is a value of other media types."""

    def read(self, request: HttpRequest) -> tuple[Json | Absent, list[ValidationError]]:
        """The body's value and what is wrong with it. Raises `Refusal` when there is no value:
        unknown media type, malformed text."""
        raw = request.body
        content_type = request.header(b"content-type")
        if not raw and (content_type is None or self._structured):
            if self._body.required:
                return ABSENT, [
                    ValidationError("A request body is required", "required", pointer="")
                ]
            return ABSENT, []
        content = self._exact.get(content_type or b"")
        if content is None:
            content = self.content(content_type)
            if len(self._exact) < _KNOWN and len(content_type or b"") < _SHORT:
                self._exact[content_type or b""] = content
        value = self._value(content, raw, content_type or b"")
        if content.schema is None or isinstance(value, Absent):
            return value, []
        validator = self._validators.get(content.schema, "request")
        if validator.is_valid(value):
            return value, []
        return value, self._validators.problems(content.schema, value)

    def content(self, header: bytes | None) -> Content:
        """The documented content for a Content-Type header; `Refusal` when there is none."""
        text = (header or b"").decode("latin-1")
        message = Message()
        message["content-type"] = text
        wanted = message.get_content_type() if header else ""
        charset = message.get_param("charset") if header else None
        known = isinstance(charset, str) and charset.lower() not in ("utf-8", "utf8", "us-ascii")
        if wanted and "/" in text and not known:
            for content in self._body.contents:
                if _accepts(content.media_type, wanted):
                    return content
        allowed = ", ".join(content.media_type for content in self._body.contents)
        raise HttpError(
            (415,),
            ValidationError(f"The media type of the body must be one of: {allowed}", "mediaType"),
            headers=[(b"accept", allowed.encode("ascii", "replace"))],
        )

    def _value(self, content: Content, raw: bytes, header: bytes) -> Json | Absent:
        media_type = content.media_type.split(";")[0].strip().lower()
        if media_type in ("*/*", "application/*"):
            media_type = header.split(b";")[0].strip().lower().decode("latin-1")
        try:
            if is_json(media_type):
                return parse(raw)
            if media_type == _FORM:
                return self._form(content, parse_query(raw))
        except (JsonTextError, QueryTextError) as error:
            problem = ValidationError(f"The body is malformed: {error}", "syntax", pointer="")
            raise HttpError(self._malformed, problem) from None
        if media_type.startswith("multipart/"):
            return self._multipart(content, raw, header)
        if media_type.startswith("text/"):
            try:
                return raw.decode("utf-8")
            except UnicodeDecodeError:
                problem = ValidationError("The body is not UTF-8", "syntax", pointer="")
                raise HttpError(self._malformed, problem) from None
        return ABSENT

    def _form(self, content: Content, pairs: list[tuple[str, str]]) -> Json:
        result: dict[str, Json] = {}
        schemas = self._members(content)
        for name, text in pairs:
            bare = name.removesuffix("[]")
            schema = schemas.get(bare)
            if schema is None:
                deep = bare.split("[", 1)
                inner = schemas.get(deep[0])
                if len(deep) == 2 and deep[1].endswith("]") and inner is not None:
                    self._nested(result, deep[0], deep[1][:-1], inner, text)
                else:
                    result[name] = text
            elif (element := self._list_item(schema)) is not None:
                listed = result.setdefault(bare, [])
                assert isinstance(listed, list)
                explode = content.encoding.get(bare)
                if explode is not None and explode.explode is False:
                    listed.extend(self._coercion.scalar(element)(t) for t in text.split(","))
                else:
                    listed.append(self._coercion.scalar(element)(text))
            elif bare in result:
                raise QueryTextError(f"{bare} is given twice")
            else:
                result[bare] = self._scalar(schema, text)
        return result

    def _nested(
        self, result: dict[str, Json], name: str, key: str, schema: Schema, text: str
    ) -> None:
        target = result.setdefault(name, {})
        if isinstance(target, dict):
            prop = next((p for p in members(self._api, schema) if p.name == key), None)
            target[key] = text if prop is None else self._coercion.scalar(prop.schema)(text)

    def _scalar(self, schema: Schema, text: str) -> Json:
        allowed = kinds(self._api, schema)
        if allowed & {"object", "array"} and text[:1] in ("{", "["):
            try:
                return parse(text.encode())
            except JsonTextError:
                return text
        return self._coercion.scalar(schema)(text)

    def _list_item(self, schema: Schema) -> Schema | None:
        return item(self._api, schema) if "array" in kinds(self._api, schema) else None

    def _members(self, content: Content) -> dict[str, Schema]:
        if content.schema is None:
            return {}
        return {p.name: p.schema for p in members(self._api, content.schema)}

    def _multipart(self, content: Content, raw: bytes, header: bytes) -> Json:
        parser = email.parser.BytesParser(policy=email.policy.HTTP)
        message = parser.parsebytes(b"Content-Type: " + header + b"\r\n\r\n" + raw)
        if not message.is_multipart() or message.defects:
            problem = ValidationError(
                "The body is malformed: not a multipart message", "syntax", pointer=""
            )
            raise HttpError(self._malformed, problem)
        pairs: list[tuple[str, str]] = []
        for part in message.iter_parts():
            name = part.get_param("name", header="content-disposition")
            if not isinstance(name, str):
                problem = ValidationError("A part of the body has no name", "syntax", pointer="")
                raise HttpError(self._malformed, problem)
            payload = part.get_payload(decode=True)
            data = payload if isinstance(payload, bytes) else b""
            pairs.append(
                (
                    name,
                    data.decode("utf-8", "surrogateescape")
                    .encode("utf-8", "replace")
                    .decode("utf-8"),
                )
            )
        try:
            return self._form(content, pairs)
        except QueryTextError as error:
            problem = ValidationError(f"The body is malformed: {error}", "syntax", pointer="")
            raise HttpError(self._malformed, problem) from None


def _accepts(documented: str, wanted: str) -> bool:
    bare = documented.split(";", maxsplit=1)[0].strip().lower()
    if bare in (wanted, "*/*"):
        return True
    kind, _, sub = bare.partition("/")
    return sub == "*" and wanted.startswith(f"{kind}/")
