"""Resources, actions, payloads, pages, filters, sorts, idempotency."""

# ruff: noqa: E501  # descriptions read best with one thing on a line

from __future__ import annotations

import json

import pytest

from trunkline import ir
from trunkline.ir import Action, FilterOperator, PaginationStyle

ITEM = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "created_at": {"type": "string", "format": "date-time"},
        "limits": {"type": "object", "properties": {"code": {"type": "string", "x-trunkline-unique": True}}},
        "slug": {"type": "string", "x-trunkline-unique": True},
    },
}  # fmt: skip


def _answer(schema: object) -> dict:
    return {"200": {"description": "ok", "content": {"application/json": {"schema": schema}}}}


REF = {"$ref": "#/components/schemas/Thing"}
LIST = {"type": "array", "items": REF}


@pytest.fixture
def paths(lowered):
    """`{"get /things": operation, …}` lowered, `Thing` being a component schema."""

    def make(operations: dict, **root: object):
        found: dict = {}
        for key, operation in operations.items():
            method, path = key.split(" ")
            found.setdefault(path, {})[method] = {
                "operationId": key,
                "responses": {"204": {"description": "done"}},
                **operation,
            }
        members = {"paths": found, "components": {"schemas": {"Thing": ITEM}}, **root}
        return lowered("\n".join(f"{k}: {json.dumps(v)}" for k, v in members.items()))

    return make


def _says(found) -> dict[str, tuple[str, str]]:
    return {o.id: (".".join(o.resource), o.action.value) for o in found.api.operations}


def test_crud_of_a_collection(paths):
    found = paths(
        {
            "get /v2/things": {"responses": _answer({"type": "object", "properties": {"data": LIST, "meta": {"type": "object"}}})},
            "post /v2/things": {"responses": _answer({"type": "object", "properties": {"data": REF}})},
            "get /v2/things/{thing_id}": {"responses": _answer({"type": "object", "properties": {"data": REF}})},
            "patch /v2/things/{thing_id}": {"responses": _answer(REF)},
            "put /v2/things/{thing_id}": {},
            "delete /v2/things/{thing_id}": {},
            "post /v2/things/{thing_id}/cancel": {},
            "get /v2/other": {"responses": _answer(REF)},
        }
    )  # fmt: skip
    assert _says(found) == {
        "get /v2/things": ("things", "list"),
        "post /v2/things": ("things", "create"),
        "get /v2/things/{thing_id}": ("things", "retrieve"),
        "patch /v2/things/{thing_id}": ("things", "update"),
        "put /v2/things/{thing_id}": ("things", "replace"),
        "delete /v2/things/{thing_id}": ("things", "delete"),
        "post /v2/things/{thing_id}/cancel": ("things", "other"),
        "get /v2/other": ("other", "retrieve"),
    }
    assert [o.payload for o in found.api.operations[:4]] == [("data",), ("data",), ("data",), ()]
    things = found.api.resources[0]
    assert things == ir.Resource(
        name=("things",),
        collection_path="/v2/things",
        item_path="/v2/things/{thing_id}",
        operations={
            Action.LIST: "get /v2/things",
            Action.CREATE: "post /v2/things",
            Action.RETRIEVE: "get /v2/things/{thing_id}",
            Action.UPDATE: "patch /v2/things/{thing_id}",
            Action.REPLACE: "put /v2/things/{thing_id}",
            Action.DELETE: "delete /v2/things/{thing_id}",
        },
        schema="Thing",
        id_parameter="thing_id",
        id_member=("id",),
        unique=(("limits", "code"), ("slug",)),
    )


