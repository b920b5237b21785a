"""A list is walked to its end, page by page, whatever the convention."""

import pytest
from memory_service import ITEM, shown

from trunkline.contract.engine import Inconclusive, PaginationLoop

COUNT = 7
ALL = [{"id": str(n), "name": f"item {n}"} for n in range(COUNT)]


def listing(*names, envelope=True, headers=None, **more):
    """The description of a list with query parameters."""
    body = {
        "type": "object",
        "properties": {"data": {"type": "array", "items": ITEM}, **more},
    }
    responses = shown(body if envelope else {"type": "array", "items": ITEM})
    if headers:
        responses["200"]["headers"] = headers
    text = {"cursor", "starting_after"}
    return {
        "/items": {
            "get": {
                "operationId": "listItems",
                "parameters": [
                    {
                        "name": name,
                        "in": "query",
                        "schema": {"type": "string"} if name in text else {"type": "integer"},
                    }
                    for name in names
                ],
                "responses": responses,
            }
        },
        "/items/{id}": {
            "parameters": [
                {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
            ],
            "get": {"operationId": "getItem", "responses": shown(ITEM)},
        },
    }


INTEGER, TEXT, TRUTH = {"type": "integer"}, {"type": "string"}, {"type": "boolean"}


def by_page(query):
    size, page = int(query.get("per_page", 2)), int(query.get("page", 1))
    part = ALL[(page - 1) * size : page * size]
    return {}, {"data": part, "total": COUNT}


def by_offset(query):
    size, start = int(query.get("limit", 2)), int(query.get("offset", 0))
    return {}, {"data": ALL[start : start + size]}


def by_cursor(query):
    size, start = int(query.get("limit", 2)), int(query.get("cursor", 0))
    after = str(start + size) if start + size < COUNT else None
    return {}, {"data": ALL[start : start + size], "next_cursor": after}


def by_last_item(query):
    size = int(query.get("limit", 2))
    last = query.get("starting_after")
    start = 0 if last is None else int(last) + 1
    return {}, {"data": ALL[start : start + size], "has_more": start + size < COUNT}


def by_link(query):
    size, page = int(query.get("per_page", 2)), int(query.get("page", 1))
    more = page * size < COUNT
    link = f'</items?page={page + 1}&per_page={size}>; rel="next"'
    return ({"link": link} if more else {}), ALL[(page - 1) * size : page * size]


CONVENTIONS = {
    "page": (listing("page", "per_page", total=INTEGER), by_page),
    "offset": (listing("offset", "limit"), by_offset),
    "cursor": (listing("cursor", "limit", next_cursor=TEXT), by_cursor),
    "last item": (listing("starting_after", "limit", has_more=TRUTH), by_last_item),
    "link": (
        listing("page", "per_page", envelope=False, headers={"Link": {"schema": TEXT}}),
        by_link,
    ),
}


@pytest.mark.parametrize("size", [1, 2, 3, COUNT, 50])
@pytest.mark.parametrize("convention", CONVENTIONS)
def test_every_item_comes_once(described, opened, context, convention, size):
    paths, answer = CONVENTIONS[convention]
    session = opened(
        described(paths),
        lambda method, path, query, headers, body: (200, *answer(query)),
    )
    (collection,) = session.collections
    items, seen = context(session).lists.all_items(collection, size=size)
    assert [item["id"] for item in items] == [item["id"] for item in ALL]
    full = -(-COUNT // size)
    assert len(seen) in {full, full + 1}  # without totals only an empty page tells the end


def test_a_page_that_comes_again_is_a_loop(described, opened, context):
    paths, _ = CONVENTIONS["page"]
    session = opened(
        described(paths), lambda *request: (200, {}, {"data": ALL[:2], "total": COUNT})
    )
    (collection,) = session.collections
    with pytest.raises(PaginationLoop):
        context(session).lists.all_items(collection, size=2)


def test_a_list_that_does_not_end_is_given_up(described, opened, context):
    paths, _ = CONVENTIONS["cursor"]

    def answer(method, path, query, headers, body):
        here = int(query.get("cursor", 0))
        return 200, {}, {"data": [{"id": str(here), "name": "x"}], "next_cursor": str(here + 1)}

    session = opened(described(paths), answer)
    (collection,) = session.collections
    with pytest.raises(Inconclusive):
        list(context(session).lists.pages(collection, size=1, most=20))
