"""One API written in many ways: nothing has changed, and the packages are the same.

Each function writes the description otherwise without saying anything else.
"""

import copy
import json

import pytest
import yaml

from trunkline.evolve import compare
from trunkline.pipeline import load_api
from trunkline.pipeline.evidence import judged

LIBRARY = yaml.safe_load("""
openapi: 3.1.0
info: {title: Library, version: 1.0.0}
servers: [{url: https://api.example.com/v1}]
security: [{key: []}]
tags: [{name: books, description: Books.}]
paths:
  /books:
    get:
      operationId: listBooks
      tags: [books]
      parameters:
        - {name: page, in: query, schema: {type: integer, minimum: 1}}
        - {name: page_size, in: query, schema: {type: integer, minimum: 1, maximum: 100}}
        - name: kinds
          in: query
          schema: {type: array, items: {$ref: '#/components/schemas/Kind'}}
        - {name: X-Trace, in: header, schema: {type: string}}
      responses:
        '200':
          description: Books
          headers: {X-Total: {schema: {type: integer}}}
          content: {application/json: {schema: {$ref: '#/components/schemas/BookList'}}}
        '401': {$ref: '#/components/responses/Refused'}
    post:
      operationId: createBook
      tags: [books]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/BookInput'}}}
      responses:
        '201':
          description: Made
          content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}
        '422': {$ref: '#/components/responses/Refused'}
  /books/{book_id}:
    parameters:
      - {name: book_id, in: path, required: true, schema: {type: string, format: uuid}}
    get:
      operationId: getBook
      tags: [books]
      responses:
        '200':
          description: A book
          content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}
        '404': {$ref: '#/components/responses/Refused'}
    delete:
      operationId: deleteBook
      tags: [books]
      responses: {'204': {description: Gone}}
  /books/{book_id}/cover:
    parameters:
      - {name: book_id, in: path, required: true, schema: {type: string, format: uuid}}
    get:
      operationId: getCover
      tags: [books]
      responses:
        '200':
          description: A picture
          content: {image/png: {}}
webhooks:
  bookMade:
    post:
      operationId: bookMade
      requestBody:
        content: {application/json: {schema: {$ref: '#/components/schemas/Event'}}}
      responses: {'200': {description: Taken}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  responses:
    Refused:
      description: Refused
      content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}
  schemas:
    Kind: {type: string, enum: [novel, play, poem]}
    Error:
      type: object
      required: [message]
      properties: {message: {type: string}, code: {type: [integer, 'null']}}
    Author:
      type: object
      required: [name]
      properties: {name: {type: string, minLength: 1}, born: {type: string, format: date}}
    Printed:
      type: object
      required: [form, pages]
      properties: {form: {const: printed}, pages: {type: integer, minimum: 1}}
    Spoken:
      type: object
      required: [form, minutes]
      properties: {form: {const: spoken}, minutes: {type: integer}}
    BookInput:
      type: object
      required: [title]
      properties:
        title: {type: string, minLength: 1, maxLength: 80}
        subtitle: {type: [string, 'null']}
        kind: {$ref: '#/components/schemas/Kind'}
        price: {type: number, minimum: 0, exclusiveMaximum: 1000}
        labels: {type: array, items: {type: string}, maxItems: 5}
        author: {$ref: '#/components/schemas/Author'}
        edition:
          oneOf: [{$ref: '#/components/schemas/Printed'}, {$ref: '#/components/schemas/Spoken'}]
          discriminator:
            propertyName: form
            mapping:
              printed: '#/components/schemas/Printed'
              spoken: '#/components/schemas/Spoken'
        code: {anyOf: [{type: string}, {type: integer}]}
    Book:
      type: object
      required: [id, title]
      properties:
        id: {type: string, format: uuid, readOnly: true}
        title: {type: string, minLength: 1, maxLength: 80}
        subtitle: {type: [string, 'null']}
        author: {$ref: '#/components/schemas/Author'}
        extra: {type: object, additionalProperties: {type: string}}
        made_at: {type: string, format: date-time}
    BookList:
      type: object
      required: [data]
      properties:
        data: {type: array, items: {$ref: '#/components/schemas/Book'}}
        total_pages: {type: integer}
    Event:
      type: object
      required: [type, book]
      properties: {type: {type: string}, book: {$ref: '#/components/schemas/Book'}}
""")
REFACTORINGS = {}