def test_nested_singletons_verbs_and_bulk(paths):
    found = paths(
        {
            "get /things": {"responses": _answer(LIST)},
            "get /things/{id}/parts": {"responses": _answer(LIST)},
            "get /things/{id}/parts/{part}": {"responses": _answer(REF)},
            "get /things/{id}/settings": {"responses": _answer(REF)},
            "put /things/{id}/settings": {},
            "get /things/{id}/download": {},
            "post /things/{id}/notes": {},
            "post /things/search": {"responses": _answer(LIST)},
            "post /things/batch": {},
            "delete /things": {},
            "post /audio/speech": {},
            "post /things/{id}:archive": {},
            "get /{kind}/{id}": {"tags": ["Kinds"], "responses": _answer(REF)},
        }
    )
    assert _says(found) == {
        "get /things": ("things", "list"),
        "delete /things": ("things", "other"),
        "get /things/{id}/parts": ("things.parts", "list"),
        "get /things/{id}/parts/{part}": ("things.parts", "retrieve"),
        "get /things/{id}/settings": ("things.settings", "retrieve"),
        "put /things/{id}/settings": ("things.settings", "replace"),
        "get /things/{id}/download": ("things", "other"),
        "post /things/{id}/notes": ("things.notes", "create"),
        "post /things/search": ("things", "other"),
        "post /things/batch": ("things", "other"),
        "post /audio/speech": ("audio.speech", "create"),
        "post /things/{id}:archive": ("things", "other"),
        "get /{kind}/{id}": ("Kinds", "other"),
    }
    parts = next(r for r in found.api.resources if r.name == ("things", "parts"))
    assert (parts.parent_parameters, parts.id_parameter) == (("id",), "part")


def test_only_one_operation_of_a_resource_does_an_action(paths):
    found = paths(
        {
            "post /things/{id}": {"responses": _answer(REF)},
            "patch /things/{id}": {"responses": _answer(REF)},
            "get /things/{id}": {"responses": _answer(REF)},
            "get /things/{name}/": {"responses": _answer(REF)},
        }
    )
    assert _says(found) == {
        "post /things/{id}": ("things", "other"),
        "patch /things/{id}": ("things", "update"),
        "get /things/{id}": ("things", "retrieve"),
        "get /things/{name}/": ("things", "other"),
    }


def test_hints_decide(paths):
    found = paths(
        {
            "get /a/b": {"x-trunkline-resource": {"name": "profiles.voice", "action": "list"}, "x-trunkline-payload": "payload.list",
                         "responses": _answer({"type": "object", "properties": {"payload": {"type": "object", "properties": {"list": LIST}}}})},
            "delete /a/b{id}": {"x-trunkline-resource": {"name": "profiles.voice", "action": "delete"}, "x-trunkline-method": "odd"},
            "delete /a/b/{id}": {"x-trunkline-resource": {"name": "profiles.voice", "action": "delete"}},
        }
    )  # fmt: skip
    assert found.codes == ["NONCONFORMING"] * 2  # the undescribed {id}
    (resource,) = found.api.resources
    assert resource.name == ("profiles", "voice")
    assert resource.operations[Action.DELETE] == "delete /a/b/{id}"
    assert resource.schema == "Thing"
    assert found.api.operations[0].payload == ("payload", "list")
    assert found.api.operations[1].action is Action.DELETE


@pytest.mark.parametrize(
    ("answer", "payload"),
    [
        (LIST, ()),
        ({"type": "object", "properties": {"things": LIST, "total": {"type": "integer"}}}, ("things",)),
        ({"type": "object", "properties": {"items": LIST}}, ("items",)),
        ({"type": "object", "properties": {"result": {"type": "object", "properties": {"rows": LIST}}}}, ("result", "rows")),
        ({"type": "object", "properties": {"success": {"type": "boolean"}, "payload": {"type": "object", "properties": {"list": LIST}}}}, ("payload", "list")),
        ({"type": "object", "properties": {"errors": LIST, "data": LIST}}, ("data",)),
    ],
)  # fmt: skip
def test_where_the_list_stands(paths, answer, payload):
    found = paths({"get /things": {"responses": _answer(answer)}})
    (operation,) = found.api.operations
    assert operation.action is Action.LIST
    assert operation.payload == payload
    assert found.api.resources[0].schema == "Thing"


def test_an_object_with_a_list_is_not_an_envelope(paths):
    invoice = {"type": "object", "properties": {"id": {}, "customer": REF, "lines": LIST}}
    found = paths({"get /invoices/{id}": {"responses": _answer(invoice)}})
    assert found.api.operations[0].payload == ()


def _query(*names: str, **schema: object) -> list[dict]:
    return [{"name": n, "in": "query", "schema": {"type": "integer", **schema}} for n in names]


def _body(**members: object) -> dict:
    return {"type": "object", "properties": {"data": LIST, **members}}


