"""Servers that fall over, or say too little, when something unusual comes in."""

from __future__ import annotations

import re

from trunkline.emulator.defects.base import Defect, crash, edited, json_body, texts, values
from trunkline.emulator.http.messages import HttpRequest, HttpResponse
from trunkline.ir import Action, Api, Json, Operation
from trunkline.semantics.jsonvalue import get

_WRITES = (Action.CREATE, Action.UPDATE, Action.REPLACE)


class _Crash(Defect):
    """Falls over when a request is of a certain kind."""

    def hurts(self, operation: Operation, request: HttpRequest) -> bool:
        """Whether this request is one too many."""
        raise NotImplementedError

    def received(self, operation: Operation, request: HttpRequest) -> HttpResponse | None:
        return crash() if self.hurts(operation, request) else None

    @classmethod
    def applies(cls, api: Api) -> bool:
        return any(o.action in _WRITES for o in api.operations)


class CrashOnUnicode(_Crash):
    """Text outside ASCII in a body brings the server down."""

    rule = "No request is answered with a server error"
    caught_by = ("no-server-error", "text-survived")

    def hurts(self, operation: Operation, request: HttpRequest) -> bool:
        return any(not text.isascii() for text in texts(json_body(request)))


class CrashOnAstralCharacters(_Crash):
    """Characters beyond the Basic Multilingual Plane bring the server down."""

    rule = "No request is answered with a server error"
    caught_by = ("no-server-error", "text-survived")

    def hurts(self, operation: Operation, request: HttpRequest) -> bool:
        return any(max(map(ord, text), default=0) > 0xFFFF for text in texts(json_body(request)))


class CrashOnNul(_Crash):
    """A NUL character in a text brings the server down."""

    rule = "No request is answered with a server error"
    caught_by = ("no-server-error", "text-survived")

    def hurts(self, operation: Operation, request: HttpRequest) -> bool:
        return b"%00" in request.raw_path + request.query or any(
            "\0" in text for text in texts(json_body(request))
        )


class CrashOnEmptyText(_Crash):
    """Empty text in a body brings the server down."""

    rule = "No request is answered with a server error"
    caught_by = ("no-server-error",)

    def hurts(self, operation: Operation, request: HttpRequest) -> bool:
        return "" in texts(json_body(request))


class CrashOnQuote(_Crash):
    """An apostrophe in a text brings the server down."""

    rule = "No request is answered with a server error"
    caught_by = ("no-server-error", "text-survived")

    def hurts(self, operation: Operation, request: HttpRequest) -> bool:
        return any("'" in text for text in texts(json_body(request))) or b"'" in request.query


class CrashOnNull(_Crash):
    """A null in a body brings the server down."""

    rule = "No request is answered with a server error"
    caught_by = ("no-server-error",)

    def hurts(self, operation: Operation, request: HttpRequest) -> bool:
        body = json_body(request)
        return isinstance(body, dict) and None in values(body)


class CrashOnLargeNumbers(_Crash):
    """Numbers beyond 32 bits bring the server down."""

    rule = "No request is answered with a server error"
    caught_by = ("no-server-error", "numbers-survived")

    def hurts(self, operation: Operation, request: HttpRequest) -> bool:
        return any(
            isinstance(v, (int, float)) and abs(v) > 2**31 for v in values(json_body(request))
        )


class CrashOnNegativeNumbers(_Crash):
    """Numbers below zero bring the server down."""

    rule = "No request is answered with a server error"
    caught_by = ("no-server-error", "numbers-survived")

    def hurts(self, operation: Operation, request: HttpRequest) -> bool:
        return any(isinstance(v, (int, float)) and v < 0 for v in values(json_body(request)))


class CrashOnMalformedJson(_Crash):
    """A body that is not JSON brings the server down."""

    rule = "No request is answered with a server error"
    caught_by = ("no-server-error", "bodies-survived")

    def hurts(self, operation: Operation, request: HttpRequest) -> bool:
        text = request.body.strip()
        return bool(text) and text != b"null" and json_body(request) is None


class CrashOnOtherThanObjects(_Crash):
    """A JSON body that is not an object brings the server down."""

    rule = "No request is answered with a server error"
    caught_by = ("no-server-error",)

    def hurts(self, operation: Operation, request: HttpRequest) -> bool:
        body = json_body(request)
        return body is not None and not isinstance(body, dict)


class CrashOnMissingBody(_Crash):
    """A missing body brings the server down."""

    rule = "No request is answered with a server error"
    caught_by = ("no-server-error",)

    def hurts(self, operation: Operation, request: HttpRequest) -> bool:
        return operation.body is not None and operation.body.required and not request.body


