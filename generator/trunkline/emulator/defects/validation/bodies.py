"""Whole bodies that should be refused and are not, or are for a reason that is not theirs."""

from __future__ import annotations

from trunkline.emulator.defects.base import Defect
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import HttpRequest, HttpResponse, ValidationError
from trunkline.ir import ABSENT, Action, Api, Operation


class UpdatesUnchecked(Defect):
    """Bodies of updates are not checked at all."""

    rule = "Every operation checks its body"
    caught_by = ("type-enforced",)
    needs = frozenset({Action.UPDATE})

    def body_problems(self, call: Call, problems: list[ValidationError]) -> list[ValidationError]:
        return [] if call.compiled.action is Action.UPDATE and call.body is not ABSENT else problems


class EmptyBodyAccepted(Defect):
    """A missing body is taken for an empty object."""

    rule = "A required body is required"
    caught_by = ("body-required",)
    needs = frozenset({Action.CREATE})

    def body_problems(self, call: Call, problems: list[ValidationError]) -> list[ValidationError]:
        if call.body is ABSENT and problems:
            call.body = {}
            return []
        return problems


class MalformedJsonAccepted(Defect):
    """A body that is not JSON is taken for an empty update."""

    rule = "Malformed JSON is refused"
    caught_by = ("body-required",)
    needs = frozenset({Action.UPDATE})

    def received(self, operation: Operation, request: HttpRequest) -> HttpResponse | None:
        text = request.body.strip()
        if (
            operation.action is Action.UPDATE and text and text[:1] not in b'{["0123456789-tfn'
        ) or (operation.action is Action.UPDATE and text[:1] == b"{" and text[-1:] != b"}"):
            request.body = b"{}"
        return None


class AnyMediaTypeAccepted(Defect):
    """The media type of bodies is not looked at."""

    rule = "A body of an undocumented media type is refused"
    caught_by = ("media-type-refused",)
    needs = frozenset({Action.CREATE})

    def received(self, operation: Operation, request: HttpRequest) -> HttpResponse | None:
        body = operation.body
        if body is not None and body.contents:
            kept = [h for h in request.headers if h[0] != b"content-type"]
            wanted = body.contents[0].media_type.encode("ascii", "replace")
            request.change_headers([*kept, (b"content-type", wanted)])
        return None


class FaultBlamedOnAnother(Defect):
    """Errors point to a member that is not at fault."""

    rule = "An error names the member it is about"
    caught_by = ("error-points",)
    needs = frozenset({Action.CREATE})

    @classmethod
    def applies(cls, api: Api) -> bool:
        # Where the description does not say where errors hold the pointer, nobody can follow it.
        return "{pointer}" in repr(api.extensions.get("x-trunkline-errors")) and super().applies(
            api
        )

    def body_problems(self, call: Call, problems: list[ValidationError]) -> list[ValidationError]:
        return [
            ValidationError(f.detail, f.keyword, pointer="/data/attributes/other")
            if f.pointer
            else f
            for f in problems
        ]
