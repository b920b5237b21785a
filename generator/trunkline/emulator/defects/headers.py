"""Headers left out, wrong, or not listened to."""

from __future__ import annotations

from trunkline.emulator.defects.base import Defect
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import HttpRequest, HttpResponse
from trunkline.emulator.resources.resource_plan import success
from trunkline.ir import Action, Api, Operation


def _success_headers(operation: Operation) -> set[bytes]:
    _, response = success(operation)
    return {h.name.lower().encode() for h in response.headers if h.required} if response else set()


class HeadersLeftOut(Defect):
    """Answers come without the headers they are documented to have."""

    rule = "Documented headers are there"
    caught_by = ("headers-documented",)

    @classmethod
    def applies(cls, api: Api) -> bool:
        return any(map(_success_headers, api.operations))

    def responded(self, call: Call, response: HttpResponse) -> HttpResponse:
        lost = _success_headers(call.operation)
        kept = [(name, value) for name, value in response.headers if name not in lost]
        return HttpResponse(response.status, response.body, response.media_type, kept)


class LocationElsewhere(Defect):
    """The Location of a new object leads to an object that does not exist."""

    rule = "Location leads to the new object"
    caught_by = ("location-leads",)

    @classmethod
    def applies(cls, api: Api) -> bool:
        return any(
            o.action is Action.CREATE and b"location" in _success_headers(o) for o in api.operations
        )

    def responded(self, call: Call, response: HttpResponse) -> HttpResponse:
        headers = [
            (name, value + b"0" if name == b"location" else value)
            for name, value in response.headers
        ]
        return HttpResponse(response.status, response.body, response.media_type, headers)


class AcceptTakenLiterally(Defect):
    """Callers that accept JSON by a range, or beside something else, are refused."""

    rule = "What the caller accepts is answered, or refused with 406"
    caught_by = ("accept-honoured",)
    needs = frozenset({Action.LIST})

    def received(self, operation: Operation, request: HttpRequest) -> HttpResponse | None:
        if request.header(b"accept") in {None, b"*/*", b"application/json"}:
            return None
        return HttpResponse(406, b'{"detail": "no"}', b"application/json")


class CharsetRefused(Defect):
    """JSON with a charset parameter is refused as another media type."""

    rule = "JSON with a charset parameter is JSON"
    caught_by = ("charset-accepted",)
    needs = frozenset({Action.CREATE})

    def received(self, operation: Operation, request: HttpRequest) -> HttpResponse | None:
        if b"charset" in (request.header(b"content-type") or b""):
            return HttpResponse(415, b'{"detail": "not JSON"}', b"application/json")
        return None


class ChallengeLeftOut(Defect):
    """A request without credentials is refused without a word on how to log in."""

    rule = "A 401 says how to log in"
    caught_by = ("challenge-sent",)

    @classmethod
    def applies(cls, api: Api) -> bool:
        return any(o.security and {} not in o.security for o in api.operations)

    def rejected(
        self, operation: Operation | None, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        kept = [(name, v) for name, v in response.headers if name.lower() != b"www-authenticate"]
        return HttpResponse(response.status, response.body, response.media_type, kept)


class DatesAsWords(Defect):
    """Responses say since when nothing has changed in words of their own."""

    rule = "Headers that HTTP defines have the form that HTTP gives them"
    caught_by = ("headers-formed",)

    def responded(self, call: Call, response: HttpResponse) -> HttpResponse:
        headers = [*response.headers, (b"last-modified", b"a while ago")]
        return HttpResponse(response.status, response.body, response.media_type, headers)


class UpgradeUnnamed(Defect):
    """What is not described is refused with 426, without a word on what to change to."""

    rule = "A status comes with what HTTP says of it"
    caught_by = ("status-consistent",)
    needs = frozenset({Action.CREATE, Action.RETRIEVE})

    def rejected(
        self, operation: Operation | None, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        status = 426 if response.status == 404 and operation is not None else response.status
        return HttpResponse(status, response.body, response.media_type, response.headers)


class HeadOfAnotherType(Defect):
    """HEAD says that GET would answer with text."""

    rule = "HEAD is answered as GET is, without the body"
    caught_by = ("head-same",)
    needs = frozenset({Action.CREATE, Action.RETRIEVE})

    def responded(self, call: Call, response: HttpResponse) -> HttpResponse:
        if call.request.method != "HEAD" or response.media_type is None:
            return response
        return HttpResponse(response.status, response.body, b"text/plain", response.headers)