class CrashOnUnknownMembers(_Crash):
    """A body with more than thirty members brings the server down."""

    rule = "No request is answered with a server error"
    caught_by = ("no-server-error", "bodies-survived")

    def hurts(self, operation: Operation, request: HttpRequest) -> bool:
        body = json_body(request)
        return isinstance(body, dict) and len(body) > 30


class CrashOnOtherMediaTypes(_Crash):
    """A body that is not announced as JSON brings the server down."""

    rule = "No request is answered with a server error"
    caught_by = ("no-server-error",)

    def hurts(self, operation: Operation, request: HttpRequest) -> bool:
        return bool(request.body) and b"json" not in (request.header(b"content-type") or b"")


class CrashOnLongIds(_Crash):
    """An id of more than a hundred characters brings the server down."""

    rule = "No request is answered with a server error"
    caught_by = ("no-server-error", "ids-survived")

    def hurts(self, operation: Operation, request: HttpRequest) -> bool:
        return "{" in operation.path and max(map(len, request.raw_path.split(b"/"))) > 100


class CrashOnStrangeIds(_Crash):
    """An id with percent-encoded characters brings the server down."""

    rule = "No request is answered with a server error"
    caught_by = ("no-server-error", "ids-survived")

    def hurts(self, operation: Operation, request: HttpRequest) -> bool:
        return b"%" in request.raw_path


class CrashOnUnknownIds(Defect):
    """An id that nothing has brings the server down."""

    rule = "An unknown id is answered with 404"
    caught_by = ("unknown-missing",)

    def rejected(
        self, operation: Operation | None, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        if response.status == 404 and operation is not None:
            return crash()
        return response


class CrashOnHighPages(_Crash):
    """A page number of five digits or more brings the server down."""

    rule = "No request is answered with a server error"
    caught_by = ("no-server-error", "query-survived")

    @classmethod
    def applies(cls, api: Api) -> bool:
        return any(o.pagination is not None and o.pagination.page for o in api.operations)

    def hurts(self, operation: Operation, request: HttpRequest) -> bool:
        return operation.action is Action.LIST and bool(re.search(rb"=\d{5}", request.query))


class CrashWithoutCredentials(_Crash):
    """A request without credentials brings the server down."""

    rule = "Requests without credentials are refused, not failed"
    caught_by = ("no-server-error",)

    @classmethod
    def applies(cls, api: Api) -> bool:
        return any(o.security and {} not in o.security for o in api.operations)

    def hurts(self, operation: Operation, request: HttpRequest) -> bool:
        return bool(operation.security) and request.header(b"authorization") is None


class AllowLeftOut(Defect):
    """405 does not say which methods are allowed."""

    rule = "405 comes with Allow"
    caught_by = ("allow-header",)

    def rejected(
        self, operation: Operation | None, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        response.headers = [h for h in response.headers if h[0] != b"allow"]
        return response


class UnknownMethodsWelcome(Defect):
    """Methods that a path does not have are answered with 200."""

    rule = "Methods that a path does not have are answered with 405"
    caught_by = ("method-refused",)

    def rejected(
        self, operation: Operation | None, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        if response.status == 405:
            return HttpResponse(200, b"{}", b"application/json", response.headers)
        return response


class UnknownPathsWelcome(Defect):
    """Paths that the API does not have are answered with 200."""

    rule = "Unknown paths are answered with 404"
    caught_by = ("path-refused",)

    def rejected(
        self, operation: Operation | None, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        if response.status == 404 and operation is None:
            return HttpResponse(200, b"{}", b"application/json", response.headers)
        return response


class DuplicateKeysAccepted(Defect):
    """Of two members of the same name, the last one counts."""

    rule = "A body that means different things to different parsers is refused"
    caught_by = ("body-unambiguous",)

    @classmethod
    def applies(cls, api: Api) -> bool:
        return any(o.action in _WRITES for o in api.operations)

    def received(self, operation: Operation, request: HttpRequest) -> HttpResponse | None:
        import json

        if request.body and json_body(request) is None:
            try:
                request.body = json.dumps(json.loads(request.body)).encode()
            except (ValueError, RecursionError):
                return None
        return None


class StackTraceShown(Defect):
    """Errors show where in the server's code they arose."""

    rule = "Errors show nothing of the server's inside"
    caught_by = ("errors-discreet",)

    def rejected(
        self, operation: Operation | None, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        def change(document: Json) -> Json:
            trace = 'Traceback (most recent call last):\n  File "/srv/app/main.py", line 1'
            if isinstance(document, dict):
                found = get(document, ("errors",))
                if isinstance(found, list) and found and isinstance(found[0], dict):
                    found[0]["detail"] = trace
                else:
                    document["message"] = trace
            return document

        return edited(response, change)
