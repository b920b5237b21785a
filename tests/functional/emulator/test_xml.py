"""XML bodies: read and written by the names of the description, refused where they are none."""

from xml.etree import ElementTree

import httpx2
import pytest

from trunkline.emulator import running
from trunkline.pipeline.load import load_api

DESCRIPTION = """
openapi: 3.0.3
info: {title: Shelf, version: "1"}
paths:
  /books:
    post:
      requestBody:
        required: true
        content:
          application/xml: {schema: {$ref: '#/components/schemas/Book'}}
          application/json: {schema: {$ref: '#/components/schemas/Book'}}
      responses: &shown
        '200':
          description: ok
          content:
            application/json: {schema: {$ref: '#/components/schemas/Book'}}
            application/xml: {schema: {$ref: '#/components/schemas/Book'}}
        '400': {description: refused}
        '422': {description: refused}
  /books/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses: *shown
components:
  schemas:
    Book:
      type: object
      required: [title]
      xml: {name: book}
      properties:
        id: {type: integer, readOnly: true, xml: {attribute: true}}
        title: {type: string, minLength: 1}
        pages: {type: integer}
        inStock: {type: boolean, xml: {name: in-stock, attribute: true}}
        authors:
          type: array
          xml: {name: people, wrapped: true}
          items: {type: string, xml: {name: person}}
        notes: {type: array, items: {$ref: '#/components/schemas/Note'}}
        label: {$ref: '#/components/schemas/Label'}
    Note:
      type: object
      xml: {name: note}
      properties: {text: {type: string}, page: {type: integer}}
    Label: {type: object, properties: {code: {type: string}}}
"""

SENT = """<?xml version="1.0"?>
<b:book xmlns:b="urn:books" in-stock="true"><title>Dune &amp; after</title><pages>412</pages>
<people><person>Ada</person><person>Bob</person></people>
<note><text>worn</text><page>7</page></note><note><text>signed</text></note>
<label><code>D1</code></label></b:book>"""

MEANT = {
    "title": "Dune & after",
    "pages": 412,
    "inStock": True,
    "authors": ["Ada", "Bob"],
    "notes": [{"text": "worn", "page": 7}, {"text": "signed"}],
    "label": {"code": "D1"},
}
XML = {"Content-Type": "application/xml"}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    file = tmp_path_factory.mktemp("xml") / "openapi.yaml"
    file.write_text(DESCRIPTION)
    with running(load_api(file).api) as server, httpx2.Client(base_url=server.url) as client:
        yield client


def test_what_is_sent_is_kept(client):
    made = client.post("/books", content=SENT, headers=XML).json()
    assert made == {"id": made["id"], **MEANT}
    assert client.get(f"/books/{made['id']}").json() == made


def test_the_same_names_are_written(client):
    made = client.post("/books", json=MEANT, headers={"Accept": "application/xml"})
    assert made.headers["content-type"].startswith("application/xml")
    book = ElementTree.fromstring(made.content)
    assert (book.tag, book.get("in-stock"), book.get("id") is not None) == ("book", "true", True)
    assert [one.text for one in book.findall("people/person")] == ["Ada", "Bob"]
    assert [one.findtext("text") for one in book.findall("note")] == ["worn", "signed"]
    again = client.post("/books", content=made.content, headers=XML).json()
    assert {name: value for name, value in again.items() if name != "id"} == MEANT


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("<book><title>x</title>", 400),
        ("", 400),
        ('<!DOCTYPE a [<!ENTITY b "c">]><book><title>&b;</title></book>', 400),
        ("<book><pages>3</pages></book>", 422),
        ("<book><title>x</title><pages>many</pages></book>", 422),
        ("<x>" * 5000 + "</x>" * 5000, 400),
    ],
)
def test_what_is_no_book_is_refused(client, text, status):
    assert client.post("/books", content=text, headers=XML).status_code == status
