# Copied by Trunkline from its tested runtime; generating again replaces this file.
"""From an answer to the value it holds, or to the exception it is."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from types import GenericAlias
from typing import Any

import httpx2
from pydantic import TypeAdapter, ValidationError

from .decode import Decoder, load_json, problems, text_of, walk
from .errors import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    ResponseValidationError,
    status_class,
    summary,
)
from .guards import is_list
from .logs import bare_url
from .operation import Operation
from .service import Service
from .unset import UNSET


class Answers:
    """The part of a client that reads answers."""

    _service: Service
    _strict: bool
    _log: logging.Logger
    _warned: set[str]

    def _request_id(self, response: httpx2.Response) -> str | None:
        for name in self._service.request_id_headers:
            found = response.headers.get(name)
            if found is not None:
                return found
        return None

    def _decoder(self, operation: Operation[Any], status: int, *, items: bool) -> Decoder | None:
        """What decodes a success with this status; None for a body that is not described."""
        key = (status, items)
        if key in operation.decoders:
            found: Decoder | None = operation.decoders[key]
            return found
        type_ = _for_status(operation.responses, status)
        if type_ is UNSET and operation.responses:
            type_ = next((t for t in operation.responses.values() if t is not None), None)
        decoder = None
        if type_ is not None and type_ is not UNSET:
            wanted = GenericAlias(list, (type_,)) | None if items else type_
            decoder = Decoder(wanted, operation.payload)
        operation.decoders[key] = decoder
        return decoder

    def _parse(self, operation: Operation[Any], response: httpx2.Response) -> Any:
        """The value of a success; raises `ResponseValidationError`."""
        decoder = self._decoder(operation, response.status_code, items=False)
        if decoder is None:
            return None
        content = response.content
        type_ = decoder.type_
        if operation.others and not _is_json(response):
            return self._other(operation, response)
        if type_ is bytes:
            return content
        if type_ is str and not _is_json(response):
            return text_of(response)
        if not content:
            self._empty(operation, response, decoder)
            return None
        try:
            value = decoder(content)
        except ValidationError as error:
            return self._misfit(operation, response, decoder, error)[0]
        if value is None:
            self._raise_failure(operation, response)
        return value

    @staticmethod
    def _other(operation: Operation[Any], response: httpx2.Response) -> str | bytes:
        """A body that is not JSON, where the description has several media types."""
        essence = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        is_text = essence.startswith("text/") or essence.endswith(("xml", "csv"))
        if bytes in operation.others and not (is_text and str in operation.others):
            return response.content
        return text_of(response)

    @staticmethod
    def _raise_failure(operation: Operation[Any], response: httpx2.Response) -> None:
        failure = operation.failure(response)
        if failure is not None:
            raise failure from None

    def _parse_page(
        self, operation: Operation[Any], response: httpx2.Response
    ) -> tuple[list[Any], Any]:
        """The items of a page, and the body they came in."""
        decoder = self._decoder(operation, response.status_code, items=True)
        if decoder is None or not response.content:
            self._empty(operation, response, decoder)
            return [], None
        try:
            document = decoder.document(response.content)
            items = document if not decoder.payload else walk(document, decoder.payload)
        except ValidationError as error:
            items, document = self._misfit(operation, response, decoder, error)
        if items is None:
            return [], document
        if not is_list(items):
            place = ".".join(decoder.payload) or "the body"
            raise ResponseValidationError(
                f"{operation.id}: the answer ({response.status_code}) is not as described: "
                f"{place} is not a list",
                response=response,
                request_id=self._request_id(response),
            )
        return items, document

    def _empty(
        self, operation: Operation[Any], response: httpx2.Response, decoder: Decoder | None
    ) -> None:
        """A body that is not there: an error, unless the description allows there to be none."""
        if decoder is not None and decoder.allows_none:
            return
        raise ResponseValidationError(
            f"{operation.id}: {response.status_code} with an empty body",
            response=response,
            request_id=self._request_id(response),
        )

    def _warn(self, operation: Operation[Any], message: str) -> None:
        """Log what is wrong with an answer: once per operation as a warning, then for debugging."""
        level = logging.DEBUG if operation.id in self._warned else logging.WARNING
        self._warned.add(operation.id)
        self._log.log(level, "%s", message)

    def _misfit(
        self,
        operation: Operation[Any],
        response: httpx2.Response,
        decoder: Decoder,
        error: ValidationError,
    ) -> tuple[Any, Any]:
        """The value as far as it fits; raises where that is not allowed, or not possible."""
        self._raise_failure(operation, response)
        found = problems(error)
        listed = "; ".join(f"{place}: {what}" for place, what in found[:5])
        message = (
            f"{operation.id}: the answer ({response.status_code}) is not as described: {listed}"
        )
        if not self._strict:
            try:
                lenient = decoder.lenient(response.content)
            except ValueError:
                pass
            else:
                self._warn(operation, message)
                return lenient
        raise ResponseValidationError(
            message, response=response, errors=found, request_id=self._request_id(response)
        ) from None

    def _error(
        self, operation: Operation[Any], response: httpx2.Response, attempts: int
    ) -> APIStatusError:
        """The exception for an answer that is not a success; the body has been read."""
        document: Any = None
        body: Any = None
        content = response.content
        if content:
            try:
                document = body = load_json(content)
            except ValueError:
                document = body = text_of(response)
            type_ = _for_status(operation.errors, response.status_code)
            if type_ is not UNSET and type_ is not None and document is not None:
                try:
                    body = TypeAdapter(type_).validate_json(content)
                except ValueError:
                    body = document
        said = summary(document) if _is_json(response) else ""
        request = response.request
        message = f"{response.status_code} {response.reason_phrase}".strip()
        message += f" from {request.method} {bare_url(request.url)}"
        request_id = self._request_id(response)
        if said:
            message += f": {said}"
        if request_id is not None:
            message += f" (request {request_id})"
        return status_class(response.status_code)(
            message, response=response, body=body, request_id=request_id, attempts=attempts
        )

    def _failure(
        self, error: Exception, request: httpx2.Request, attempts: int
    ) -> APIConnectionError:
        """The exception for a request that got no answer."""
        target = f"{request.method} {bare_url(request.url)}"
        tried = "" if attempts == 1 else f" after {attempts} attempts"
        if isinstance(error, httpx2.TimeoutException):
            phases: dict[type[Exception], str] = {
                httpx2.ConnectTimeout: "connecting",
                httpx2.ReadTimeout: "waiting for the answer",
                httpx2.WriteTimeout: "sending",
                httpx2.PoolTimeout: "waiting for a free connection",
            }
            phase = phases.get(type(error), "waiting")
            return APITimeoutError(
                f"{target}: timed out while {phase}{tried}", request=request, attempts=attempts
            )
        said = str(error) or type(error).__name__
        return APIConnectionError(f"{target}: {said}{tried}", request=request, attempts=attempts)


def _for_status(table: Mapping[str, Any] | None, status: int) -> Any:
    """The entry for a status: exact, by range, or `default`; `UNSET` where there is none."""
    if table is None:
        return UNSET
    for key in (str(status), f"{status // 100}XX", f"{status // 100}xx", "default"):
        if key in table:
            return table[key]
    return UNSET


def _is_json(response: httpx2.Response) -> bool:
    essence = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return essence.endswith(("/json", "+json")) or "json" in essence