def refactoring(function):
    """`function` edits a copy of the library in place, or returns another document."""
    REFACTORINGS[function.__name__] = function
    return function


def everything(value):
    """Every object of a document."""
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, dict | list):
            yield from everything(one)


def schemas(d):
    return d["components"]["schemas"]


def properties(d, name):
    return schemas(d)[name]["properties"]


def operations(d):
    return [
        (item, method)
        for item in d["paths"].values()
        for method in ("get", "post", "delete")
        if method in item
    ]


# --- How schemas are written


@refactoring
def null_as_a_member(d):
    properties(d, "BookInput")["subtitle"] = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    properties(d, "Book")["subtitle"] = {"oneOf": [{"type": "null"}, {"type": "string"}]}


@refactoring
def a_type_in_a_list(d):
    for one in everything(d["components"]):
        if isinstance(one.get("type"), str) and one["type"] in ("string", "integer", "object"):
            one["type"] = [one["type"]]
    d["components"]["securitySchemes"]["key"]["type"] = "apiKey"


@refactoring
def types_in_another_order(d):
    properties(d, "Error")["code"]["type"] = ["null", "integer"]


@refactoring
def a_constant_as_an_enum_of_one(d):
    properties(d, "Printed")["form"] = {"enum": ["printed"]}
    properties(d, "Spoken")["form"] = {"type": "string", "enum": ["spoken"]}


@refactoring
def an_enum_in_another_order(d):
    schemas(d)["Kind"]["enum"].reverse()


@refactoring
def an_enum_without_its_type(d):
    del schemas(d)["Kind"]["type"]


@refactoring
def an_enum_as_constants(d):
    schemas(d)["Kind"] = {"oneOf": [{"const": k} for k in ("novel", "play", "poem")]}


@refactoring
def all_of_one(d):
    properties(d, "Book")["author"] = {"allOf": [{"$ref": "#/components/schemas/Author"}]}


@refactoring
def any_of_one(d):
    properties(d, "Book")["author"] = {"anyOf": [{"$ref": "#/components/schemas/Author"}]}


@refactoring
def an_object_in_two_halves(d):
    whole = schemas(d)["Author"]
    first = {"type": "object", "required": ["name"], "properties": {}}
    first["properties"]["name"] = whole["properties"]["name"]
    second = {"type": "object", "properties": {"born": whole["properties"]["born"]}}
    schemas(d)["Author"] = {"allOf": [first, second]}


@refactoring
def required_in_a_half_of_its_own(d):
    whole = schemas(d)["BookInput"]
    required = whole.pop("required")
    schemas(d)["BookInput"] = {"allOf": [whole, {"required": required}]}


@refactoring
def bounds_in_a_half_of_their_own(d):
    properties(d, "BookInput")["title"] = {
        "allOf": [{"type": "string", "minLength": 1}, {"maxLength": 80}]
    }


@refactoring
def halves_in_halves(d):
    whole = schemas(d)["Error"]
    schemas(d)["Error"] = {"allOf": [{"allOf": [{"allOf": [whole]}]}]}


@refactoring
def a_union_in_a_union(d):
    properties(d, "BookInput")["code"] = {
        "anyOf": [{"anyOf": [{"type": "string"}]}, {"anyOf": [{"type": "integer"}]}]
    }


@refactoring
def a_union_of_types_as_a_list_of_types(d):
    properties(d, "BookInput")["code"] = {"type": ["string", "integer"]}


@refactoring
def one_of_for_members_that_are_disjoint(d):
    properties(d, "BookInput")["code"] = {"oneOf": [{"type": "string"}, {"type": "integer"}]}


