"""What the next page's request is: every convention, with its ends."""

import pytest

from trunkline.ir import PageLocation, Pagination, PaginationStyle
from trunkline.semantics.paging import (
    NextAddress,
    NextPage,
    NextValue,
    PaginationError,
    ReceivedPage,
    link_targets,
    next_page,
)

PAGE = PaginationStyle.PAGE
OFFSET = PaginationStyle.OFFSET
CURSOR = PaginationStyle.CURSOR
LINK = PaginationStyle.LINK
TWO = [{"id": "a"}, {"id": "b"}]


def paging(style: PaginationStyle, **more: object) -> Pagination:
    first = {"first": 0} if style is OFFSET else {}
    return Pagination(style=style, items=("data",), page="p", size="n", **{**first, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("how", "page", "expected"),
    [
        # Page numbers: by the number of pages, the number of items, a flag, a short or empty page.
        (paging(PAGE, total_pages=("pages",)), {"body": {"pages": 3}, "asked": 2}, NextValue(3)),
        (paging(PAGE, total_pages=("pages",)), {"body": {"pages": 3}, "asked": 3}, None),
        (paging(PAGE, total_pages=("pages",), first=0), {"body": {"pages": 3}, "asked": 1}, NextValue(2)),
        (paging(PAGE, total_pages=("pages",), first=0), {"body": {"pages": 3}, "asked": 2}, None),
        (paging(PAGE, total_items=("total",)), {"body": {"total": 5}, "asked": 2, "size": 2}, NextValue(3)),
        (paging(PAGE, total_items=("total",)), {"body": {"total": 4}, "asked": 2, "size": 2}, None),
        (paging(PAGE, has_more=("more",)), {"body": {"more": True}}, NextValue(2)),
        (paging(PAGE, has_more=("more",)), {"body": {"more": False}}, None),
        (paging(PAGE), {"body": {}}, NextValue(2)),
        (paging(PAGE), {"body": {}, "size": 3}, None),
        (paging(PAGE), {"body": {}, "items": []}, None),
        (paging(PAGE, number=("page",)), {"body": {"page": 4}}, NextValue(5)),
        # Offsets go on by what came, whatever was asked for.
        (paging(OFFSET), {"body": {}, "asked": 4}, NextValue(6)),
        (paging(OFFSET, total_items=("total",)), {"body": {"total": 6}, "asked": 4, "size": 2}, None),
        (paging(OFFSET, total_items=("total",)), {"body": {"total": 7}, "asked": 4, "size": 2}, NextValue(6)),
        (paging(OFFSET, total_items=("total",)), {"body": {"total": 9}, "asked": 4, "size": 50}, NextValue(6)),
        (paging(OFFSET), {"body": {}, "asked": 4, "size": 3}, None),
        # Cursors: a token of the response, or the last item's id.
        (paging(CURSOR, next=("next",)), {"body": {"next": "t"}}, NextValue("t")),
        (paging(CURSOR, next=("next",)), {"body": {"next": 7}}, NextValue(7)),
        (paging(CURSOR, next=("next",)), {"body": {"next": None}}, None),
        (paging(CURSOR, next=("next",)), {"body": {"next": ""}}, None),
        (paging(CURSOR, next=("next",)), {"body": {}}, None),
        (paging(CURSOR, next=("next",), has_more=("more",)), {"body": {"next": "t", "more": False}}, None),
        (paging(CURSOR, item_token=("id",), has_more=("more",)), {"body": {"more": True}}, NextValue("b")),
        (paging(CURSOR, item_token=("id",), has_more=("more",)), {"body": {"more": False}}, None),
        (paging(CURSOR, item_token=("id",)), {"body": {}}, NextValue("b")),
        (paging(CURSOR, item_token=("id",)), {"body": {}, "size": 3}, None),
        (paging(CURSOR, next_header="X-Next-Cursor"), {"body": [], "headers": {"x-next-cursor": "t"}}, NextValue("t")),
        (paging(CURSOR, next_header="X-Next-Cursor"), {"body": [], "headers": {"x-next-cursor": ""}}, None),
        (paging(CURSOR, next_header="X-Next-Cursor"), {"body": []}, None),
        (paging(CURSOR, item_token=("id",)), {"body": {}, "items": []}, None),
        # Links, in the body as text or object, and in the header.
        (paging(LINK, next=("links", "next")), {"body": {"links": {"next": "/x?p=2"}}}, NextAddress("/x?p=2")),
        (paging(LINK, next=("links", "next")), {"body": {"links": {"next": {"href": "/x"}}}}, NextAddress("/x")),
        (paging(LINK, next=("links", "next")), {"body": {"links": {"next": None}}}, None),
        (paging(LINK), {"body": [], "link": '<https://h/x?p=2>; rel="next"'}, NextAddress("https://h/x?p=2")),
        (paging(LINK), {"body": [], "link": '<https://h/x?p=1>; rel="prev"'}, None),
        (paging(LINK), {"body": []}, None),
    ],
)  # fmt: skip
def test_next(how: Pagination, page: dict[str, object], expected: NextPage) -> None:
    assert next_page(how, ReceivedPage(**{"items": TWO, **page})) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "how",
    [
        paging(CURSOR, next=("next",), has_more=("more",)),
        paging(LINK, next=("next",), has_more=("more",)),
        paging(CURSOR, item_token=("number",), has_more=("more",)),
    ],
)
def test_more_without_a_way_on_is_an_error(how: Pagination) -> None:
    with pytest.raises(PaginationError):
        next_page(how, ReceivedPage(body={"more": True}, items=TWO))


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, {}),
        ("", {}),
        ('<a>; rel="next", <b>; rel="last"', {"next": "a", "last": "b"}),
        ("<a>; rel=next", {"next": "a"}),
        ('<a>; title="x"; rel="next prefetch"', {"next": "a", "prefetch": "a"}),
        ("<a?x=1,2>; rel=next", {"next": "a?x=1,2"}),
        ("nonsense", {}),
        ("<a>", {}),
    ],
)
def test_link_headers(header: str | None, expected: dict[str, str]) -> None:
    assert link_targets(header) == expected


def test_names_stand_where_the_description_puts_them(api) -> None:
    from trunkline.semantics.paging import argument, asked

    found = api(
        """
        paths:
          /a:
            get:
              parameters:
                - name: page
                  in: query
                  style: deepObject
                  schema: {type: object, properties: {after: {type: string}, size: {type: integer}}}
                - {name: X-Page, in: header, schema: {type: integer}}
                - {name: 'page[number]', in: query, schema: {type: integer}}
              responses: {'200': {description: ok}}
        """
    )
    operation = found.operations[0]
    how = paging(CURSOR)
    deep = argument(operation, how, "page[after]")
    assert (deep.name, deep.path) == ("page", ("after",))
    assert asked(operation, how, "page[after]", {"page": {"after": "t"}}) == "t"
    assert asked(operation, how, "page[after]", {}) is None
    flat = argument(operation, how, "page[number]")
    assert (flat.name, flat.path) == ("page[number]", ())
    header = paging(PAGE, location=PageLocation.HEADER)
    assert argument(operation, header, "x-page").name == "X-Page"
    body = paging(CURSOR, location=PageLocation.BODY)
    inside = argument(operation, body, "paging.cursor")
    assert (inside.name, inside.path) == ("paging", ("cursor",))
