"""Verdicts of Schemathesis that are not taken over: the wire or OpenAPI allows what it reports.

Each function says why its verdicts are left out. Everything else becomes a violation.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from trunkline import ir
from trunkline.contract.model import CONDITIONAL_HEADERS, plain_name, reads_deleted
from trunkline.contract.session import Session
from trunkline.ir import Json
from trunkline.semantics import credentials, jsonvalue, media, parameters, responses, schemas
from trunkline.semantics.paging import is_handed_out
from trunkline.semantics.validators import Validators

_EVENTS = "text/event-stream"
_TEXTUAL = ("text/", "application/octet-stream")
_OF_STATE = frozenset({402, 410, 412, 423, 424, 428, 429, 503})
"""Refusals that are about what is there, or when it is asked for, and not about the request."""
_CONTAINERS = frozenset({"object", "array"})
_JSON = (dict, list, str, int, float, bool, type(None))
_DEEPEST = 12
_NESTED = (dict, list)
_SEPARATORS = (",", "|", " ", "%20", ".", ";")


def is_overruled(
    session: Session,
    operation: ir.Operation | None,
    recorder: Any,
    case_id: str,
    node: Any,
) -> bool:
    """Whether the failed check `node` of a case is not a violation."""
    if node.name == "not_a_server_error" and _status(recorder, case_id) == 503:
        return True
    if _mere_hint(node) or _told_twice(node) or _unsendable(recorder, case_id, node.name):
        return True
    if operation is None:
        return False
    status = _status(recorder, case_id)
    if status is not None and session.is_excused(operation, status):
        return True
    if node.name == "status_code_conformance" and not operation.responses:
        return True  # no response at all is described
    case = recorder.cases[case_id].value
    if node.name == "response_schema_conformance" and (
        _is_text_of_events(session.api, operation, recorder, case_id)
        or _fits_by_us(session.validators, operation, recorder, case_id)
    ):
        return True
    if node.name == "use_after_free" and _is_marked_deleted(operation, recorder, case_id):
        return True
    if node.name == "positive_data_acceptance" and (
        _is_lost_in_form(case)
        or _is_refused_by_us(session.api, session.validators, operation, case)
        or _is_conditional(case)
        or keyed(operation, case)
        or _is_named(session.api, operation, recorder, case_id)
        or _is_json_patch(case)
        or _is_nothing(case)
        or _is_undefined_on_the_wire(session.api, operation, case)
        or _is_contested(session.api, operation, case)
        or _is_integer_with_fraction(session.api, operation, case)
        or _is_no_multiple_by_floats(session.api, operation, case)
        or _status(recorder, case_id) in _OF_STATE
        or _is_nobodys(session, case)
    ):
        return True
    if node.name == "negative_data_rejection":
        # 410, 413, 414, 431 … refuse as well as those that Schemathesis expects.
        status = _status(recorder, case_id)
        if status is not None and 400 <= status < 500:
            return True
        return _clears(case) or not _provable(session.api, session.validators, operation, case)
    return _invented(operation, case, node.name)


def _is_lost_in_form(case: Any) -> bool:
    """Whether a body is a form with something in it that texts under names do not carry: an empty
    list, null, an object, a list of other than texts."""
    return (
        _is_form(media.essence(str(case.media_type or "")))
        and isinstance(case.body, dict)
        and any(
            value is None
            or value == []
            or isinstance(value, dict)
            or (isinstance(value, list) and any(v is None or isinstance(v, _NESTED) for v in value))
            for value in case.body.values()
        )
    )


def _is_refused_by_us(
    api: ir.Api, validators: Validators, operation: ir.Operation, case: Any
) -> bool:
    """Whether a request breaks the description as the rest of the suite reads it: a schema that
    has properties is that of an object, whether it says so or not; ids that responses showed are
    put into parameters whose schemas do not allow them."""
    if any(
        parameter.name in given
        and not _is_in_pieces(api, parameter)
        and not any(
            validators.fits(parameter.schema, reading, "request")
            for reading in _readings(given[parameter.name])
        )
        for parameter, given in _given(operation, case)
    ):
        return True
    essence = media.essence(str(case.media_type or ""))
    content = media.describing(operation.body.contents, essence) if operation.body else None
    return (
        content is not None
        and content.schema is not None
        and media.is_json(essence)
        and isinstance(case.body, _JSON)
        and not validators.fits(content.schema, case.body, "request")
    )


def _is_conditional(case: Any) -> bool:
    """Whether a request depends on a state that was made up."""
    return any(str(name).lower() in CONDITIONAL_HEADERS for name in case.headers or {})


def _is_named(api: ir.Api, operation: ir.Operation, recorder: Any, case_id: str) -> bool:
    """Whether the caller chose the id of what was to be made: it may have been taken. Examples and
    small numbers come more than once."""
    if operation.method not in {"post", "put"}:
        return False
    resource = next((r for r in api.resources if r.name == operation.resource), None)
    wanted = {"id"}
    if resource is not None:
        wanted |= {plain_name(n) for n in (resource.id_member or ())[-1:]}
        wanted |= {plain_name(n) for path in resource.unique for n in path[-1:]}
        wanted |= {plain_name(resource.id_parameter)} if resource.id_parameter else set()
    return _holds(recorder.cases[case_id].value.body, wanted, 3)


def _holds(value: Any, names: set[str], depth: int) -> bool:
    if isinstance(value, list):
        return any(_holds(inner, names, depth) for inner in value[:5])
    if not isinstance(value, dict):
        return False
    return any(
        plain_name(str(name)) in names or (depth > 0 and _holds(inner, names, depth - 1))
        for name, inner in value.items()
    )


def _is_json_patch(case: Any) -> bool:
    """Whether a body is a JSON Patch: whether it applies depends on what is there (RFC 6902)."""
    return media.essence(str(case.media_type or "")) == media.JSON_PATCH


def _clears(case: Any) -> bool:
    """Whether a body is a merge patch with null in it: that takes a property away (RFC 7396)."""
    merges = media.essence(str(case.media_type or "")) == media.MERGE_PATCH
    return merges and _has_null(case.body)


def _has_null(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and any(map(_has_null, value.values())))


def _is_nothing(case: Any) -> bool:
    """Whether a body has no bytes: a file or a text with nothing in it is no body on the wire."""
    empty = isinstance(case.body, bytes | str) and not case.body
    return empty and not media.is_json(str(case.media_type or "application/json"))


def _is_no_multiple_by_floats(api: ir.Api, operation: ir.Operation, case: Any) -> bool:
    """Whether a number in a body is a multiple of its step, and is none as floats divide.

    65.21 / 0.01 is 6520.999…: by JSON Schema it is a multiple, for most servers it is not.
    """
    schema = responses.request_schema(operation)
    if schema is None or not isinstance(case.body, dict):
        return False
    for leaf in schemas.leaves(api.schemas, schema):
        shape = schemas.resolve(api.schemas, leaf.schema).shape
        value = jsonvalue.get(case.body, leaf.path)
        step = shape.multiple_of if isinstance(shape, ir.Number) else None
        if step and isinstance(value, float) and not (value / step).is_integer():
            return True
    return False


def _is_text_of_events(api: ir.Api, operation: ir.Operation, recorder: Any, case_id: str) -> bool:
    """Whether a stream of events is described as the text that it is: its events are not texts."""
    status = _status(recorder, case_id)
    response = responses.for_status(operation, status) if status is not None else None
    content = media.describing(response.contents, _EVENTS) if response is not None else None
    return (
        content is not None
        and content.schema is not None
        and media.essence(content.media_type) == _EVENTS
        and schemas.types(api.schemas, content.schema) == {"string"}
    )


def is_still_made(recorder: Any) -> bool:
    """Whether something is yet to be made: 202 shows no more than that it was asked for."""
    answers = [i.response for i in recorder.interactions.values() if i.response is not None]
    return any(answer.status_code == 202 for answer in answers)


def _is_marked_deleted(operation: ir.Operation, recorder: Any, case_id: str) -> bool:
    """Whether what is shown of a deleted object says that it was deleted."""
    interaction = recorder.interactions.get(case_id)
    answer = interaction.response if interaction is not None else None
    try:
        value = json.loads(answer.content) if answer is not None else None
    except (ValueError, RecursionError):
        return False
    return reads_deleted(jsonvalue.get(value, operation.payload))


def _fits_by_us(
    validators: Validators, operation: ir.Operation, recorder: Any, case_id: str
) -> bool:
    """Whether a JSON response fits its schema as the rest of the suite reads both: validators
    differ where a number is so large that it is written with an exponent."""
    interaction = recorder.interactions.get(case_id)
    answer = interaction.response if interaction is not None else None
    response = responses.for_status(operation, answer.status_code) if answer is not None else None
    kind = next(iter(answer.headers.get("content-type", [])), "") if answer is not None else ""
    content = media.describing(response.contents, kind) if response is not None else None
    if answer is None or content is None or content.schema is None:
        return False
    if not (media.is_json(kind) and media.is_json(content.media_type)):
        return False
    try:
        value = json.loads(answer.content)
    except (ValueError, RecursionError):
        return False
    return validators.fits(content.schema, value, "response")


def _is_contested(api: ir.Api, operation: ir.Operation, case: Any) -> bool:
    """Whether a name was sent that two parameters claim: a server has to choose one of them."""
    return any(
        parameter.name in given and parameters.is_contested(api.schemas, operation, parameter)
        for parameter, given in _given(operation, case)
    )


def _is_integer_with_fraction(api: ir.Api, operation: ir.Operation, case: Any) -> bool:
    """Whether an integer was written as `7.0`: one by JSON Schema, and none for servers that tell
    the types of numbers by how they are written."""
    schema = responses.request_schema(operation)
    if schema is not None and _has_fraction(api, schema, case.body):
        return True
    return any(
        isinstance(given.get(parameter.name), float)
        and "integer" in schemas.types(api.schemas, parameter.schema)
        and "number" not in schemas.types(api.schemas, parameter.schema)
        for parameter, given in _given(operation, case)
    )


def _has_fraction(api: ir.Api, schema: ir.Schema, value: Any, depth: int = 0) -> bool:
    if isinstance(value, float):
        allowed = schemas.types(api.schemas, schema)
        return "integer" in allowed and "number" not in allowed
    if depth > _DEEPEST:
        return False
    if isinstance(value, list):
        item = schemas.items(api.schemas, schema)
        return item is not None and any(_has_fraction(api, item, v, depth + 1) for v in value)
    if isinstance(value, dict):
        known = schemas.members(api.schemas, schema)
        return any(
            _has_fraction(api, known[name].schema, inner, depth + 1)
            for name, inner in value.items()
            if name in known
        )
    return False


def _given(operation: ir.Operation, case: Any) -> Iterator[tuple[ir.Parameter, Mapping[str, Any]]]:
    """The parameters of a case, each with everything that was sent where it stands."""
    for parameter in operation.parameters:
        given = {
            ir.ParameterLocation.QUERY: case.query,
            ir.ParameterLocation.HEADER: case.headers,
            ir.ParameterLocation.COOKIE: case.cookies,
            ir.ParameterLocation.PATH: case.path_parameters,
        }.get(parameter.location)
        yield parameter, given or {}


def _is_undefined_on_the_wire(api: ir.Api, operation: ir.Operation, case: Any) -> bool:
    """Whether a parameter was sent that OpenAPI does not say how to write: one that may hold lists
    or objects inside a list or an object."""
    for parameter, given in _given(operation, case):
        known = {p.name for p in operation.parameters if p.location is parameter.location}
        sent = [n for n in given if n == parameter.name or n not in known]
        if sent and parameter.media_type is None and _is_nested(api, parameter.schema):
            return True
    return False


def _is_nested(api: ir.Api, schema: ir.Schema) -> bool:
    known, inside = api.schemas, []
    if schemas.types(known, schema) & _CONTAINERS:
        inside = [member.schema for member in schemas.members(known, schema).values()]
        inside += [
            s
            for s in (schemas.additional(known, schema), schemas.items(known, schema))
            if s is not None
        ]
    return any(schemas.types(known, s) & _CONTAINERS for s in inside)


def _status(recorder: Any, case_id: str) -> int | None:
    interaction = recorder.interactions.get(case_id)
    response = interaction.response if interaction is not None else None
    return response.status_code if response is not None else None


def _is_nobodys(session: Session, case: Any) -> bool:
    """Whether a path names an object with an id that was made up: no schema says which exist.

    Where objects are found by another property than their id, it is not sure that they are so
    everywhere.
    """
    named = case.path_parameters or {}
    return any(
        place.name in named
        and not (
            place.collection is not None
            and session.observed(place.collection).path is None
            and session.safety.is_own_id(str(named[place.name]))
        )
        for place in session.safety.places(case.operation.path)
    )


def keyed(operation: ir.Operation | None, case: Any) -> bool:
    """Whether a request carried an idempotency key: a response that says `created` may be a replay.

    It may be from before the object was deleted. The checks on keys and `create-read` try this.
    """
    header = operation.idempotency.header if operation and operation.idempotency else None
    return header is not None and header in (case.headers or {})


def _mere_hint(node: Any) -> bool:
    """An unknown tag by itself: by OpenAPI a discriminator never changes whether a value is valid.

    The value's schema is checked all the same.
    """
    return type(node.failure_info.failure).__name__ == "DiscriminatorMismatch"


def _told_twice(node: Any) -> bool:
    """Whether another check tells the same: a failure of the server as a status that is not
    documented, a response without a media type as one that does not fit its schema."""
    failure = node.failure_info.failure
    status = getattr(failure, "status_code", None)
    return (
        node.name == "response_schema_conformance"
        and type(failure).__name__ == "MissingContentType"
    ) or (node.name == "status_code_conformance" and status is not None and status >= 500)


def _unsendable(recorder: Any, case_id: str, check: str) -> bool:
    """Whether a refusal is right because a header has a name that HTTP does not allow."""
    interaction = recorder.interactions.get(case_id)
    return (
        check == "positive_data_acceptance"
        and interaction is not None
        and not all(map(credentials.is_sendable, interaction.request.headers))
    )


def _invented(operation: ir.Operation, case: Any, check: str) -> bool:
    """Whether a refusal is right because a cursor was made up: schemas cannot say which exist."""
    if check != "positive_data_acceptance":
        return False
    given = {
        ir.ParameterLocation.QUERY: {*dict(case.query or {})},
        ir.ParameterLocation.HEADER: {name.lower() for name in case.headers or {}},
    }
    for parameter in operation.parameters:
        name = parameters.wire_name(parameter)
        if name in given.get(parameter.location, ()) and is_handed_out(operation, parameter):
            return True
    return _has_token(operation, case.body)


def _has_token(operation: ir.Operation, body: Any) -> bool:
    paging = operation.pagination
    if paging is None or paging.page is None or paging.location is not ir.PageLocation.BODY:
        return False
    return jsonvalue.get(body, tuple(paging.page.split("."))) is not None


def _provable(api: ir.Api, validators: Validators, operation: ir.Operation, case: Any) -> bool:
    """Whether the bytes of a request break the description, not only the value they came from.

    A number in a text body is that text, and one text for an array is an array of one. What breaks
    one member of a union may fit another.
    """
    if case.meta is None:
        return True
    data = case.meta.phase.data
    changed = {(m.parameter_location, m.parameter) for m in data.mutations}
    for place, name in changed or {(data.parameter_location, data.parameter)}:
        if place is None:
            return True
        if place.value == "body":
            if not _is_allowed(api, validators, operation, case):
                return True
        elif _broken(
            api,
            validators,
            operation,
            place.value,
            name,
            dict(getattr(case, place.container_name) or {}),
        ):
            return True
    return False


def _is_allowed(api: ir.Api, validators: Validators, operation: ir.Operation, case: Any) -> bool:
    """Whether a body is text on the wire, or a form of texts, and as such allowed, or fits as the
    rest of the suite reads the description: another member of a union, or without what is required
    and read-only."""
    essence = media.essence(str(case.media_type or ""))
    contents = operation.body.contents if operation.body else ()
    content = next((c for c in contents if media.essence(c.media_type) == essence), None)
    if content is None or type(case.body).__name__ == "NotSet":
        return False
    if essence.startswith(_TEXTUAL):
        return content.schema is None or validators.fits(content.schema, str(case.body), "request")
    if _is_lost_in_form(case):
        return True
    if _is_form(essence) and content.schema is not None and isinstance(case.body, dict):
        return _fits_as_form(api, validators, content.schema, case.body)
    if content.schema is None or not isinstance(case.body, _JSON):
        return False
    return validators.fits(content.schema, case.body, "request")


def _is_form(essence: str) -> bool:
    return media.is_form(essence) or media.kind(essence) is media.MediaKind.MULTIPART


def _fits_as_form(
    api: ir.Api, validators: Validators, schema: ir.Schema, body: dict[str, Any]
) -> bool:
    """Whether the texts that a form holds can be read as what the schema wants.

    Nothing says how null is written: as no text, as the word, or not at all.
    """
    known = schemas.members(api.schemas, schema)
    read: dict[str, Any] = {}
    for name, value in body.items():
        member = known.get(name)
        readings = [*_readings(value), *(["null"] if value is None else [])]
        if member is None:
            read[name] = readings[-1]
            continue
        fitting = [r for r in readings if validators.fits(member.schema, r, "request")]
        if not fitting and (value is not None or member.required):
            return False
        if fitting:
            read[name] = fitting[0]
    return validators.fits(schema, read, "request")


def _broken(
    api: ir.Api,
    validators: Validators,
    operation: ir.Operation,
    place: str,
    name: str | None,
    given: dict[str, Any],
) -> bool:
    """Whether one parameter cannot be read as what the description wants.

    So it is for every one that is missing under its own name: left out, or an object in pieces. One
    that nobody described breaks nothing.
    """
    here = [p for p in operation.parameters if p.location.value == place]
    if not any(p.name == name for p in here):
        return any(p.required and p.name not in given for p in here)
    for parameter in operation.parameters:
        own = parameter.location.value == place and parameter.name == name
        if own and name in given and not _is_in_pieces(api, parameter):
            readings = _readings(given[name])
            return not any(
                validators.fits(parameter.schema, reading, "request") for reading in readings
            )
    # An object in pieces that need not be there: what was sent are parameters nobody described.
    return not any(
        p.location.value == place and p.name == name and not p.required and _is_in_pieces(api, p)
        for p in operation.parameters
    )


def _is_in_pieces(api: ir.Api, parameter: ir.Parameter) -> bool:
    exploded = parameter.explode or parameter.style is ir.ParameterStyle.DEEP_OBJECT
    return exploded and "object" in schemas.types(api.schemas, parameter.schema)


def _readings(value: Json) -> list[Json]:
    """What a value may stand for once it is text: itself, a scalar, an array of scalars.

    Of a parameter that is given several times servers take one, the first or the last.
    """
    if isinstance(value, dict):
        return [value]
    if isinstance(value, list):
        single = [reading for one in value for reading in _readings(one)]
        return [value, *_readings(",".join(str(v) for v in value)), *single]
    text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    found: list[Json] = [value, *_scalars(text), *([s] for s in _scalars(text))]
    if not text:
        found.append([])
    for separator in _SEPARATORS:
        parts = text.split(separator)
        found += [[_scalars(part)[kind] for part in parts] for kind in (0, -1)]
    return found


def _scalars(text: str) -> list[Json]:
    """The text, and last what it most specially is: a number or a boolean."""
    found: list[Json] = [text]
    if text in {"true", "false"}:
        return [text, text == "true"]
    for convert in (float, int):
        try:
            found.append(convert(text))
        except ValueError:
            continue
    return found
