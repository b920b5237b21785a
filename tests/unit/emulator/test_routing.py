"""Paths to operations."""

from __future__ import annotations

import dataclasses

import pytest

from trunkline import ir
from trunkline.emulator.http.routing import Match, NoMatch, PathTextError, Router


@pytest.fixture(scope="module")
def router(api: ir.Api) -> Router:
    sample = api.operations[0]

    def at(method: str, path: str) -> ir.Operation:
        return dataclasses.replace(sample, id=f"{method} {path}", method=method, path=path)

    return Router(
        [
            at("get", "/things/{id}"),
            at("delete", "/things/{id}"),
            at("get", "/things/mine"),
            at("get", "/things/{id}.json"),
            at("get", "/things/{id}/parts/{part}"),
            at("get", "/things/mine/parts"),
            at("get", "/"),
        ],
        "/v1",
    )


@pytest.mark.parametrize(
    ("path", "operation", "parameters"),
    [
        (b"/v1/things/7", "get /things/{id}", {"id": "7"}),
        (b"/v1/things/mine", "get /things/mine", {}),
        (b"/v1/things/%6Dine", "get /things/mine", {}),
        (b"/v1/things/7.json", "get /things/{id}.json", {"id": "7"}),
        (b"/v1/things/mine/parts", "get /things/mine/parts", {}),
        (b"/v1/things/mine/parts/2", "get /things/{id}/parts/{part}", {"id": "mine", "part": "2"}),
        (b"/v1/things/a%2Fb", "get /things/{id}", {"id": "a/b"}),
        (b"/v1/things/%00", "get /things/{id}", {"id": "\0"}),
        (b"/v1/things/%F0%9F%99%82", "get /things/{id}", {"id": "🙂"}),
        (b"/v1/", "get /", {}),
    ],
)
def test_finds(router: Router, path: bytes, operation: str, parameters: dict[str, str]) -> None:
    found = router.match("GET", path)
    assert isinstance(found, Match)
    assert found.operation.id == operation
    assert found.parameters == parameters


@pytest.mark.parametrize(
    "path",
    [b"/things/7", b"/v1/things/", b"/v1/things", b"/v1x/things/7", b"/v1/things/7/", b"/v1//7",
     b"/v1/things/../things/7", b"*", b"", b"/v1/things/7/parts"],
)  # fmt: skip
def test_finds_nothing(router: Router, path: bytes) -> None:
    assert router.match("GET", path) == NoMatch()


@pytest.mark.parametrize("path", [b"/v1/things/%", b"/v1/things/%2", b"/v1/things/%zz",
                                  b"/v1/things/%ff", b"/v1/things/%C0%AF"])  # fmt: skip
def test_malformed(router: Router, path: bytes) -> None:
    with pytest.raises(PathTextError):
        router.match("GET", path)


def test_other_methods_of_a_path(router: Router) -> None:
    missed = router.match("PUT", b"/v1/things/7")
    assert isinstance(missed, NoMatch)
    assert set(missed.allowed) == {"GET", "DELETE"}


def test_method_on_a_templated_path_behind_a_static_one(router: Router) -> None:
    found = router.match("DELETE", b"/v1/things/mine")
    assert isinstance(found, Match)
    assert found.parameters == {"id": "mine"}
