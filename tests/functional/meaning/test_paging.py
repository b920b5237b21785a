"""Every paging convention of the field: client and emulator and suite mean the same by it.

Each convention is described as its users describe it, without any extension, and served by a few
lines that know only the convention. The generated client must see all items through them, and all
items through the emulator; the suite must find nothing wrong with either.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest

from trunkline import contract
from trunkline.emulator import running
from trunkline.ir import PaginationStyle

IDS = [f"i{n}" for n in range(7)]
ITEM = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "string", "readOnly": True}, "name": {"type": "string"}},
}
STRING, INTEGER, BOOLEAN = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
ADDRESS = {"type": ["string", "null"], "format": "uri"}
TOKEN = {"type": ["string", "null"]}


def query(name: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, **more}


def obj(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


REF = {"$ref": "#/components/schemas/Item"}
LIST = {"type": "array", "items": REF}


def numbered(value: str | None, first: int = 1) -> int:
    return int(value) - first if value is not None else 0


def cut(start: int, size: int) -> list[dict[str, str]]:
    return [{"id": i, "name": i} for i in IDS[start : start + size]]


class Convention:
    """How a list is described, and a response to a query."""

    def __init__(
        self,
        parameters: list[dict[str, Any]],
        schema: dict[str, Any],
        respond: Callable[[dict[str, str], str], Any],
        style: PaginationStyle,
        size: dict[str, Any],
        headers: dict[str, Any] | None = None,
    ) -> None:
        self.parameters = parameters
        self.schema = schema
        self.respond = respond
        self.style = style
        self.size = size
        self.headers = headers


def pages(
    q: dict[str, str], page: str, size: str, default: int = 3, first: int = 1
) -> tuple[int, int, int]:
    each = int(q.get(size, default))
    number = numbered(q.get(page), first)
    return number, each, -(-len(IDS) // each)


def spring(q: dict[str, str], base: str) -> Any:
    number, size, total = pages(q, "page", "size", first=0)
    return {
        "content": cut(number * size, size),
        "number": number,
        "size": size,
        "totalPages": total,
        "totalElements": len(IDS),
        "numberOfElements": len(cut(number * size, size)),
        "first": number == 0,
        "last": number + 1 >= total,
        "empty": False,
    }


def kubernetes(q: dict[str, str], base: str) -> Any:
    items, following = token(q, "continue", "limit")
    rest = {"continue": following} if following else {}
    return {"kind": "List", "items": items, "metadata": {"resourceVersion": "1", **rest}}


def unlike_its_path(q: dict[str, str], base: str) -> Any:
    offset, size = int(q.get("offset", 0)), int(q.get("limit", 3))
    return {"voters": cut(offset, size), "poll": "colours", "total_votes": len(IDS)}


def drf_pages(q: dict[str, str], base: str) -> Any:
    number, size, total = pages(q, "page", "page_size")
    following = f"{base}?{urlencode({**q, 'page': number + 2})}" if number + 1 < total else None
    return {
        "count": len(IDS),
        "next": following,
        "previous": None,
        "results": cut(number * size, size),
    }


def drf_offset(q: dict[str, str], base: str) -> Any:
    offset, size = int(q.get("offset", 0)), int(q.get("limit", 3))
    more = offset + size < len(IDS)
    following = f"{base}?{urlencode({**q, 'offset': offset + size})}" if more else None
    return {"count": len(IDS), "next": following, "previous": None, "results": cut(offset, size)}


def pagerduty(q: dict[str, str], base: str) -> Any:
    offset, size = int(q.get("offset", 0)), int(q.get("limit", 3))
    return {
        "items": cut(offset, size),
        "offset": offset,
        "limit": size,
        "more": offset + size < len(IDS),
    }


def telnyx(q: dict[str, str], base: str) -> Any:
    number, size, total = pages(q, "page[number]", "page[size]")
    return {
        "data": cut(number * size, size),
        "meta": {
            "page_number": number + 1,
            "page_size": size,
            "total_pages": total,
            "total_results": len(IDS),
        },
    }


def token(q: dict[str, str], parameter: str, size: str) -> tuple[list[dict[str, str]], str | None]:
    start = int(q[parameter][1:]) if q.get(parameter) else 0
    each = int(q.get(size, 3))
    return cut(start, each), f"t{start + each}" if start + each < len(IDS) else None


def slack(q: dict[str, str], base: str) -> Any:
    items, following = token(q, "cursor", "limit")
    return {"ok": True, "channels": items, "response_metadata": {"next_cursor": following or ""}}


def google(q: dict[str, str], base: str) -> Any:
    items, following = token(q, "pageToken", "pageSize")
    return {"items": items, **({"nextPageToken": following} if following else {})}


def hubspot(q: dict[str, str], base: str) -> Any:
    items, following = token(q, "after", "limit")
    paging = {"paging": {"next": {"after": following, "link": f"{base}?after={following}"}}}
    return {"results": items, **(paging if following else {})}


def workos(q: dict[str, str], base: str) -> Any:
    items, following = token(q, "after", "limit")
    return {"object": "list", "data": items, "list_metadata": {"before": None, "after": following}}


def box(q: dict[str, str], base: str) -> Any:
    items, following = token(q, "marker", "limit")
    return {"entries": items, "limit": 3, "next_marker": following}


def graph_like(q: dict[str, str], base: str) -> Any:
    items, following = token(q, "cursor", "limit")
    return {
        "nodes": items,
        "pageInfo": {"endCursor": following, "hasNextPage": following is not None},
    }


def after_last(q: dict[str, str], parameter: str) -> tuple[list[dict[str, str]], bool]:
    start = IDS.index(q[parameter]) + 1 if parameter in q else 0
    each = int(q.get("limit", 3))
    return cut(start, each), start + each < len(IDS)


def stripe(q: dict[str, str], base: str) -> Any:
    items, more = after_last(q, "starting_after")
    return {"object": "list", "data": items, "has_more": more}


def openai(q: dict[str, str], base: str) -> Any:
    items, more = after_last(q, "after")
    return {
        "object": "list",
        "data": items,
        "first_id": items[0]["id"] if items else None,
        "last_id": items[-1]["id"] if items else None,
        "has_more": more,
    }


def twilio(q: dict[str, str], base: str) -> Any:
    number, size, total = pages(q, "Page", "PageSize", first=0)
    following = None
    if number + 1 < total:
        following = f"{urlsplit(base).path}?{urlencode({'PageSize': size, 'Page': number + 1, 'PageToken': 'x'})}"
    return {
        "items": cut(number * size, size),
        "page": number,
        "page_size": size,
        "next_page_uri": following,
        "uri": "/",
    }


def json_api(q: dict[str, str], base: str) -> Any:
    items, following = token(q, "page[cursor]", "page[size]")
    address = f"{base}?{urlencode({**q, 'page[cursor]': following})}" if following else None
    return {"data": items, "links": {"self": base, "next": address}}


def hal(q: dict[str, str], base: str) -> Any:
    items, following = token(q, "cursor", "limit")
    links = {"self": {"href": base}}
    if following:
        links["next"] = {"href": f"{base}?{urlencode({**q, 'cursor': following})}"}
    return {"_embedded": {"items": items}, "_links": links}


def odata(q: dict[str, str], base: str) -> Any:
    items, following = token(q, "$skiptoken", "$top")
    address = {"@odata.nextLink": f"{base}?{urlencode({**q, '$skiptoken': following})}"}
    return {"value": items, **(address if following else {})}


def github(q: dict[str, str], base: str) -> Any:
    number, size, _ = pages(q, "page", "per_page")
    return cut(number * size, size)


def deep(q: dict[str, str], base: str) -> Any:
    number, size, total = pages(q, "page[number]", "page[size]")
    return {
        "data": cut(number * size, size),
        "meta": {"total_pages": total, "page_number": number + 1},
    }


def headed(q: dict[str, str], base: str) -> Any:
    return token(q, "X-Cursor", "limit")[0]


def ranged(given: str | None) -> tuple[int, dict[str, str], Any]:
    """Items of a range that a header asks for; all of them where none does."""
    if given is None:
        return 200, {}, cut(0, len(IDS))
    first, _, last = given.removeprefix("items=").partition("-")
    shown = cut(int(first), int(last) + 1 - int(first))
    if not shown:
        return 416, {"Content-Range": f"items */{len(IDS)}"}, {}
    end = int(first) + len(shown) - 1
    return 206, {"Content-Range": f"items {first}-{end}/{len(IDS)}"}, shown


def bare_pages(q: dict[str, str], base: str) -> Any:
    number, size, _ = pages(q, "page", "per_page")
    return {"data": cut(number * size, size)}


PAGE, OFFSET = PaginationStyle.PAGE, PaginationStyle.OFFSET
CURSOR, LINK = PaginationStyle.CURSOR, PaginationStyle.LINK
RANGE = PaginationStyle.RANGE
CONVENTIONS: dict[str, Convention] = {
    "spring": Convention([query("page", {"type": "integer", "default": 0}), query("size", INTEGER)], obj(content=LIST, number=INTEGER, size=INTEGER, totalPages=INTEGER, totalElements=INTEGER, numberOfElements=INTEGER, first=BOOLEAN, last=BOOLEAN, empty=BOOLEAN), spring, PAGE, {"size": 2}),
    "kubernetes": Convention([query("limit", INTEGER), query("continue", STRING)], obj(kind=STRING, items=LIST, metadata={"type": "object", "properties": {"continue": STRING, "resourceVersion": STRING}}), kubernetes, CURSOR, {"limit": 2}),
    "answered": Convention([query("limit", INTEGER), query("offset", INTEGER)], obj(voters=LIST, poll=STRING, total_votes=INTEGER), unlike_its_path, OFFSET, {"limit": 2}),
    "drfpages": Convention([query("page", INTEGER), query("page_size", INTEGER)], obj(count=INTEGER, next=ADDRESS, previous=ADDRESS, results=LIST), drf_pages, PAGE, {"page_size": 2}),
    "drfoffset": Convention([query("limit", INTEGER), query("offset", INTEGER)], obj(count=INTEGER, next=ADDRESS, previous=ADDRESS, results=LIST), drf_offset, OFFSET, {"limit": 2}),
    "pagerduty": Convention([query("limit", INTEGER), query("offset", INTEGER)], obj(items=LIST, offset=INTEGER, limit=INTEGER, more=BOOLEAN), pagerduty, OFFSET, {"limit": 2}),
    "telnyx": Convention([query("page[number]", INTEGER), query("page[size]", INTEGER)], obj(data=LIST, meta=obj(page_number=INTEGER, page_size=INTEGER, total_pages=INTEGER, total_results=INTEGER)), telnyx, PAGE, {"page_size": 2}),
    "slack": Convention([query("cursor", STRING), query("limit", INTEGER)], obj(ok=BOOLEAN, channels=LIST, response_metadata=obj(next_cursor=STRING)), slack, CURSOR, {"limit": 2}),
    "google": Convention([query("pageToken", STRING), query("pageSize", INTEGER)], obj(items=LIST, nextPageToken=STRING), google, CURSOR, {"page_size": 2}),
    "hubspot": Convention([query("after", STRING), query("limit", INTEGER)], obj(results=LIST, paging=obj(next=obj(after=STRING, link=STRING))), hubspot, CURSOR, {"limit": 2}),
    "workos": Convention([query("before", STRING), query("after", STRING), query("limit", INTEGER)], obj(object=STRING, data=LIST, list_metadata=obj(before=TOKEN, after=TOKEN)), workos, CURSOR, {"limit": 2}),
    "box": Convention([query("marker", STRING), query("limit", INTEGER)], obj(entries=LIST, limit=INTEGER, next_marker=TOKEN), box, CURSOR, {"limit": 2}),
    "relay": Convention([query("cursor", STRING), query("limit", INTEGER)], obj(nodes=LIST, pageInfo=obj(endCursor=TOKEN, hasNextPage=BOOLEAN)), graph_like, CURSOR, {"limit": 2}),
    "stripe": Convention([query("starting_after", STRING), query("ending_before", STRING), query("limit", INTEGER)], obj(object=STRING, data=LIST, has_more=BOOLEAN), stripe, CURSOR, {"limit": 2}),
    "openai": Convention([query("after", STRING), query("limit", INTEGER)], obj(object=STRING, data=LIST, first_id=TOKEN, last_id=TOKEN, has_more=BOOLEAN), openai, CURSOR, {"limit": 2}),
    "twilio": Convention([query("PageSize", INTEGER), query("Page", INTEGER), query("PageToken", STRING)], obj(items=LIST, page=INTEGER, page_size=INTEGER, next_page_uri=ADDRESS, uri=STRING), twilio, LINK, {"page_size": 2}),
    "jsonapi": Convention([query("page[cursor]", STRING), query("page[size]", INTEGER)], obj(data=LIST, links=obj(self=STRING, next=ADDRESS)), json_api, LINK, {"page_size": 2}),
    "hal": Convention([query("cursor", STRING), query("limit", INTEGER)], obj(_embedded=obj(items=LIST), _links=obj(self=obj(href=STRING), next=obj(href=STRING))), hal, LINK, {"limit": 2}),
    "odata": Convention([query("$count", BOOLEAN), query("$skiptoken", STRING), query("$top", INTEGER)], {"type": "object", "properties": {"value": LIST, "@odata.nextLink": {"type": "string"}}}, odata, LINK, {"top": 2}),
    "github": Convention([query("page", INTEGER), query("per_page", INTEGER)], LIST, github, PAGE, {"per_page": 2}, {"Link": {"schema": STRING}}),
    "deepobject": Convention([query("page", obj(number=INTEGER, size=INTEGER), style="deepObject", explode=True)], obj(data=LIST, meta=obj(total_pages=INTEGER, page_number=INTEGER)), deep, PAGE, {"page": {"size": 2}}),
    "headed": Convention([{"name": "X-Cursor", "in": "header", "schema": STRING}, query("limit", INTEGER)], LIST, headed, CURSOR, {"limit": 2}, {"X-Next-Cursor": {"schema": STRING}}),
    "ranged": Convention([{"name": "Range", "in": "header", "schema": {"type": "string", "examples": ["items=0-24"]}}], LIST, lambda _, __: None, RANGE, {"range": "items=0-1"}, {"Content-Range": {"schema": STRING}}),
    "bare": Convention([query("page", INTEGER), query("per_page", INTEGER)], obj(data=LIST), bare_pages, PAGE, {"per_page": 2}),
}  # fmt: skip


def described() -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for name, convention in CONVENTIONS.items():
        shown = {
            "description": "ok",
            "content": {"application/json": {"schema": convention.schema}},
        }
        if convention.headers:
            shown["headers"] = convention.headers
        listed = {"200": shown}
        if convention.style is RANGE:
            listed |= {"206": shown, "416": {"description": "behind the end"}}
        made = {"description": "made", "content": {"application/json": {"schema": REF}}}
        paths[f"/{name}"] = {
            "get": {"parameters": convention.parameters, "responses": listed},
            "post": {
                "requestBody": {"required": True, "content": {"application/json": {"schema": REF}}},
                "responses": {"201": made},
            },
        }
        item = {"name": "id", "in": "path", "required": True, "schema": STRING}
        paths[f"/{name}/{{id}}"] = {"get": {"parameters": [item], "responses": {"200": made}}}
    paths["/search"] = {
        "post": {
            "operationId": "search",
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {
                        "schema": obj(filter=STRING, paging=obj(cursor=STRING, limit=INTEGER))
                    }
                },
            },
            "responses": {
                "200": {
                    "description": "ok",
                    "content": {
                        "application/json": {
                            "schema": obj(items=LIST, paging=obj(next_cursor=TOKEN))
                        }
                    },
                }
            },
        }
    }
    page = {
        "description": "ok",
        "content": {
            "application/json": {"schema": obj(results=LIST, has_more=BOOLEAN, next_cursor=TOKEN)}
        },
    }
    wanted = obj(query=STRING, start_cursor=STRING, page_size=INTEGER)
    paths["/query"] = {
        "post": {
            "operationId": "query",
            "requestBody": {"content": {"application/json": {"schema": wanted}}},
            "responses": {"200": page},
        }
    }
    paths["/unknown"] = {
        "get": {
            "operationId": "listUnknown",
            "parameters": [query("cursor", STRING), query("limit", INTEGER)],
            "responses": {
                "200": {
                    "description": "ok",
                    "content": {"application/json": {"schema": obj(things=LIST, others=LIST)}},
                }
            },
        }
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Pages", "version": "1"},
        "servers": [{"url": "http://127.0.0.1"}],
        "paths": paths,
        "components": {"schemas": {"Item": ITEM}},
    }


@pytest.fixture(scope="module")
def pages_package(package):
    return package("pages", described())


def answer(seen: Any) -> tuple[int, dict[str, str], Any]:
    split = urlsplit(seen.path)
    name = split.path.strip("/")
    base = f"http://{seen.headers['host']}{split.path}"
    given = dict(parse_qsl(split.query, keep_blank_values=True))
    if name == "search":
        asked = json.loads(seen.body)
        items, following = token(asked.get("paging", {}), "cursor", "limit")
        return 200, {}, {"items": items, "paging": {"next_cursor": following}}
    if name == "query":
        items, following = token(json.loads(seen.body), "start_cursor", "page_size")
        body = {"results": items, "has_more": following is not None, "next_cursor": following}
        return 200, {}, body
    if name == "headed":
        given |= {"X-Cursor": seen.headers["x-cursor"]} if "x-cursor" in seen.headers else {}
        following = token(given, "X-Cursor", "limit")[1]
        headers = {"X-Next-Cursor": following} if following else {}
        return 200, headers, headed(given, base)
    if name == "ranged":
        return ranged(seen.headers.get("range"))
    return 200, {}, CONVENTIONS[name].respond(given, base)


@pytest.mark.parametrize("name", CONVENTIONS)
def test_the_convention_is_told_from_the_description(pages_package, name: str) -> None:
    operation = next(
        o for o in pages_package.api.operations if (o.method, o.path) == ("get", f"/{name}")
    )
    assert operation.pagination is not None
    assert operation.pagination.style is CONVENTIONS[name].style


def asks_for_two(seen: Any) -> bool:
    first, _, last = seen.headers.get("range", "").removeprefix("items=").partition("-")
    by_range = first.isdecimal() and last.isdecimal() and int(last) - int(first) == 1
    return by_range or "2" in dict(parse_qsl(urlsplit(seen.path).query)).values()


@pytest.mark.parametrize("sized", [False, True], ids=["default", "sized"])
@pytest.mark.parametrize("name", CONVENTIONS)
def test_the_client_sees_every_item_of_a_server_of_this_convention(
    pages_package, serving, name: str, sized: bool
) -> None:
    arguments = CONVENTIONS[name].size if sized else {}
    with serving(answer) as server, pages_package.client(server.url) as client:
        found = [item.id for item in getattr(client, name).list(**arguments)]
    assert found == IDS
    if sized:
        assert all(map(asks_for_two, server.seen)), "a page was asked for in another size"


@pytest.mark.parametrize("name", CONVENTIONS)
def test_the_asynchronous_client_does_the_same(pages_package, serving, name: str) -> None:
    async def walk(url: str) -> list[str]:
        async with pages_package.async_client(url) as client:
            return [item.id async for item in getattr(client, name).list()]

    with serving(answer) as server:
        assert asyncio.run(walk(server.url)) == IDS


def test_a_search_by_post_is_asked_for_the_next_page_in_its_body(pages_package, serving) -> None:
    with serving(answer) as server, pages_package.client(server.url) as client:
        found = [item.id for item in client.search.create(filter="x", paging={"limit": 2})]
    assert found == IDS
    bodies = [json.loads(s.body) for s in server.seen]
    assert all(b["filter"] == "x" and b["paging"]["limit"] == 2 for b in bodies)
    assert [b["paging"].get("cursor") for b in bodies] == [None, "t2", "t4", "t6"]


def test_its_cursor_may_stand_in_the_body_itself(pages_package, serving) -> None:
    with serving(answer) as server, pages_package.client(server.url) as client:
        found = [item.id for item in client.query.create(query="x", page_size=2)]
    assert found == IDS
    asked = [json.loads(s.body).get("start_cursor") for s in server.seen]
    assert asked == [None, "t2", "t4", "t6"]


def test_what_looks_paged_and_is_not_understood_is_told(pages_package) -> None:
    told = [d for d in pages_package.diagnostics if "[L006]" in d]
    assert len(told) == 1
    assert "listUnknown" in told[0]
    assert "'cursor'" in told[0]
    assert "x-trunkline-pagination" in told[0]


@pytest.fixture(scope="module")
def emulated(pages_package):
    with running(pages_package.api) as server:
        yield server


@pytest.mark.parametrize("name", CONVENTIONS)
def test_the_client_sees_every_item_of_the_emulator(pages_package, emulated, name: str) -> None:
    with pages_package.client(emulated.url) as client:
        resource = getattr(client, name)
        made = [resource.create(name=f"n{n}").id for n in range(7)]
        found = [item.id for item in resource.list(**CONVENTIONS[name].size)]
    assert len(made) == len(set(made)) == 7
    assert found == made


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("stripe", {"data": [{"id": "i0"}], "has_more": True}),
        ("slack", {"channels": [{"id": "i0"}], "response_metadata": {"next_cursor": "same"}}),
    ],
)
def test_a_list_that_never_ends_is_an_error(pages_package, serving, name: str, body: Any) -> None:
    with serving(lambda _: (200, {}, body)) as server, pages_package.client(server.url) as client:
        with pytest.raises(pages_package.module.errors.PaginationError):
            list(getattr(client, name).list())
        assert len(server.seen) <= 3


def test_more_without_a_way_on_is_an_error(pages_package, serving) -> None:
    body = {"nodes": [{"id": "i0"}], "pageInfo": {"hasNextPage": True, "endCursor": None}}
    with serving(lambda _: (200, {}, body)) as server, pages_package.client(server.url) as client:
        page = client.relay.list()
        assert page.has_next_page
        with pytest.raises(pages_package.module.errors.PaginationError, match="more"):
            page.next_page()


@pytest.mark.parametrize("items", [True, 7, "text", {"a": 1}])
def test_items_that_are_not_a_list_are_an_error_of_ours(pages_package, serving, items: Any) -> None:
    body = {"data": items, "has_more": False}
    raised = pytest.raises(pages_package.module.errors.ResponseValidationError)
    with (
        serving(lambda _: (200, {}, body)) as server,
        pages_package.client(server.url) as client,
        raised,
    ):
        client.stripe.list()


def test_the_first_request_is_as_the_caller_says(pages_package, serving) -> None:
    with serving(answer) as server, pages_package.client(server.url) as client:
        client.deepobject.list(page={"number": 2, "size": 3})
    assert parse_qs(urlsplit(server.seen[0].path).query) == {
        "page[number]": ["2"],
        "page[size]": ["3"],
    }


def test_the_suite_goes_through_the_pages_of_every_convention(pages_package, emulated) -> None:
    """Not tried is no proof: a page that is asked for wrongly is refused, and nothing said."""
    report = contract.run(
        contract.RunConfig(
            api=pages_package.api,
            name="pages",
            description=described(),
            base_url=emulated.url,
            only=("pages-partition",),
            phases=False,
        )
    )
    assert [f"{v.rule} {v.operation} {v.message}" for v in report.violations] == []
    passed = {result.unit for result in report.results if result.verdict == "passed"}
    # No size stands beside a token or a range that travels in a header.
    unsized = {"headed", "ranged"}
    assert passed == {f"{name}/pages-partition" for name in CONVENTIONS if name not in unsized}
