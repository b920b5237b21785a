"""Error responses in the API's own shape: from the template in `x-trunkline-errors`, else from the
documented error schemas, else as problem details (RFC 9457)."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import cast

from trunkline.emulator.http.jsontext import dump
from trunkline.emulator.http.messages import HttpError, HttpResponse, ValidationError
from trunkline.emulator.schemas.sampling import NoValue, Sampler
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.ir import Api, Content, Json, Operation, Response, Schema
from trunkline.semantics.media import json_content
from trunkline.semantics.responses import for_status, success
from trunkline.semantics.schemas import Member

_PLACEHOLDER = re.compile(r"\{(status|code|title|detail|pointer|parameter)\}")
_DEPTH = 6
_REASON = b"x-trunkline-reason"

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


def choose_status(operation: Operation | None, preferred: Sequence[int]) -> int:
    """The first status that the operation documents by number, else by range or default, else
    the first."""
    if operation is not None:
        documented = {response.status for response in operation.responses}
        for status in preferred:
            if str(status) in documented:
                return status
    return preferred[0]


def _json_content(response: Response | None) -> Content | None:
    content = json_content(response.contents) if response is not None else None
    return content if content is not None and content.schema is not None else None


class ErrorResponses:
    """Makes the error responses of one API."""

    def __init__(self, api: Api, schemas: Schemas, sampler: Sampler) -> None:
        self._api = api
        self._schemas = schemas
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
            succeeds = success(operation)
            for response in operation.responses:
                # What is the only response described is no error.
                default = response.status == "default" and response is not succeeds
                if response.status.startswith(("4", "5")) or default:
                    content = _json_content(response)
                    if content is not None and content.schema is not None:
                        key = repr(content.schema.shape)
                        counted[key] += 1
                        kept.setdefault(key, content)
        return kept[counted.most_common(1)[0][0]] if counted else None

    def response(self, operation: Operation | None, http_error: HttpError) -> HttpResponse:
        """The error response to a refused request. Where its body has no place for the reason, a
        header says it."""
        found = self._response_to(operation, http_error)
        found.reason = "; ".join(problem.detail for problem in http_error.problems)
        if http_error.problems and not self._is_said(http_error.problems[0].detail, found.body):
            text = found.reason[:500].encode("latin-1", "replace")
            shown = bytes(byte if 0x20 <= byte != 0x7F else 0x20 for byte in text)
            found.headers.append((_REASON, shown))
        return found

    @staticmethod
    def _is_said(detail: str, body: bytes) -> bool:
        return dump(detail)[1:-1] in body or detail.encode() in body

    def _response_to(self, operation: Operation | None, http_error: HttpError) -> HttpResponse:
        status = choose_status(operation, http_error.preferred)
        problems = http_error.problems or (ValidationError(HTTPStatus(status).phrase, ""),)
        headers = list(http_error.headers)
        if operation is not None:
            documented = for_status(operation, status)
            if documented is not None:
                content = _json_content(documented)
                if content is None:
                    if documented.contents:
                        return self._other(documented.contents[0], status, problems, headers)
                    return HttpResponse(status, b"", None, headers)
                return self._response(content, status, problems, headers)
        if self._common is not None:
            return self._response(self._common, status, problems, headers)
        body = self._filled_template(status, problems)
        if body is None:
            problem: Json = {
                "type": "about:blank",
                "title": HTTPStatus(status).phrase,
                "status": status,
                "detail": problems[0].detail,
            }
            return HttpResponse(
                status, dump(problem), b"application/problem+json", headers, problem
            )
        return HttpResponse(status, dump(body), b"application/json", headers, body)

    def _other(
        self,
        content: Content,
        status: int,
        problems: Sequence[ValidationError],
        headers: list[tuple[bytes, bytes]],
    ) -> HttpResponse:
        text = "; ".join(problem.detail for problem in problems)
        return HttpResponse(
            status, text.encode(), content.media_type.encode("ascii", "replace"), headers
        )

    def _response(
        self,
        content: Content,
        status: int,
        problems: Sequence[ValidationError],
        headers: list[tuple[bytes, bytes]],
    ) -> HttpResponse:
        assert content.schema is not None
        document = self.document(content.schema, status, problems)
        media = content.media_type if content.media_type != "*/*" else "application/json"
        return HttpResponse(
            status, dump(document), media.encode("ascii", "replace"), headers, document
        )

    def document(self, schema: Schema, status: int, problems: Sequence[ValidationError]) -> Json:
        """An error body that fits `schema` and says as much as it allows."""
        fits = self._schemas.check(schema, "response")
        attempts = [self._filled_template(status, problems)]
        attempts.append(_numbers(attempts[0]))
        for attempt in attempts:
            if attempt is not None and fits(attempt):
                return attempt
        built = self._built(schema, status, problems, 0)
        if fits(built):
            return built
        first = self._built(schema, status, problems[:1], 0)
        if fits(first):
            return first
        try:
            return self._sampler.sample(schema, random.Random(status), minimal=True)  # noqa: S311
        except NoValue:
            return built

    # From the template.

    def _words(self, status: int, problem: ValidationError) -> dict[str, str]:
        phrase = HTTPStatus(status).phrase
        codes = self._hint.get("codes")
        titles = self._hint.get("titles")
        code = codes.get(str(status)) if isinstance(codes, dict) else None
        title = titles.get(str(status)) if isinstance(titles, dict) else None
        return {
            "status": str(status),
            "code": str(code if code is not None else status),
            "title": str(title if title is not None else phrase),
            "detail": problem.detail,
            "pointer": problem.pointer or "",
            "parameter": problem.parameter or "",
        }

    def _filled_template(self, status: int, problems: Sequence[ValidationError]) -> Json:
        if "body" not in self._hint:
            return None
        words = [self._words(status, problem) for problem in problems]
        return _fill(self._hint["body"], words)

    # From the schema.

    def _built(
        self, schema: Schema, status: int, problems: Sequence[ValidationError], depth: int
    ) -> Json:
        allowed = self._schemas.types(schema)
        words = self._words(status, problems[0])
        if "object" in allowed:
            result: dict[str, Json] = {}
            for prop in self._schemas.properties(schema):
                value = self._member(prop, status, problems, depth)
                empty = value is None or (value in ({}, []) and not prop.required)
                if not empty and self._schemas.fits(prop.schema, value, "response"):
                    result[prop.name] = value
                elif prop.required:
                    result[prop.name] = self._sample(prop.schema)
            return result
        if "array" in allowed:
            inner = self._schemas.items(schema)
            if inner is None or depth > _DEPTH:
                return []
            return [self._built(inner, status, [problem], depth + 1) for problem in problems]
        if "string" in allowed:
            return words["detail"]
        return self._sample(schema)

    def _member(
        self, prop: Member, status: int, problems: Sequence[ValidationError], depth: int
    ) -> Json:
        allowed = self._schemas.types(prop.schema)
        plain = re.sub(r"[^a-z]", "", prop.name.lower())
        words = self._words(status, problems[0])
        meaning = next((key for key, names in _NAMES.items() if plain in names), None)
        scalar = not ({"object", "array"} & allowed)
        if meaning is not None and (scalar or "string" in allowed):
            text = words[meaning]
            options: list[Json] = [text] if "string" in allowed else []
            if "integer" in allowed:
                options.append(int(text) if text.isdigit() else status)
            fits = self._schemas.check(prop.schema, "response")
            for option in options:
                if option != "" and fits(option):
                    return option
            return None
        if scalar or depth > _DEPTH:
            return None
        if prop.required or plain in ("errors", "error", "source"):
            return self._built(prop.schema, status, problems, depth + 1)
        return None

    def _sample(self, schema: Schema) -> Json:
        try:
            return self._sampler.sample(schema, random.Random(0), minimal=True)  # noqa: S311
        except NoValue:
            return None


def _fill(template: Json, problems: Sequence[Mapping[str, str]]) -> Json:
    """The template with placeholders replaced; a list of one element that speaks of errors is
    repeated for each; members that come out empty are left out."""
    words = problems[0]
    if isinstance(template, str):
        return _PLACEHOLDER.sub(lambda hit: words[hit[1]], template)
    if isinstance(template, list):
        if len(template) == 1 and _PLACEHOLDER.search(dump(template[0]).decode()):
            return [_fill(template[0], [problem]) for problem in problems]
        return [_fill(element, problems) for element in template]
    if isinstance(template, dict):
        filled = {name: _fill(value, problems) for name, value in template.items()}
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
