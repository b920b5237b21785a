"""Whatever a server sends, a call returns a value or raises one of the package's exceptions."""

from __future__ import annotations

import json
import logging
from typing import Any

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field

from trunkline.runtime import Operation, Paging, SyncClient
from trunkline.runtime.errors import APIError
from trunkline.runtime.models import Model, OpenStrEnum
from trunkline.runtime.rpc import RpcMethod
from trunkline.runtime.service import Service

SERVICE = Service(package="hostile", version="1", base_url="https://api.example.com")


class Colour(OpenStrEnum):
    RED = "red"


class Node(Model):
    name: str
    colour: Colour | None = None
    children: list[Node] = Field(default_factory=list)
    by_name: dict[str, Node] = Field(default_factory=dict)
    either: int | Node | None = None


CURSOR = Paging(style="cursor", page=("c",), next=("next",), has_more=("more",))
OPERATIONS: list[Operation[Any]] = [
    Operation(id="one", method="GET", path="/", responses={"200": Node}, errors={"4XX": Node}),
    Operation(id="deep", method="GET", path="/", responses={"200": Node}, payload=("data", "it")),
    Operation(id="text", method="GET", path="/", responses={"200": str}),
    Operation(id="either", method="GET", path="/", responses={"200": Node | list[int] | str}),
]
LISTS: list[Operation[Any]] = [
    Operation(
        id=f"list-{p.style}",
        method="GET",
        path="/",
        responses={"200": Node},
        payload=("data",),
        paging=p,
    )
    for p in (
        CURSOR,
        Paging(style="link", next=("next",)),
        Paging(style="link"),
        Paging(style="page", page=("p",), total_pages=("total",), number=("n",)),
        Paging(style="offset", page=("o",), first=0, total_items=("total",)),
    )
]
RPC: RpcMethod[Any] = RpcMethod(OPERATIONS[0], "m", Node)

DEEP = [
    b"[" * 900 + b"]" * 900,
    b'{"error":' * 900 + b"1" + b"}" * 900,
    b'{"children":[' * 450 + b"1" + b"]}" * 450,
    b'{"data":[' + b'{"either":' * 800 + b"[]" + b"}" * 800 + b"]}",
]
keys = st.sampled_from(
    ["name", "colour", "children", "by_name", "either", "data", "it", "next", "more", "total", "n",
     "error", "result", "code", "message", "errors", "detail", "x"]
)  # fmt: skip
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=15,
)
bodies = st.one_of(
    values.map(lambda value: json.dumps(value).encode()),
    st.binary(max_size=30),
    st.sampled_from([b"[" * 100_000, b'{"a":' * 50_000, b"9" * 10_000, b"NaN", b"\xef\xbb\xbf{}"]),
)
types = st.sampled_from(
    ["application/json", "text/html", "text/plain; charset=hex", "application/json; charset=utf-7",
     "text/plain; charset=no-such", ";;;", "", "application/problem+json"]
)  # fmt: skip
links = st.sampled_from(
    [
        "",
        '<https://evil.example/>; rel="next"',
        "<http://[>; rel=next",
        "<<>>,;;=",
        '</?c=1>; rel="next"',
    ]
)


@pytest.fixture(autouse=True)
def quiet():
    logging.getLogger("hostile").setLevel(logging.CRITICAL)


@settings(max_examples=300, deadline=None)
@given(st.data(), st.integers(200, 599), bodies, types, links)
def test_only_values_and_own_exceptions_come_out(data, status, body, content_type, link):
    headers = {"content-type": content_type, "link": link, "location": "/elsewhere"}
    seen: list[int] = []

    def respond(request: httpx2.Request) -> httpx2.Response:
        seen.append(1)
        return httpx2.Response(status, content=body, headers=headers)

    strict = data.draw(st.booleans())
    client = SyncClient(
        SERVICE,
        credentials={},
        max_retries=0,
        strict=strict,
        transport=httpx2.MockTransport(respond),
    )
    action = data.draw(st.sampled_from([*OPERATIONS, *LISTS, RPC]))
    try:
        if isinstance(action, RpcMethod):
            client.rpc(action, 1)
        elif action.paging is not None:
            page = client.list(action)
            for index, _ in enumerate(page.pages()):
                if index > 5:
                    break
        else:
            client.call(action)
    except APIError as error:
        message = str(error)
    else:
        message = "fine"
    assert message
    assert len(seen) < 20


@pytest.mark.parametrize("body", DEEP, ids=["lists", "errors", "children", "unions"])
@pytest.mark.parametrize("status", [200, 404])
def test_answers_that_are_nested_deeply_are_survived(body, status):
    transport = httpx2.MockTransport(lambda _: httpx2.Response(status, content=body))
    client = SyncClient(SERVICE, credentials={}, max_retries=0, transport=transport)
    for operation in (OPERATIONS[0], OPERATIONS[3], RPC):
        try:
            value = client.call(operation)
        except APIError as error:
            value = str(error)
        assert value is not None