@refactoring
def a_mapping_by_names(d):
    choice = properties(d, "BookInput")["edition"]["discriminator"]
    choice["mapping"] = {"printed": "Printed", "spoken": "Spoken"}


@refactoring
def a_bound_that_says_nothing(d):
    properties(d, "Book")["title"]["minLength"] = 1
    properties(d, "Error")["message"]["minLength"] = 0
    properties(d, "Book")["extra"]["minProperties"] = 0
    properties(d, "BookList")["data"]["minItems"] = 0


@refactoring
def defaults_of_keywords(d):
    properties(d, "Book")["title"]["readOnly"] = False
    properties(d, "Book")["title"]["deprecated"] = False
    schemas(d)["Author"]["additionalProperties"] = True
    properties(d, "BookInput")["labels"]["uniqueItems"] = False


@refactoring
def numbers_written_otherwise(d):
    properties(d, "BookInput")["price"] = {
        "type": "number",
        "minimum": 0.0,
        "exclusiveMaximum": 1e3,
    }


@refactoring
def required_in_another_order(d):
    schemas(d)["Book"]["required"] = ["title", "id"]


@refactoring
def required_with_an_empty_list(d):
    schemas(d)["Book"]["properties"]["extra"]["required"] = []


# --- Where things stand


@refactoring
def keys_in_another_order(d):
    def turned(value):
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(value)}
        return [turned(one) for one in value] if isinstance(value, list) else value

    # The order of properties is that of arguments and fields: only keywords are turned around.
    for schema in schemas(d).values():
        for key in reversed(list(schema)):
            schema[key] = schema.pop(key)
    for item, method in operations(d):
        item[method] = {key: item[method][key] for key in reversed(item[method])}
    d["info"] = turned(d["info"])
    return {key: d[key] for key in reversed(d)}


@refactoring
def a_response_in_place(d):
    refused = d["components"]["responses"].pop("Refused")
    for item, method in operations(d):
        for status, response in item[method]["responses"].items():
            if "$ref" in response:
                item[method]["responses"][status] = copy.deepcopy(refused)


@refactoring
def a_body_among_the_components(d):
    post = d["paths"]["/books"]["post"]
    d["components"]["requestBodies"] = {"Book": post["requestBody"]}
    post["requestBody"] = {"$ref": "#/components/requestBodies/Book"}


@refactoring
def parameters_among_the_components(d):
    get = d["paths"]["/books"]["get"]
    d["components"]["parameters"] = {p["name"]: p for p in get["parameters"]}
    get["parameters"] = [
        {"$ref": f"#/components/parameters/{p['name']}"} for p in get["parameters"]
    ]


@refactoring
def headers_among_the_components(d):
    answer = d["paths"]["/books"]["get"]["responses"]["200"]
    d["components"]["headers"] = {"Total": answer["headers"]["X-Total"]}
    answer["headers"]["X-Total"] = {"$ref": "#/components/headers/Total"}


@refactoring
def a_path_item_among_the_components(d):
    d["components"]["pathItems"] = {"Cover": d["paths"]["/books/{book_id}/cover"]}
    d["paths"]["/books/{book_id}/cover"] = {"$ref": "#/components/pathItems/Cover"}


@refactoring
def a_reference_to_a_reference(d):
    d["components"]["responses"]["Bad"] = d["components"]["responses"]["Refused"]
    d["components"]["responses"]["Refused"] = {"$ref": "#/components/responses/Bad"}


@refactoring
def path_parameters_with_each_operation(d):
    for path in ("/books/{book_id}", "/books/{book_id}/cover"):
        shared = d["paths"][path].pop("parameters")
        for method in ("get", "delete"):
            if method in d["paths"][path]:
                d["paths"][path][method]["parameters"] = copy.deepcopy(shared)


@refactoring
def parameters_in_another_place(d):
    get = d["paths"]["/books"]["get"]
    d["paths"]["/books"]["parameters"] = []
    get["parameters"] = list(get["parameters"])


