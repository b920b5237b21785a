"""What a defect is: one hook bent in one way, with the rule it breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import ClassVar

from trunkline.emulator.hooks.call import Call
from trunkline.emulator.hooks.hooks import Hooks
from trunkline.emulator.http.jsontext import dump, parse
from trunkline.emulator.http.messages import HttpRequest, HttpResponse
from trunkline.emulator.operations.objects import StoredObjects
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.resource_plan import item_schema
from trunkline.emulator.storage.query import Query
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import Action, Api, Json, Operation, Resource, Schema, Shape
from trunkline.semantics.jsonvalue import get, put
from trunkline.semantics.responses import sent_schema
from trunkline.semantics.schemas import Member, members, read_only, resolve

REGISTERED: dict[str, type[Defect]] = {}


class Defect(Hooks):
    """A single mistake. The docstring of each says what the server does wrong, `rule` what that
    breaks, `caught_by` the rules of the contract suite that name it, all of them; `id` is
    the class's name with hyphens, `area` the module's, or the package's that holds the module.
    A class without a rule is only a base."""

    id: ClassVar[str] = ""
    area: ClassVar[str] = ""
    sentence: ClassVar[str] = ""
    rule: ClassVar[str] = ""
    caught_by: ClassVar[tuple[str, ...]] = ()
    needs: ClassVar[frozenset[Action]] = frozenset()
    """Actions that one resource must have for the defect to show."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "rule" in cls.__dict__:
            cls.id = re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()
            cls.area = cls.__module__.removeprefix(f"{__package__}.").partition(".")[0]
            cls.sentence = " ".join((cls.__doc__ or "").split())
            if cls.id in REGISTERED:
                raise ValueError(f"two defects called {cls.id}")
            REGISTERED[cls.id] = cls

    services: Services
    objects: StoredObjects
    """Set by `attach`, before the first request."""

    def attach(self, services: Services, objects: StoredObjects) -> None:
        """Let the defect see what the server keeps."""
        self.services = services
        self.objects = objects

    @classmethod
    def applies(cls, api: Api) -> bool:
        """Whether the defect can show on a server of this API."""
        return any(cls.shows(api, resource) for resource in api.resources)

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        """Whether it can show on this resource."""
        return cls.needs <= set(resource.operations)

    def stored(self, call: Call, query: Query) -> tuple[list[Row], int]:
        """What the store has for the caller's list, whatever the request asked for."""
        plan = call.compiled.resource
        assert plan is not None
        return self.services.store.page(plan.table, Scope(call.account.name, parents(call)), query)


class ListDefect(Defect):
    """A mistake of lists: it shows where objects can be listed, and usually created."""

    needs = frozenset({Action.LIST, Action.CREATE})

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        operation = list_operation(api, resource)
        return super().shows(api, resource) and operation is not None and cls.shows_in(operation)

    @classmethod
    def shows_in(cls, operation: Operation) -> bool:
        """Whether it can show in what this operation lists."""
        return True


def edited(response: HttpResponse, change: Callable[[Json], Json]) -> HttpResponse:
    """The response with its JSON body changed; as it is when it has none."""
    if not response.body or b"json" not in (response.media_type or b""):
        return response
    body = dump(change(parse(response.body)))
    return HttpResponse(response.status, body, response.media_type, list(response.headers))


def payload_path(operation: Operation) -> tuple[str, ...]:
    """Where the object or list stands in a success body."""
    if operation.action is Action.LIST and operation.pagination is not None:
        return operation.pagination.items
    return operation.payload


def edited_objects(
    call: Call, response: HttpResponse, change: Callable[[dict[str, Json]], dict[str, Json]]
) -> HttpResponse:
    """The response with the object, or each object of the list, changed."""
    if response.status >= 300:
        return response
    path = payload_path(call.operation)

    def whole(document: Json) -> Json:
        found = get(document, path)
        new: Json
        if isinstance(found, list):
            new = [change(dict(o)) if isinstance(o, dict) else o for o in found]
        elif isinstance(found, dict):
            new = change(dict(found))
        else:
            return document
        if not path:
            return new
        assert isinstance(document, dict)
        put(document, path, new)
        return document

    return edited(response, whole)


