"""Which response a status means, and what a success is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from trunkline import ir
from trunkline.semantics.media import is_json, json_content
from trunkline.semantics.schemas import descend, items, resolve, types

_ID_SAID: Final = re.compile(
    r"(the )?((new|newly|created|unique|generated|assigned) )*(\w+ ){0,2}(id|identifier)\b",
    re.IGNORECASE,
)
"""What a text is that is described as an id: "The id of the new shelf", "Shelf identifier"."""


def for_status(operation: ir.Operation, status: int) -> ir.Response | None:
    """The response that describes a status code: the code itself, its range (`4XX`), `default`;
    None where the description says nothing about it."""
    by_status = {response.status.upper(): response for response in operation.responses}
    for key in (str(status), f"{status // 100}XX", "DEFAULT"):
        if key in by_status:
            return by_status[key]
    return None


def successes(operation: ir.Operation) -> tuple[ir.Response, ...]:
    """The responses with a status in the 200s in the order described; `default` alone where no
    such status is described."""
    found = tuple(r for r in operation.responses if r.is_success)
    return found or tuple(r for r in operation.responses if r.status == "default")


def success(operation: ir.Operation) -> ir.Response | None:
    """The response that a call is made for: the first success that has a JSON body with a schema,
    else the first that has any body, else the first."""
    found = successes(operation)
    for response in found:
        content = json_content(response.contents)
        if content is not None and content.schema is not None:
            return response
    return next((r for r in found if r.contents), found[0] if found else None)


def success_schema(operation: ir.Operation) -> ir.Schema | None:
    """The schema of the JSON body of `success`; None where there is none."""
    response = success(operation)
    content = json_content(response.contents) if response is not None else None
    return content.schema if content is not None else None


def payload_schema(schemas: Mapping[str, ir.Schema], operation: ir.Operation) -> ir.Schema | None:
    """The schema of the object or list that a success is about, its envelope taken off."""
    schema = success_schema(operation)
    return descend(schemas, schema, operation.payload) if schema is not None else None


def object_schema(schemas: Mapping[str, ir.Schema], operation: ir.Operation) -> ir.Schema | None:
    """The schema of one object that a success shows: of a list, and of what is created and shown
    as a list of one, each."""
    schema = payload_schema(schemas, operation)
    if schema is None:
        return None
    element = items(schemas, schema)
    return element if element is not None and "object" in types(schemas, element) else schema


def sent_schema(operation: ir.Operation) -> ir.Schema | None:
    """The schema of the body that an operation takes: the JSON body, else the first there is."""
    if operation.body is None:
        return None
    contents = operation.body.contents
    chosen = json_content(contents) or next(iter(contents), None)
    return chosen.schema if chosen is not None else None


def shows_id_alone(schemas: Mapping[str, ir.Schema], operation: ir.Operation) -> bool:
    """Whether a creation responds with the new object's id and nothing else: an integer, a UUID, or
    a text that is described as an id. Any other text may be a message."""
    payload = payload_schema(schemas, operation)
    if payload is None or operation.action is not ir.Action.CREATE:
        return False
    target = resolve(schemas, payload)
    if not isinstance(target.shape, ir.String):
        return isinstance(target.shape, ir.Integer)
    response = success(operation)
    said = (
        *(schema.meta.title or schema.meta.description for schema in (payload, target)),
        response.description if response is not None else None,
    )
    return target.shape.format in ("uuid", "guid") or any(
        text is not None and _ID_SAID.match(text) for text in said
    )


def request_schema(operation: ir.Operation) -> ir.Schema | None:
    """The schema of the JSON body that an operation takes; None where it takes none."""
    if operation.body is None:
        return None
    content = json_content(operation.body.contents)
    return content.schema if content is not None else None


def status_code(response: ir.Response) -> int:
    """A status code that a response describes: the code, the first of a range, 200 for
    `default`."""
    text = response.status
    if text.isdecimal():
        return int(text)
    return int(text[0]) * 100 if text[:1].isdecimal() else 200


def has_json(response: ir.Response) -> bool:
    """Whether a response can have a JSON body."""
    return any(is_json(content.media_type) for content in response.contents)
