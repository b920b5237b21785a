"""What stands under an address of its own without being an object: files, texts and plain values
that are put and got, marks that are set and taken away."""

from __future__ import annotations

from trunkline.emulator.decoding.bodies import UploadedFile
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.jsontext import parse
from trunkline.emulator.http.messages import HttpResponse
from trunkline.emulator.operations.contents import Contents, download
from trunkline.emulator.operations.objects import StoredObjects
from trunkline.emulator.operations.responses import Responses
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.compiled import Outcome
from trunkline.emulator.storage.records import Scope
from trunkline.ir import ABSENT
from trunkline.semantics.media import MediaKind, is_json, kind
from trunkline.semantics.responses import for_status


class HeldValues:
    """Keeps such values. `Place` is whose they are; the name is what the path says after it."""

    def __init__(
        self,
        services: Services,
        objects: StoredObjects,
        responses: Responses,
        contents: Contents,
    ) -> None:
        self._schemas = services.schemas
        self._resources = services.resources
        self._objects = objects
        self._responses = responses
        self._contents = contents

    def at_address(self, call: Call) -> HttpResponse | None:
        """What an operation does to the value under its own address; None where none can be."""
        name = call.request.raw_path.decode("latin-1")
        return self.carry_out(call, Scope(call.account.name), name, alone=True)

    def carry_out(
        self, call: Call, place: Scope, name: str, *, alone: bool = False
    ) -> HttpResponse | None:
        """What an operation does to a value that belongs to `place`; None where its path holds
        none. `alone`: it belongs to no object. Raises `HttpError`."""
        operation = call.operation
        is_mark = self._resources.is_mark(operation.path)
        if not is_mark and not self._resources.is_file(operation.path):
            return None
        known = self._contents.at(place, name)
        method = operation.method
        if method == "put":
            given = UploadedFile(call.request.body, "", call.media_type or None)
            self._contents.keep(place, name, given)
            wanted = (201,) if known is None else (200, 204)
            outcome = call.compiled.outcome(*wanted)
            return self._shown(call, outcome, given) or self._responses.described(
                call, outcome=outcome
            )
        if method == "delete":
            self._contents.drop(place, name)
            if known is None and not is_mark:
                raise self._objects.missing(name)
            return self._responses.described(call)
        if method != "get":
            return None
        outcome = call.compiled.usual
        if known is None:
            documented = for_status(operation, 404) is not None
            if documented if is_mark else alone and self._is_missed(call, outcome):
                raise self._objects.missing(name)
            return None
        return self._shown(call, outcome, known) or self._responses.described(call)

    def _is_missed(self, call: Call, outcome: Outcome) -> bool:
        """Whether there is nothing to show of what was never put: one file of many."""
        shown = self._responses.chosen(call, outcome)
        is_file = shown is not None and not is_json(shown.content.media_type)
        return is_file and "{" in call.operation.path

    def _shown(self, call: Call, outcome: Outcome, held: UploadedFile) -> HttpResponse | None:
        """The value itself, where the response describes it."""
        shown = self._responses.chosen(call, outcome)
        if shown is None:
            return None
        schema = shown.content.schema
        if shown.is_json:
            fits = bool(held.data) and is_json(held.content_type or "")
            fits = fits and (
                schema is None or self._schemas.fits(schema, parse(held.data), "response")
            )
            return (
                HttpResponse(outcome.status, held.data, shown.media_type, list(outcome.headers))
                if fits
                else None
            )
        if call.body is ABSENT or kind(shown.content.media_type) is not MediaKind.JSON:
            return download(call, held, shown.media_type, outcome.status)
        return None
