"""A small API written by hand, with everything the server must understand, and a server for it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest

from trunkline import ir
from trunkline.emulator import Running, running
from trunkline.ir import Action, FilterOperator, ParameterLocation
from trunkline.position import Position

ORIGIN = ir.Origin(position=Position("api.yaml", 1, 1), pointer="")


def schema(shape: ir.Shape, *, nullable: bool = False, **meta: Any) -> ir.Schema:
    return ir.Schema(shape=shape, nullable=nullable, meta=ir.Meta(origin=ORIGIN, **meta))


def obj(*properties: ir.Property, closed: bool = False) -> ir.Schema:
    additional = None if closed else schema(ir.Anything())
    return schema(ir.Object(properties=properties, additional=additional, open=not closed))


def prop(name: str, value: ir.Schema, *, required: bool = False) -> ir.Property:
    return ir.Property(name=name, schema=value, required=required)


def ref(name: str) -> ir.Schema:
    return schema(ir.Reference(name))


def text(**shape: Any) -> ir.Schema:
    return schema(ir.String(**shape))


def body(value: ir.Schema, media_type: str = "application/json") -> ir.RequestBody:
    content = ir.Content(media_type=media_type, schema=value, origin=ORIGIN)
    return ir.RequestBody(contents=(content,), required=True, origin=ORIGIN)


def response(status: int | str, value: ir.Schema | None = None) -> ir.Response:
    contents = ()
    if value is not None:
        contents = (ir.Content(media_type="application/json", schema=value, origin=ORIGIN),)
    return ir.Response(status=str(status), contents=contents, origin=ORIGIN)


def parameter(
    name: str, value: ir.Schema, location: str = "query", *, required: bool = False, **more: Any
) -> ir.Parameter:
    style = "form" if location in ("query", "cookie") else "simple"
    return ir.Parameter(
        name=name,
        location=ParameterLocation(location),
        schema=value,
        required=required or location == "path",
        origin=ORIGIN,
        **{"style": ir.ParameterStyle(style), "explode": style == "form", **more},
    )


ERRORS = [response(status, ref("Errors")) for status in (401, 404, 409, 422)]

WIDGET = obj(
    prop("id", schema(ir.String(format="uuid"), read_only=True), required=True),
    prop("record_type", schema(ir.String(), read_only=True, examples=("widget",)), required=True),
    prop("name", text(min_length=1, max_length=40), required=True),
    prop("colour", schema(ir.Enumeration(values=("red", "green")), default="red")),
    prop("size", schema(ir.Integer(minimum=1, maximum=10), nullable=True)),
    prop("tags", schema(ir.Array(items=text()))),
    prop(
        "limits",
        obj(
            prop("daily", schema(ir.Integer(minimum=0), nullable=True)),
            prop("weekly", schema(ir.Integer(minimum=0), default=7)),
        ),
    ),
    prop("active", schema(ir.Boolean())),
    prop("weight", schema(ir.Number())),
    prop("code", text(pattern="^[A-Z]{2}[0-9]+$")),
    prop("contact", text(format="email")),
    prop("secret", schema(ir.String(), write_only=True)),
    prop("part_count", schema(ir.Integer(), read_only=True), required=True),
    prop("created_at", schema(ir.String(format="date-time"), read_only=True), required=True),
    prop("updated_at", schema(ir.String(format="date-time"), read_only=True), required=True),
)

WIDGET_CHANGE = obj(
    *(
        dataclasses.replace(member, required=False)
        for member in WIDGET.shape.properties  # type: ignore[union-attr]
        if not member.schema.meta.read_only
    )
)

PART = obj(
    prop("id", schema(ir.Integer(minimum=1), read_only=True), required=True),
    prop("widget_id", schema(ir.String(), read_only=True), required=True),
    prop("label", text(), required=True),
)

META = obj(
    *(
        prop(name, schema(ir.Integer()), required=True)
        for name in ("page_number", "page_size", "total_pages", "total_results")
    )
)

ERROR = obj(
    prop("code", text(), required=True),
    prop("title", text(), required=True),
    prop("detail", text()),
    prop("source", obj(prop("pointer", text()), prop("parameter", text()))),
)

PAGING = ir.Pagination(
    style=ir.PaginationStyle.PAGE,
    items=("data",),
    page="page[number]",
    size="page[size]",
    number=("meta", "page_number"),
    page_size=("meta", "page_size"),
    total_pages=("meta", "total_pages"),
    total_items=("meta", "total_results"),
)

LIST_PARAMETERS = (
    parameter("page[number]", schema(ir.Integer(minimum=1), default=1)),
    parameter("page[size]", schema(ir.Integer(minimum=1, maximum=50), default=20)),
)


def operation(
    method: str,
    path: str,
    action: Action,
    resource: tuple[str, ...],
    responses: list[ir.Response],
    *parameters: ir.Parameter,
    **more: Any,
) -> ir.Operation:
    return ir.Operation(
        id=f"{method} {path}",
        named=False,
        method=method,
        path=path,
        resource=resource,
        action=action,
        parameters=parameters,
        responses=tuple(responses),
        origin=ORIGIN,
        **{"body": None, "security": ({"bearer": ()},), "payload": ("data",), **more},
    )


def data(value: ir.Schema) -> ir.Schema:
    return obj(prop("data", value, required=True))


def listed(value: ir.Schema) -> ir.Schema:
    return obj(
        prop("data", schema(ir.Array(items=value)), required=True),
        prop("meta", META, required=True),
    )


def make_api() -> ir.Api:
    item = parameter("id", text(), "path")
    widgets, parts = ("widgets",), ("widgets", "parts")
    operations = (
        operation(
            "get",
            "/widgets",
            Action.LIST,
            widgets,
            [response(200, listed(ref("Widget"))), *ERRORS],
            *LIST_PARAMETERS,
            parameter("filter[name][contains]", text()),
            parameter("filter[size]", schema(ir.Integer())),
            parameter(
                "sort",
                schema(
                    ir.Enumeration(
                        values=("name", "-name", "created_at", "-created_at", "size", "-size")
                    )
                ),
            ),
            pagination=PAGING,
            filters=(
                ir.Filter(
                    parameter="filter[name][contains]",
                    member=("name",),
                    operator=FilterOperator.CONTAINS,
                    ignore_case=True,
                ),
                ir.Filter(
                    parameter="filter[size]", member=("size",), operator=FilterOperator.EQUALS
                ),
            ),
            sort=ir.Sort(
                parameter="sort",
                keys={
                    f"{sign}{name}": ((name,), bool(sign))
                    for name in ("name", "created_at", "size")
                    for sign in ("", "-")
                },
                default="-created_at",
            ),
        ),
        operation(
            "post",
            "/widgets",
            Action.CREATE,
            widgets,
            [response(201, data(ref("Widget"))), *ERRORS],
            body=body(ref("Widget")),
        ),
        operation(
            "get",
            "/widgets/{id}",
            Action.RETRIEVE,
            widgets,
            [response(200, data(ref("Widget"))), *ERRORS],
            item,
        ),
        operation(
            "patch",
            "/widgets/{id}",
            Action.UPDATE,
            widgets,
            [response(200, data(ref("Widget"))), *ERRORS],
            item,
            body=body(ref("WidgetChange")),
        ),
        operation(
            "put",
            "/widgets/{id}",
            Action.REPLACE,
            widgets,
            [response(200, data(ref("Widget"))), *ERRORS],
            item,
            body=body(ref("Widget")),
        ),
        operation(
            "delete",
            "/widgets/{id}",
            Action.DELETE,
            widgets,
            [response(200, data(ref("Widget"))), *ERRORS],
            item,
        ),
        operation(
            "get",
            "/widgets/count",
            Action.OTHER,
            widgets,
            [response(200, data(obj(prop("count", schema(ir.Integer()), required=True)))), *ERRORS],
        ),
        operation(
            "get",
            "/widgets/{widget_id}/parts",
            Action.LIST,
            parts,
            [response(200, listed(ref("Part"))), *ERRORS],
            parameter("widget_id", text(), "path"),
            *LIST_PARAMETERS,
            pagination=PAGING,
        ),
        operation(
            "post",
            "/widgets/{widget_id}/parts",
            Action.CREATE,
            parts,
            [response(201, data(ref("Part"))), *ERRORS],
            parameter("widget_id", text(), "path"),
            body=body(ref("Part")),
        ),
        operation(
            "delete",
            "/widgets/{widget_id}/parts/{id}",
            Action.DELETE,
            parts,
            [response(204), *ERRORS],
            parameter("widget_id", text(), "path"),
            parameter("id", schema(ir.Integer(minimum=1)), "path"),
        ),
        operation(
            "get",
            "/widgets/{widget_id}/parts/{id}",
            Action.RETRIEVE,
            parts,
            [response(200, data(ref("Part"))), *ERRORS],
            parameter("widget_id", text(), "path"),
            parameter("id", schema(ir.Integer(minimum=1)), "path"),
        ),
        operation(
            "get",
            "/settings",
            Action.RETRIEVE,
            ("settings",),
            [response(200, data(ref("Settings"))), *ERRORS],
        ),
        operation(
            "patch",
            "/settings",
            Action.UPDATE,
            ("settings",),
            [response(200, data(ref("Settings"))), *ERRORS],
            body=body(ref("Settings")),
        ),
        operation(
            "get",
            "/status",
            Action.OTHER,
            ("status",),
            [response(200, data(text()))],
            security=(),
        ),
    )

    def ids(resource: tuple[str, ...]) -> dict[Action, str]:
        return {
            o.action: o.id for o in operations if o.resource == resource and o.action != "other"
        }

    return ir.Api(
        title="Widgets",
        version="1",
        openapi="3.1.0",
        origin=ORIGIN,
        servers=(ir.Server(url="https://api.example.com/v1"),),
        schemas={
            "Widget": WIDGET,
            "WidgetChange": WIDGET_CHANGE,
            "Part": PART,
            "Settings": obj(
                prop("theme", schema(ir.Enumeration(values=("light", "dark"))), required=True)
            ),
            "Errors": obj(prop("errors", schema(ir.Array(items=ERROR)), required=True)),
        },
        operations=operations,
        resources=(
            ir.Resource(
                name=widgets,
                collection_path="/widgets",
                item_path="/widgets/{id}",
                operations=ids(widgets),
                schema="Widget",
                id_parameter="id",
                id_member=("id",),
                unique=(("name",),),
            ),
            ir.Resource(
                name=parts,
                collection_path="/widgets/{widget_id}/parts",
                item_path="/widgets/{widget_id}/parts/{id}",
                operations=ids(parts),
                schema="Part",
                id_parameter="id",
                id_member=("id",),
                parent_parameters=("widget_id",),
            ),
            ir.Resource(
                name=("settings",),
                collection_path=None,
                item_path="/settings",
                operations=ids(("settings",)),
                schema="Settings",
                id_parameter=None,
                id_member=None,
            ),
        ),
        security_schemes={"bearer": ir.HttpScheme(name="bearer", scheme="bearer", origin=ORIGIN)},
    )


@pytest.fixture(scope="session")
def api() -> ir.Api:
    return make_api()


@pytest.fixture(scope="module")
def server(api: ir.Api) -> Iterator[Running]:
    with running(api) as handle:
        yield handle


@pytest.fixture
def client(server: Running) -> Iterator[httpx2.Client]:
    server.reset()
    headers = {"Authorization": f"Bearer {server.credentials['token']}"}
    with httpx2.Client(base_url=server.url, headers=headers) as connected:
        yield connected


@pytest.fixture
def make(client: httpx2.Client) -> Callable[..., dict[str, Any]]:
    """Create a widget and return it."""

    def create(name: str = "a", **members: Any) -> dict[str, Any]:
        answer = client.post("/widgets", json={"name": name, **members})
        assert answer.status_code == 201, answer.text
        return answer.json()["data"]  # type: ignore[no-any-return]

    return create