@refactoring
def security_with_each_operation(d):
    security = d.pop("security")
    for item, method in operations(d):
        item[method]["security"] = copy.deepcopy(security)


@refactoring
def a_scheme_of_another_name(d):
    d["components"]["securitySchemes"]["theKey"] = d["components"]["securitySchemes"].pop("key")
    d["security"] = [{"theKey": []}]


@refactoring
def the_base_path_in_the_paths(d):
    d["servers"] = [{"url": "https://api.example.com"}]
    d["paths"] = {f"/v1{path}": item for path, item in d["paths"].items()}


@refactoring
def a_slash_after_the_base_path(d):
    d["servers"] = [{"url": "https://api.example.com/v1/"}]


@refactoring
def servers_with_each_operation(d):
    for item, method in operations(d):
        item[method]["servers"] = copy.deepcopy(d["servers"])


@refactoring
def operation_ids_in_another_case(d):
    for item, method in operations(d):
        name = item[method]["operationId"]
        item[method]["operationId"] = "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


# --- How HTTP is written


@refactoring
def a_charset_of_json(d):
    for one in everything(d["paths"]):
        if "application/json" in one:
            one["application/json; charset=utf-8"] = one.pop("application/json")


@refactoring
def a_media_type_in_capitals(d):
    for one in everything(d["paths"]):
        if "application/json" in one:
            one["Application/JSON"] = one.pop("application/json")


@refactoring
def headers_in_capitals(d):
    d["paths"]["/books"]["get"]["parameters"][3]["name"] = "X-TRACE"
    d["components"]["securitySchemes"]["key"]["name"] = "x-key"
    headers = d["paths"]["/books"]["get"]["responses"]["200"]["headers"]
    headers["x-total"] = headers.pop("X-Total")


@refactoring
def defaults_of_parameters(d):
    for parameter in d["paths"]["/books"]["get"]["parameters"]:
        parameter["required"] = False
        parameter["deprecated"] = False
        parameter["style"] = "simple" if parameter["in"] == "header" else "form"
        parameter["explode"] = parameter["in"] != "header"


@refactoring
def explode_of_a_single_value(d):
    for parameter in d["paths"]["/books"]["get"]["parameters"][:2]:
        parameter["explode"] = False


@refactoring
def a_picture_with_its_schema(d):
    cover = d["paths"]["/books/{book_id}/cover"]["get"]["responses"]["200"]
    cover["content"]["image/png"] = {"schema": {"type": "string", "format": "binary"}}


@refactoring
def a_webhook_with_its_media_type_written_out(d):
    content = d["webhooks"]["bookMade"]["post"]["requestBody"]["content"]
    content["application/json;charset=UTF-8"] = content.pop("application/json")


# --- Which version it is written in


@refactoring
def version_3_2(d):
    d["openapi"] = "3.2.0"


@refactoring
def a_patch_of_the_version(d):
    d["openapi"] = "3.1.1"


@refactoring
def the_dialect_written_out(d):
    d["jsonSchemaDialect"] = "https://spec.openapis.org/oas/3.1/dialect/base"


@refactoring
def an_anchor_instead_of_a_pointer(d):
    schemas(d)["Author"]["$anchor"] = "author"
    properties(d, "Book")["author"] = {"$ref": "#author"}


@refactoring
def a_reference_with_percent_signs(d):
    properties(d, "Book")["author"] = {"$ref": "#/components/schemas/%41uthor"}


# --- How it is kept


def older(d):
    """The same in 3.0's words, in place."""
    d["openapi"] = "3.0.3"
    for one in everything(d):
        if isinstance(one.get("type"), list):
            one["type"] = next(t for t in one["type"] if t != "null")
            one["nullable"] = True
        if "const" in one:
            one["enum"], one["type"] = [one.pop("const")], "string"
        if isinstance(one.get("exclusiveMaximum"), int):
            one["maximum"], one["exclusiveMaximum"] = one["exclusiveMaximum"], True
    cover = d["paths"]["/books/{book_id}/cover"]["get"]["responses"]["200"]
    cover["content"]["image/png"] = {"schema": {"type": "string", "format": "binary"}}