INT = {"type": "integer"}
TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("queries", "answer", "expected"),
    [
        (
            _query("page[number]", "page[size]"),
            _body(meta={"type": "object", "properties": {"page_number": INT, "page_size": INT, "total_pages": INT, "total_results": INT}}),
            {"style": PaginationStyle.PAGE, "page": "page[number]", "size": "page[size]", "first": 1, "number": ("meta", "page_number"),
             "page_size": ("meta", "page_size"), "total_pages": ("meta", "total_pages"), "total_items": ("meta", "total_results")},
        ),
        (_query("page", "per_page"), _body(), {"style": PaginationStyle.PAGE, "page": "page", "size": "per_page", "first": 1}),
        (_query("page", default=0), _body(), {"style": PaginationStyle.PAGE, "page": "page", "first": 0}),
        (_query("offset", "limit"), _body(total=INT, more={"type": "boolean"}),
         {"style": PaginationStyle.OFFSET, "page": "offset", "size": "limit", "first": 0, "total_items": ("total",), "has_more": ("more",)}),
        (_query("cursor", "limit", type="string"), _body(next_cursor=TEXT),
         {"style": PaginationStyle.CURSOR, "page": "cursor", "size": "limit", "first": 0, "next": ("next_cursor",)}),
        (_query("starting_after", "limit", type="string"), _body(has_more={"type": "boolean"}),
         {"style": PaginationStyle.CURSOR, "page": "starting_after", "size": "limit", "first": 0, "has_more": ("has_more",), "item_token": ("id",)}),
        (_query("PageSize", "Page", "PageToken"), _body(next_page_uri=TEXT), {"style": PaginationStyle.LINK, "page": "PageToken", "size": "PageSize", "first": 0, "next": ("next_page_uri",)}),
        (_query("limit"), _body(links={"type": "object", "properties": {"next": TEXT}}), {"style": PaginationStyle.LINK, "size": "limit", "first": 0, "next": ("links", "next")}),
        (_query("limit"), _body(), None),
        (_query("page", type="string"), _body(), None),
        (_query("after"), _body(), None),
    ],
)  # fmt: skip
def test_pagination_is_told_from_parameters_and_answer(paths, queries, answer, expected):
    found = paths({"get /things": {"parameters": queries, "responses": _answer(answer)}})
    pagination = found.api.operations[0].pagination
    if expected is None:
        assert pagination is None
    else:
        assert pagination == ir.Pagination(items=("data",), **expected)


DECLARED = {
    "style": "page",
    "page": "p",
    "size": "s",
    "first": 0,
    "items": "data",
    "total_items": "meta.n",
}


def test_declared_pagination(paths):
    answer = {"responses": _answer(_body())}
    found = paths(
        {
            "get /things": {"parameters": _query("p", "s"), **answer},
            "get /others": {"parameters": _query("page"), **answer},
            "get /offs": {
                "parameters": _query("p", "s"),
                "x-trunkline-pagination": False,
                **answer,
            },
        },
        **{"x-trunkline-pagination": DECLARED},
    )
    by_root, inferred, off = (o.pagination for o in found.api.operations)
    assert by_root == ir.Pagination(
        style=PaginationStyle.PAGE, items=("data",), page="p", size="s", first=0, total_items=("meta", "n")
    )  # fmt: skip
    assert inferred.page == "page"
    assert off is None
    assert found.codes == []


def test_filters(paths):
    names = [
        "filter[name][contains]", "filter[id]", "filter[unknown]", "name", "created_at_gte", "created_at[lt]",
        "createdAt", "limits", "page", "id__starts_with",
    ]  # fmt: skip
    extra = [
        {"name": "q", "in": "query", "schema": TEXT, "x-trunkline-filter": {"member": "limits.code", "operator": "ends_with", "ignore_case": True}},
        {"name": "slug", "in": "query", "schema": TEXT, "x-trunkline-filter": False},
    ]  # fmt: skip
    found = paths(
        {"get /things": {"parameters": [*_query(*names), *extra], "responses": _answer(LIST)}}
    )
    assert [(f.parameter, f.member, f.operator) for f in found.api.operations[0].filters] == [
        ("filter[name][contains]", ("name",), FilterOperator.CONTAINS),
        ("filter[id]", ("id",), FilterOperator.EQUALS),
        ("name", ("name",), FilterOperator.EQUALS),
        ("created_at_gte", ("created_at",), FilterOperator.GREATER_OR_EQUAL),
        ("created_at[lt]", ("created_at",), FilterOperator.LESS),
        ("createdAt", ("created_at",), FilterOperator.EQUALS),
        ("id__starts_with", ("id",), FilterOperator.STARTS_WITH),
        ("q", ("limits", "code"), FilterOperator.ENDS_WITH),
    ]
    assert found.api.operations[0].filters[-1].ignore_case


