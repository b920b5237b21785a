from __future__ import annotations

from typing import Any

import pytest
from runtime_demo import BEARER, operation

from trunkline.runtime import Operation
from trunkline.runtime.errors import (
    PaginationError,
)
from trunkline.runtime.operation import Paging


def pages(server: Any, reply: Any, *documents: Any) -> None:
    server.answers = [reply(document) for document in documents]


def ids(*names: str) -> list[dict[str, str]]:
    return [{"id": name} for name in names]


def listing(paging: Paging, **changes: Any) -> Operation[Any]:
    return operation(paging=paging, payload=("data",), **changes)


def asked(server: Any) -> list[str]:
    return [seen.path for seen in server.seen]


def test_page_numbers(connect, server, reply):
    op = listing(Paging(style="page", page=("p",), size=("n",), total_pages=("total",)))
    pages(server, reply, {"data": ids("a"), "total": 2}, {"data": ids("b"), "total": 2})
    assert [item.id for item in connect().items(op, query={"n": 1, "f": "x"})] == ["a", "b"]
    assert asked(server) == ["/thing?n=1&f=x", "/thing?n=1&f=x&p=2"]


def test_page_numbers_without_totals_end_at_a_short_or_empty_page(connect, server, reply):
    op = listing(Paging(style="page", page=("p",), size=("n",)))
    pages(server, reply, {"data": ids("a", "b")}, {"data": ids("c")})
    assert len(connect().items(op, query={"n": 2})) == 3
    server.seen.clear()
    pages(server, reply, {"data": ids("a")}, {"data": []})
    assert len(connect().items(op)) == 1
    assert asked(server) == ["/thing", "/thing?p=2"]


def test_page_numbers_that_start_at_zero(connect, server, reply):
    op = listing(Paging(style="page", page=("p",), first=0, total_pages=("t",), number=("n",)))
    pages(server, reply, {"data": ids("a"), "t": 2, "n": 0}, {"data": ids("b"), "t": 2, "n": 1})
    assert len(connect().items(op)) == 2
    assert asked(server) == ["/thing", "/thing?p=1"]


def test_offsets(connect, server, reply):
    paging = Paging(style="offset", page=("offset",), size=("limit",), first=0, total_items=("n",))
    op = listing(paging)
    pages(server, reply, {"data": ids("a", "b"), "n": 3}, {"data": ids("c"), "n": 3})
    assert len(connect().items(op, query={"limit": 2})) == 3
    assert asked(server) == ["/thing?limit=2", "/thing?limit=2&offset=2"]


def test_cursors(connect, server, reply):
    op = listing(Paging(style="cursor", page=("after",), next=("meta", "next"), has_more=("more",)))
    pages(
        server,
        reply,
        {"data": ids("a"), "meta": {"next": "x=1&y"}, "more": True},
        {"data": [], "meta": {"next": "z"}, "more": True},
        {"data": ids("b"), "meta": {"next": "unused"}, "more": False},
    )
    assert [item.id for item in connect().items(op)] == ["a", "b"]
    assert asked(server) == ["/thing", "/thing?after=x%3D1%26y", "/thing?after=z"]


@pytest.mark.parametrize(
    "end", [{}, {"meta": None}, {"meta": {"next": None}}, {"meta": {"next": ""}}]
)
def test_cursors_end(connect, server, reply, end):
    op = listing(Paging(style="cursor", page=("after",), next=("meta", "next")))
    pages(server, reply, {"data": ids("a"), **end})
    assert len(connect().items(op)) == 1


def test_links_in_headers(connect, server, reply):
    op = listing(Paging(style="link"), security=BEARER)
    first = reply(
        {"data": ids("a")}, Link='</thing?page=2>; rel="next", </thing?page=9>; rel="last"'
    )
    server.answers = [first, reply({"data": ids("b")})]
    assert len(connect().items(op)) == 2
    assert asked(server) == ["/thing", "/thing?page=2"]
    assert server.seen[1].headers["authorization"] == "Bearer T0KEN"


def test_links_in_bodies(connect, server, reply):
    op = listing(Paging(style="link", next=("next",)))
    pages(server, reply, {"data": ids("a"), "next": f"{server.url}/thing?c=2"}, {"data": ids("b")})
    assert len(connect().items(op)) == 2


def test_a_link_to_another_host_is_not_followed(connect, server, reply):
    op = listing(Paging(style="link", next=("next",)))
    pages(server, reply, {"data": ids("a"), "next": "https://evil.example/thing"})
    with pytest.raises(PaginationError, match=r"evil\.example"):
        connect().items(op)


@pytest.mark.parametrize(
    ("paging", "document"),
    [
        (Paging(style="cursor", page=("after",), next=("next",)), {"next": "same"}),
        (Paging(style="link", next=("next",)), {"next": "/thing?c=1"}),
        (Paging(style="page", page=("p",)), {}),
        (Paging(style="page", page=("p",), number=("n",)), {"n": 1}),
        (Paging(style="offset", page=("o",), first=0), {}),
    ],
)
def test_a_server_that_goes_in_circles_is_stopped(connect, server, reply, paging, document):
    pages(server, reply, {"data": ids("a"), **document})
    with pytest.raises(PaginationError):
        connect().items(listing(paging))
    assert len(server.seen) <= 3


def test_a_page_can_be_left_and_taken_up_again(connect, server, reply):
    op = listing(Paging(style="cursor", page=("after",), next=("next",)))
    pages(server, reply, {"data": ids("a"), "next": "x"}, {"data": ids("b")})
    caller = connect()
    page = caller.run(caller.client.list(op))
    assert page.has_next_page
    assert page.has_next_page
    assert caller.run(page.first()).id == "a" if caller.kind == "async" else page.first().id == "a"
    following = caller.run(page.next_page())
    assert [item.id for item in following.data] == ["b"]
    assert caller.run(following.next_page()) is None
    assert caller.run(page.next_page()).data[0].id == "b"