def spread(d, folder):
    """The same in three files, in place."""
    folder.mkdir()
    inside = json.dumps(schemas(d)).replace("#/components/schemas/", "#/")
    (folder / "schemas.json").write_text(inside)
    for one in everything(d["paths"]):
        if str(one.get("$ref", "")).startswith("#/components/schemas/"):
            one["$ref"] = one["$ref"].replace("#/components/schemas/", "schemas.json#/")
    d["components"]["schemas"] = {name: {"$ref": f"schemas.json#/{name}"} for name in schemas(d)}
    cover = json.dumps(d["paths"]["/books/{book_id}/cover"])
    (folder / "cover.json").write_text(cover)
    d["paths"]["/books/{book_id}/cover"] = {"$ref": "cover.json"}


TOLD = {
    "the_base_path_in_the_paths": "server-base-path-moved",
    "operation_ids_in_another_case": "operation-id-changed",
}
"""What is told although it changes nothing here: whoever gives a base URL, or refers to ids, has to
know."""

WRITTEN_OTHERWISE = {
    "an_enum_in_another_order": "the members of the enum have its order",
    "a_scheme_of_another_name": "the name is the key of a private table",
    "the_base_path_in_the_paths": "addresses are joined from other parts",
    "a_charset_of_json": "the media types sent are written as described",
    "a_media_type_in_capitals": "the media types sent are written as described",
    "headers_in_capitals": "the headers sent are written as described",
    "explode_of_a_single_value": "a style is kept that does nothing to one value",
}
"""Where the modules differ in what neither a caller nor a server can tell, and in what."""


def read(document, path, text=None):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text or yaml.safe_dump(document, sort_keys=False))
    return load_api(path).api


def assert_nothing_changed(code, old, new, name=""):
    changes = judged(compare(old, new), old, new)
    assert [c.message for c in changes if c.rule.id != TOLD.get(name)] == []
    assert all(c.http == "compatible" for c in changes)
    assert (code(old) == code(new)) == (name not in WRITTEN_OTHERWISE)


@pytest.mark.parametrize("name", REFACTORINGS)
def test_nothing_has_changed(name, code, tmp_path):
    document = copy.deepcopy(LIBRARY)
    document = REFACTORINGS[name](document) or document
    assert json.dumps(document) != json.dumps(LIBRARY)
    old = read(LIBRARY, tmp_path / "old" / "openapi.yaml")
    new = read(document, tmp_path / "new" / "openapi.yaml")
    assert_nothing_changed(code, old, new, name)
    assert_nothing_changed(code, new, old, name)


def test_nothing_has_changed_since_3_0(code, tmp_path):
    document = copy.deepcopy(LIBRARY)
    del document["webhooks"]  # 3.0 has none
    new = read(document, tmp_path / "new" / "openapi.yaml")
    older(document)
    old = read(document, tmp_path / "old" / "openapi.yaml")
    assert_nothing_changed(code, old, new)
    assert_nothing_changed(code, new, old)


def test_nothing_has_changed_in_three_files(code, tmp_path):
    document = copy.deepcopy(LIBRARY)
    old = read(document, tmp_path / "old" / "openapi.yaml")
    spread(document, tmp_path / "new")
    new = read(document, tmp_path / "new" / "openapi.yaml")
    assert_nothing_changed(code, old, new)
    assert_nothing_changed(code, new, old)


def test_refactorings_can_be_told_from_changes(code, tmp_path):
    document = copy.deepcopy(LIBRARY)
    schemas(document)["Author"]["required"] = []
    old = read(LIBRARY, tmp_path / "old" / "openapi.yaml")
    new = read(document, tmp_path / "new" / "openapi.yaml")
    assert judged(compare(old, new), old, new)
    assert code(old) != code(new)
