"""Error answers in the API's own shape: from the template in `x-trunkline-errors`, else from the
documented error schemas, else as problem details (RFC 9457)."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import cast

from trunkline.emulator.http.jsontext import dump
from trunkline.emulator.http.messages import Answer, Fault, Refusal
from trunkline.emulator.schemas.sampling import NoValue, Sampler
from trunkline.emulator.schemas.shapes import item, kinds, members
from trunkline.emulator.schemas.validation import Validators
from trunkline.ir import Api, Content, Json, Operation, Property, Response, Schema

_PLACEHOLDER = re.compile(r"\{(status|code|title|detail|pointer|parameter)\}")
_DEPTH = 6

_NAMES: Mapping[str, tuple[str, ...]] = {
    "status": ("status", "statuscode", "httpstatus", "httpcode", "statusnumber"),
    "code": ("code", "errorcode", "errorid", "errortype", "name", "type", "error"),
    "title": ("title", "summary", "statustext", "reason"),
    "detail": (
        "detail",
        "details",
        "message",
        "errormessage",
        "description",
        "errordescription",
        "msg",
        "moreinfo",
        "developermessage",
    ),
    "pointer": ("pointer", "path", "field", "location"),
    "parameter": ("parameter", "param"),
}


def is_json(media_type: str) -> bool:
    """Whether bodies of this media type are JSON texts."""
    bare = media_type.split(";", maxsplit=1)[0].strip().lower()
    return bare == "application/json" or bare.endswith(("+json", "/json")) or bare == "*/*"


def find_response(operation: Operation, status: int) -> Response | None:
    """The documented response for a status: exact, else its range, else `default`."""
    by_status = {response.status.upper(): response for response in operation.responses}
    for key in (str(status), f"{status // 100}XX", "DEFAULT"):
        if key in by_status:
            return by_status[key]
    return None


def choose_status(operation: Operation | None, preferred: Sequence[int]) -> int:
    """The first status that the operation documents by number, else by range or default, else
    the first."""
    if operation is not None:
        documented = {response.status for response in operation.responses}
        for status in preferred:
            if str(status) in documented:
                return status
    return preferred[0]


def json_content(response: Response | None) -> Content | None:
    """The first JSON media type of a response that has a schema."""
    if response is None:
        return None
    return next((c for c in response.contents if is_json(c.media_type) and c.schema), None)


class Errors:
    """Makes the error answers of one API."""

    def __init__(self, api: Api, validators: Validators, sampler: Sampler) -> None:
        self._api = api
        self._validators = validators
        self._sampler = sampler
        hint = api.extensions.get("x-trunkline-errors")
        self._hint: Mapping[str, Json] = hint if isinstance(hint, dict) else {}
        self._common = self._most_common(api.operations)
        status = self._hint.get("validation_status")
        self.validation: tuple[int, ...] = (422, 400)
        if isinstance(status, int):
            self.validation = (status, *(s for s in self.validation if s != status))

    @staticmethod
    def _most_common(operations: Iterable[Operation]) -> Content | None:
        counted: Counter[str] = Counter()
        kept: dict[str, Content] = {}
        for operation in operations:
            for response in operation.responses:
                if response.status.startswith(("4", "5")) or response.status == "default":
                    content = json_content(response)
                    if content is not None and content.schema is not None:
                        key = repr(content.schema.shape)
                        counted[key] += 1
                        kept.setdefault(key, content)
        return kept[counted.most_common(1)[0][0]] if counted else None

    def answer(self, operation: Operation | None, refusal: Refusal) -> Answer:
        """The error answer to a refused request."""
        status = choose_status(operation, refusal.preferred)
        faults = refusal.faults or (Fault(HTTPStatus(status).phrase, ""),)
        headers = list(refusal.headers)
        if operation is not None:
            documented = find_response(operation, status)
            if documented is not None:
                content = json_content(documented)
                if content is None:
                    if documented.contents:
                        return self._other(documented.contents[0], status, faults, headers)
                    return Answer(status, b"", None, headers)
                return self._answer(content, status, faults, headers)
        if self._common is not None:
            return self._answer(self._common, status, faults, headers)
        body = self._filled_template(status, faults)
        if body is None:
            problem: Json = {
                "type": "about:blank",
                "title": HTTPStatus(status).phrase,
                "status": status,
                "detail": faults[0].detail,
            }
            return Answer(status, dump(problem), b"application/problem+json", headers, problem)
        return Answer(status, dump(body), b"application/json", headers, body)

    def _other(
        self,
        content: Content,
        status: int,
        faults: Sequence[Fault],
        headers: list[tuple[bytes, bytes]],
    ) -> Answer:
        text = "; ".join(fault.detail for fault in faults)
        return Answer(status, text.encode(), content.media_type.encode("ascii", "replace"), headers)

    def _answer(
        self,
        content: Content,
        status: int,
        faults: Sequence[Fault],
        headers: list[tuple[bytes, bytes]],
    ) -> Answer:
        assert content.schema is not None
        document = self.document(content.schema, status, faults)
        media = content.media_type if content.media_type != "*/*" else "application/json"
        return Answer(status, dump(document), media.encode("ascii", "replace"), headers, document)

    def document(self, schema: Schema, status: int, faults: Sequence[Fault]) -> Json:
        """An error body that fits `schema` and says as much as it allows."""
        fits = self._validators.check(schema, "response")
        attempts = [self._filled_template(status, faults)]
        attempts.append(_numbers(attempts[0]))
        for attempt in attempts:
            if attempt is not None and fits(attempt):
                return attempt
        built = self._built(schema, status, faults, 0)
        if fits(built):
            return built
        first = self._built(schema, status, faults[:1], 0)
        if fits(first):
            return first
        try:
            return self._sampler.sample(schema, random.Random(status), minimal=True)  # noqa: S311
        except NoValue:
            return built

    # From the template.

    def _words(self, status: int, fault: Fault) -> dict[str, str]:
        phrase = HTTPStatus(status).phrase
        codes = self._hint.get("codes")
        titles = self._hint.get("titles")
        code = codes.get(str(status)) if isinstance(codes, dict) else None
        title = titles.get(str(status)) if isinstance(titles, dict) else None
        return {
            "status": str(status),
            "code": str(code if code is not None else status),
            "title": str(title if title is not None else phrase),
            "detail": fault.detail,
            "pointer": fault.pointer or "",
            "parameter": fault.parameter or "",
        }

    def _filled_template(self, status: int, faults: Sequence[Fault]) -> Json:
        if "body" not in self._hint:
            return None
        words = [self._words(status, fault) for fault in faults]
        return _fill(self._hint["body"], words)

    # From the schema.

    def _built(self, schema: Schema, status: int, faults: Sequence[Fault], depth: int) -> Json:
        allowed = kinds(self._api, schema)
        words = self._words(status, faults[0])
        if "object" in allowed:
            result: dict[str, Json] = {}
            for prop in members(self._api, schema):
                value = self._member(prop, status, faults, depth)
                empty = value is None or (value in ({}, []) and not prop.required)
                if not empty and self._validators.fits(prop.schema, value, "response"):
                    result[prop.name] = value
                elif prop.required:
                    result[prop.name] = self._sample(prop.schema)
            return result
        if "array" in allowed:
            inner = item(self._api, schema)
            if inner is None or depth > _DEPTH:
                return []
            return [self._built(inner, status, [fault], depth + 1) for fault in faults]
        if "string" in allowed:
            return words["detail"]
        return self._sample(schema)

    def _member(self, prop: Property, status: int, faults: Sequence[Fault], depth: int) -> Json:
        allowed = kinds(self._api, prop.schema)
        plain = re.sub(r"[^a-z]", "", prop.name.lower())
        words = self._words(status, faults[0])
        meaning = next((key for key, names in _NAMES.items() if plain in names), None)
        scalar = not ({"object", "array"} & allowed)
        if meaning is not None and (scalar or "string" in allowed):
            text = words[meaning]
            options: list[Json] = [text] if "string" in allowed else []
            if "integer" in allowed:
                options.append(int(text) if text.isdigit() else status)
            fits = self._validators.check(prop.schema, "response")
            for option in options:
                if option != "" and fits(option):
                    return option
            return None
        if scalar or depth > _DEPTH:
            return None
        if prop.required or plain in ("errors", "error", "source"):
            return self._built(prop.schema, status, faults, depth + 1)
        return None

    def _sample(self, schema: Schema) -> Json:
        try:
            return self._sampler.sample(schema, random.Random(0), minimal=True)  # noqa: S311
        except NoValue:
            return None


def _fill(template: Json, faults: Sequence[Mapping[str, str]]) -> Json:
    """The template with placeholders replaced; a list of one element that speaks of faults is
    repeated for each; members that come out empty are left out."""
    words = faults[0]
    if isinstance(template, str):
        return _PLACEHOLDER.sub(lambda hit: words[hit[1]], template)
    if isinstance(template, list):
        if len(template) == 1 and _PLACEHOLDER.search(dump(template[0]).decode()):
            return [_fill(template[0], [fault]) for fault in faults]
        return [_fill(element, faults) for element in template]
    if isinstance(template, dict):
        filled = {name: _fill(value, faults) for name, value in template.items()}
        return {
            name: value
            for name, value in filled.items()
            if value not in ("", {}, []) or template[name] == value
        }
    return template


def _numbers(document: Json) -> Json:
    """The same document with texts that are whole numbers as numbers."""
    if isinstance(document, dict):
        return {name: _numbers(value) for name, value in document.items()}
    if isinstance(document, list):
        return [_numbers(value) for value in document]
    if isinstance(document, str) and document.isdigit():
        return cast(Json, int(document))
    return document