def sent(call: Call) -> dict[str, Json]:
    """The members of the request's body, none when it is not an object."""
    return call.body if isinstance(call.body, dict) else {}


def operations_of(api: Api, resource: Resource) -> dict[Action, Operation]:
    """The operations of a resource by action."""
    by_id = {operation.id: operation for operation in api.operations}
    return {action: by_id[id_] for action, id_ in resource.operations.items()}


def parents(call: Call) -> tuple[str, ...]:
    """The ids above a collection, as its scope has them."""
    plan = call.compiled.resource
    assert plan is not None
    return tuple(str(call.path.get(name)) for name in plan.resource.parent_parameters)


def list_operation(api: Api, resource: Resource) -> Operation | None:
    """The operation that lists the resource."""
    return operations_of(api, resource).get(Action.LIST)


def item_properties(api: Api, resource: Resource) -> Collection[Member]:
    """The properties of an item as responses show it."""
    if resource.schema is not None and resource.schema in api.schemas:
        return members(api.schemas, api.schemas[resource.schema]).values()
    for operation in operations_of(api, resource).values():
        schema = item_schema(api.schemas, operation)
        if schema is not None:
            return members(api.schemas, schema).values()
    return []


def settable(api: Api, resource: Resource, action: Action = Action.CREATE) -> Collection[Member]:
    """The properties that a request with this action can set."""
    operation = operations_of(api, resource).get(action)
    schema = sent_schema(operation) if operation is not None else None
    if schema is None:
        return []
    return [
        prop
        for prop in members(api.schemas, schema).values()
        if not read_only(api.schemas, prop.schema)
    ]


def shapes_in(
    api: Api, schema: Schema, _seen: frozenset[int] = frozenset()
) -> Iterator[tuple[Schema, Shape]]:
    """The shapes of settable properties, nested ones included."""
    target = resolve(api.schemas, schema)
    if id(target) in _seen:
        return
    for prop in members(api.schemas, target).values():
        if not read_only(api.schemas, prop.schema):
            inner = resolve(api.schemas, prop.schema)
            yield prop.schema, inner.shape
            yield from shapes_in(api, prop.schema, _seen | {id(target)})


def body_has(api: Api, resource: Resource, test: Callable[[Shape], bool]) -> bool:
    """Whether a body that creates or changes the resource has a member of such a shape."""
    return any(
        test(shape) for schema in written(api, resource) for _, shape in shapes_in(api, schema)
    )


def written(api: Api, resource: Resource) -> Iterator[Schema]:
    """The schemas of the bodies that create, update and replace the resource."""
    operations = operations_of(api, resource)
    for action in (Action.CREATE, Action.UPDATE, Action.REPLACE):
        schema = sent_schema(operations[action]) if action in operations else None
        if schema is not None:
            yield schema


def texts(value: Json) -> Iterator[str]:
    """Every text in a value, keys excepted."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for element in value:
            yield from texts(element)
    elif isinstance(value, dict):
        for element in value.values():
            yield from texts(element)


def values(value: Json) -> Iterator[Json]:
    """Every scalar in a value."""
    if isinstance(value, (list, dict)):
        for element in value.values() if isinstance(value, dict) else value:
            yield from values(element)
    else:
        yield value


def crash() -> HttpResponse:
    """What a server that fell over answers."""
    return HttpResponse(500, b"Internal Server Error", b"text/plain; charset=utf-8")


def json_body(request: HttpRequest) -> Json:
    """The request's body as JSON, None if it is none."""
    try:
        return parse(request.body) if request.body else None
    except ValueError:
        return None
