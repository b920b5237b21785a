"""Swagger 2.0: each description in `swagger/` has a twin in OpenAPI 3.0 that means the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from representation import plain

from trunkline import ir
from trunkline.diagnostics import Code, Diagnostics
from trunkline.lower import lower
from trunkline.openapi import load
from trunkline.source import Document, Node, parse

HERE = Path(__file__).parent / "swagger"
PAIRS = sorted(path.name for path in HERE.iterdir())


def read(text: str, *, validate: bool = False) -> tuple[ir.Api, Document, Diagnostics]:
    found = Diagnostics()
    document = Document(parse("api.yaml", text.encode()), Path(), found, None)
    description = load(document, found, validate=validate)
    return lower(description, found), description.document, found


@pytest.mark.parametrize("pair", PAIRS)
def test_it_means_what_its_twin_means(pair: str) -> None:
    old, _, told = read((HERE / pair / "swagger.yaml").read_text())
    new, _, also = read((HERE / pair / "openapi.yaml").read_text())
    assert plain(old, without=("openapi",)) == plain(new, without=("openapi",))
    assert [d.message for d in told] == [d.message for d in also] == []
    assert old.openapi == "2.0"


@pytest.mark.parametrize("pair", PAIRS)
def test_both_are_valid(pair: str) -> None:
    for file in ("swagger.yaml", "openapi.yaml"):
        _, _, found = read((HERE / pair / file).read_text(), validate=True)
        assert not [str(one) for one in found.errors]


@pytest.mark.parametrize("pair", PAIRS)
def test_every_value_stands_where_it_was_written(pair: str) -> None:
    text = (HERE / pair / "swagger.yaml").read_text()
    _, document, _ = read(text)
    lines = text.splitlines()
    pending = [Node.root(document.file)]
    scalars = 0
    while pending:
        node = pending.pop()
        pending += [member for _, member in node.items()]
        pending += node.elements()
        at = node.position
        there = lines[at.line - 1][at.column - 1 :].lstrip("\"'")
        if isinstance(node.value, str) and there.startswith(node.value[:20]):
            scalars += 1
        elif isinstance(node.value, str):
            # Made anew: it stands where that stands which it is made of.
            assert node.pointer.endswith(
                ("/$ref", "/url", "/openapi", "/style", "/type", "/format", "/scheme")
            ) or node.pointer.rsplit("/", 1)[0].endswith("/required"), node.pointer
    assert scalars > 5


ODD = """\
swagger: "2.0"
info: {title: Odd, version: "1"}
paths:
  /odd:
    get:
      operationId: odd
      parameters:
        - {name: tabs, in: query, type: array, items: {type: string}, collectionFormat: tsv}
        - name: deep
          in: query
          type: array
          items: {type: array, items: {type: string}, collectionFormat: pipes}
        - {name: X-A, in: header, type: array, items: {type: string}, collectionFormat: ssv}
      responses:
        200:
          description: Fine
          headers: {X-B: {type: array, items: {type: string}, collectionFormat: pipes}}
          schema: {type: string}
          examples: {text/odd: a}
securityDefinitions:
  odd: {type: oauth2, flow: dance, scopes: {}}
"""


def at(part: str) -> str:
    """Where a part of ODD stands."""
    before = ODD[: ODD.index(part)]
    return f"api.yaml:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def test_what_has_no_meaning_in_3_is_told_at_its_place() -> None:
    api, _, found = read(ODD)
    told = {str(d.position): d.message for d in found if d.code is Code.SWAGGER_2}
    assert told == {
        at("tsv"): "A list that is written as tsv",
        at("pipes}\n        - {name: X-A"): "A list within a list that is written as pipes",
        at("header, type"): "A list in header that is written as ssv",
        at("pipes}}\n          schema"): "A list in a header that is written as pipes",
        at("a}\nsecurity"): "An example of text/odd, which is not produced",
        at("dance"): "A flow of OAuth 2.0 that is not known",
    }
    assert all(d.severity == "warning" for d in found if d.code is Code.SWAGGER_2)
    (operation,) = api.operations
    assert [p.name for p in operation.parameters] == ["tabs", "deep", "X-A"]


def test_a_slip_in_it_is_told_where_it_stands() -> None:
    text = (HERE / "basics" / "swagger.yaml").read_text()
    api, _, found = read(text.replace('"#/definitions/Failure"', '"#/definitions/Failur"'))
    (told,) = found
    assert told.code is Code.REF_UNRESOLVED
    assert str(told.position) == "api.yaml:19:54"
    assert told.hint is not None
    assert "Failure" in told.hint
    assert api.operations


def test_another_version_of_swagger_is_refused() -> None:
    with pytest.raises(Exception, match=r"Swagger '1\.2' is not known"):
        read('swagger: "1.2"\ninfo: {title: a, version: "1"}\npaths: {}\n')