@pytest.mark.parametrize(
    ("schema", "hint", "keys"),
    [
        ({"enum": ["name", "-name"], "default": "-name"}, {}, {"name": (("name",), False), "-name": (("name",), True)}),
        ({"enum": ["asc", "desc"]}, {}, None),
        ({"type": "string"}, {}, None),
        ({"type": "string"}, {"x-trunkline-sort": {"newest": "-created_at"}}, {"newest": (("created_at",), True)}),
    ],
)  # fmt: skip
def test_sort(paths, schema, hint, keys):
    parameter = {"name": "sort", "in": "query", "schema": schema, **hint}
    found = paths({"get /things": {"parameters": [parameter], "responses": _answer(LIST)}})
    sort = found.api.operations[0].sort
    assert (sort.keys if sort else None) == keys
    if sort:
        assert sort.default == schema.get("default")


@pytest.mark.parametrize(
    ("name", "hint", "expected"),
    [
        ("Idempotency-Key", {}, "Idempotency-Key"),
        ("I-Twilio-Idempotency-Token", {}, "I-Twilio-Idempotency-Token"),
        ("Idempotency-Key", {"x-trunkline-idempotency": False}, None),
        ("X-Request", {"x-trunkline-idempotency": True}, "X-Request"),
        ("X-Request", {}, None),
    ],
)
def test_idempotency(paths, name, hint, expected):
    header = {"name": name, "in": "header", "required": True, "schema": TEXT, **hint}
    found = paths({"post /things": {"parameters": [header]}})
    said = found.api.operations[0].idempotency
    assert said == (ir.Idempotency(header=expected, required=True) if expected else None)


def test_item_that_is_a_union_is_known_by_what_its_alternatives_share(paths):
    either = {"oneOf": [REF, {"$ref": "#/components/schemas/Other"}]}
    found = paths(
        {"get /things/{thing_id}": {"responses": _answer({"$ref": "#/components/schemas/Either"})}},
        components={"schemas": {"Thing": ITEM, "Other": ITEM, "Either": either}},
    )
    (resource,) = found.api.resources
    assert (resource.schema, resource.id_member) == ("Either", ("id",))


@pytest.mark.parametrize(
    ("members", "given", "parameter", "member"),
    [
        ({"id": {}, "note": {"type": "string"}}, ["note"], "note", "id"),
        ({"id": {}, "note": {"type": "string"}}, [], "note", "note"),
        ({"note": {"type": "string"}, "id": {}}, [], "note", "id"),
        ({"note": {"type": "string"}, "text": {}}, ["note"], "note", "note"),
        ({"id": {}, "note_id": {"type": "integer"}}, ["note_id"], "note_id", "note_id"),
        ({"id": {"type": "string"}, "slug": {"type": "string"}}, ["slug"], "slug", "slug"),
        ({"id": {"type": "string"}, "slug": {"type": "boolean"}}, ["slug"], "slug", "id"),
        ({"noteId": {"type": "integer"}, "text": {"type": "string"}}, [], "id", "noteId"),
        ({"name": {"type": "array", "items": {}}, "uuid": {"type": "string"}}, [], "name", "uuid"),
    ],
)
def test_which_property_is_the_id(paths, members, given, parameter, member):
    answer = _answer({"$ref": "#/components/schemas/Note"})
    body = {"type": "object", "properties": {name: members[name] for name in given}}
    note = {"type": "object", "properties": members, "required": [*members][1:]}
    found = paths(
        {
            "post /notes": {
                "requestBody": {"content": {"application/json": {"schema": body}}},
                "responses": answer,
            },
            f"get /notes/{{{parameter}}}": {"responses": answer},
        },
        components={"schemas": {"Note": note}},
    )
    (resource,) = found.api.resources
    assert resource.id_member == (member,)
