"""The table of slips: what is edited, what is read all the same, what is told, where, and how a
command ends.

A row edits one valid description. Its reading is another edit of it: the representation must be that
of the description written right, or, where nothing is plainly meant, of the description without the
part that is lost. `¦` marks the place that the diagnostic names.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from representation import plain

from trunkline.diagnostics import Code, Diagnostics
from trunkline.lower import lower
from trunkline.openapi import load
from trunkline.source import Document, parse

BASE = """\
openapi: {version}
info: {title: Shop, version: "1"}
servers: [{url: 'https://shop.test/v1'}]
tags: [{name: things}]
security: [{key: []}]
paths:
  /healthy:
    get: {operationId: healthy, responses: {"204": {description: Fine}}}
  /things:
    get:
      operationId: listThings
      tags: [things]
      summary: List
      parameters:
        - {name: limit, in: query, schema: {type: integer, minimum: 1}}
        - {name: X-Trace, in: header, schema: {type: string}}
      responses:
        "200":
          description: All
          headers: {X-Total: {schema: {type: integer}}}
          content: {application/json: {schema: {$ref: "#/components/schemas/Things"}}}
    post:
      operationId: createThing
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
      responses:
        "201": {description: Made, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
        default: {$ref: "#/components/responses/Failed"}
  /things/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
    get:
      operationId: getThing
      responses:
        "200": {description: One, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  responses:
    Failed: {description: Wrong, content: {application/json: {schema: {$ref: "#/components/schemas/Kind"}}}}
  schemas:
    Things: {type: array, items: {$ref: "#/components/schemas/Thing"}}
    Kind: {type: string, enum: [big, small]}
    Thing:
      type: object
      required: [name]
      properties:
        name: {type: string, minLength: 1}
        size: {type: number}
        kind: {$ref: "#/components/schemas/Kind"}
        labels: {type: array, items: {type: string}}
        made: {type: string, format: date-time}
"""

WARNING, GAP, FATAL = "warning", "gap", "fatal"
D004, S004, L003 = Code.NONCONFORMING, Code.REF_UNRESOLVED, Code.SKIPPED
BOTH, OLD = ("3.0.3", "3.1.0", "3.2.0"), ("3.0.3",)


@dataclass(frozen=True)
class Row:
    """One slip: `right` is how the part that it stands in is read."""

    part: str
    slip: str
    right: str
    code: Code = D004
    level: str = WARNING
    versions: tuple[str, ...] = BOTH
    also: tuple[str, str] = ("", "")
    """Another edit, of what is read."""


HEALTHY = '    get: {operationId: healthy, responses: {"204": {description: Fine}}}'
ID = "- {name: id, in: path, required: true, schema: {type: string}}"
LIMIT = "{name: limit, in: query, schema: {type: integer, minimum: 1}}"
TRACE = "{name: X-Trace, in: header, schema: {type: string}}"
BODY = '        content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}\n'
CONTENT = '          content: {application/json: {schema: {$ref: "#/components/schemas/Things"}}}\n'
TOTAL = "headers: {X-Total: {schema: {type: integer}}}"
FAILED = '        default: {$ref: "#/components/responses/Failed"}\n'
ONE = '"200": {description: One, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}'
KEY = "key: {type: apiKey, in: header, name: X-Key}"
KIND = "    Kind: {type: string, enum: [big, small]}"
NAME = "name: {type: string, minLength: 1}"
SIZE = "size: {type: number}"
LABELS = "labels: {type: array, items: {type: string}}"
MADE = "made: {type: string, format: date-time}"


def name(slip: str, right: str, *rest: object) -> Row:
    # The fields of `Row` after these three, each of its own type.
    return Row(NAME, f"name: {slip}", f"name: {right}", *rest)  # type: ignore[arg-type]


ROWS = {
    # the root
    "no info": Row('info: {title: Shop, version: "1"}\n', "", "info: {title: '', version: ''}\n"),
    "a version that is a number": Row('version: "1"', "version: ¦1.10", 'version: "1.10"'),
    "no version": Row('{title: Shop, version: "1"}', "¦{title: Shop}", '{title: Shop, version: ""}'),
    "a version with a v": Row("openapi: {version}", "openapi: ¦v{version}", "openapi: {version}"),
    "the first key in another case": Row("openapi: {version}", "¦OpenAPI: {version}", "openapi: {version}"),
    "security: null": Row("security: [{key: []}]", "security: ¦null", "security: []"),
    "security that is a mapping": Row("security: [{key: []}]", "security: ¦{key: []}", "security: [{key: []}]"),
    "security that is names": Row("security: [{key: []}]", "security: [¦key]", "security: [{key: []}]"),
    "scopes: null": Row("security: [{key: []}]", "security: [{key: ¦null}]", "security: [{key: []}]"),
    "a scope that is text": Row("security: [{key: []}]", "security: [{key: ¦read}]", "security: [{key: [read]}]"),
    "an unknown scheme": Row("security: [{key: []}]", "security: [{kye: ¦[]}]", "security: [{}]", S004, GAP),
    "servers: null": Row("servers: [{url: 'https://shop.test/v1'}]", "servers: ¦null", "servers: []"),
    "a server without a list": Row("servers: [{url: 'https://shop.test/v1'}]", "servers: ¦{url: 'https://shop.test/v1'}", "servers: [{url: 'https://shop.test/v1'}]"),
    "a server that is text": Row("servers: [{url: 'https://shop.test/v1'}]", "servers: [¦'https://shop.test/v1']", "servers: [{url: 'https://shop.test/v1'}]"),
    "servers that are text": Row("servers: [{url: 'https://shop.test/v1'}]", "servers: ¦'https://shop.test/v1'", "servers: [{url: 'https://shop.test/v1'}]"),
    "a server without an address": Row("servers: [{url: 'https://shop.test/v1'}]", "servers: [¦{description: none}]", "servers: []"),
    "tags that are names": Row("tags: [{name: things}]", "tags: [¦things]", "tags: [{name: things}]"),
    # paths and operations
    "a method in capitals": Row("  /things:\n    get:", "  /things:\n    ¦GET:", "  /things:\n    get:"),
    "a misspelt method": Row(HEALTHY, '    gett: ¦{operationId: healthy, responses: {"204": {description: Fine}}}', "    {}", L003, GAP),
    "an operation that is null": Row(HEALTHY, "    get: ¦null", "    {}", L003, GAP),
    "an operation that is a list": Row(HEALTHY, "    get: ¦[]", "    {}", L003, GAP),
    "a path item that is null": Row(HEALTHY, "    ¦null", "    {}", L003, GAP),
    "a path without a slash": Row("  /healthy:", "  ¦healthy:", "  healthy:"),
    "a place as in a router": Row("  /things/{id}:", "  ¦/things/:id:", "  /things/{id}:"),
    "a place in another case": Row("  /things/{id}:", "  ¦/things/{ID}:", "  /things/{id}:"),
    "a place that nothing describes": Row(f"    parameters:\n      {ID}\n    get:\n      op", "    get:\n      ¦op", f"    parameters:\n      {ID}\n    get:\n      op"),
    "operationId that is a number": Row("operationId: listThings", "operationId: ¦7", 'operationId: "7"'),
    "operationId: null": Row("operationId: listThings", "operationId: ¦null", ""),
    "operationID": Row("operationId: listThings", "¦operationID: listThings", "operationId: listThings"),
    "an operationId of two": Row("      operationId: getThing", "      ¦operationId: listThings", ""),
    "deprecated in quotes": Row("summary: List", 'deprecated: ¦"true"', "deprecated: true"),
    "a summary that is null": Row("summary: List", "summary: ¦null", ""),
    "a tag without a list": Row("      tags: [things]", "      tags: ¦things", "      tags: [things]"),
    "a tag that is a mapping": Row("      tags: [things]", "      tags: [¦{name: things}]", "      tags: [things]"),
    # parameters
    "parameters that are one": Row(ID, "¦{name: id, in: path, required: true, schema: {type: string}}", ID),
    "a path parameter that is not required": Row(ID, "- ¦{name: id, in: path, schema: {type: string}}", ID),
    "a path parameter that need not be": Row(ID, "- {name: id, in: path, required: ¦false, schema: {type: string}}", ID),
    "required in quotes": Row(LIMIT, '{name: limit, in: query, required: ¦"true", schema: {type: integer}}', "{name: limit, in: query, required: true, schema: {type: integer}}"),
    "in in another case": Row(LIMIT, "{name: limit, in: ¦Query, schema: {type: integer}}", "{name: limit, in: query, schema: {type: integer}}"),
    "in: body": Row(f"        - {LIMIT}\n", "        - ¦{name: limit, in: body, schema: {type: integer}}\n", "", L003, GAP),
    "a parameter without a place": Row(f"        - {LIMIT}\n", "        - ¦{name: limit, schema: {type: integer}}\n", "", L003, GAP),
    "a parameter without a name": Row(f"        - {LIMIT}\n", "        - ¦{in: query, schema: {type: integer}}\n", "", L003, GAP),
    "a parameter that is text": Row(f"        - {LIMIT}\n", "        - ¦limit\n", "", L003, GAP),
    "a name that is a number": Row(TRACE, "{name: ¦7, in: header, schema: {type: string}}", '{name: "7", in: header, schema: {type: string}}'),
    "a parameter without a schema": Row(LIMIT, "¦{name: limit, in: query}", "{name: limit, in: query, schema: {}}"),
    "a type beside the name": Row(LIMIT, "{name: limit, in: query, ¦type: integer, minimum: 1}", LIMIT),
    "an unknown style": Row(LIMIT, "{name: limit, in: query, style: ¦commas, schema: {type: integer}}", "{name: limit, in: query, schema: {type: integer}}"),
    "a style of another place": Row(LIMIT, "{name: limit, in: query, style: ¦simple, schema: {type: integer}}", "{name: limit, in: query, schema: {type: integer}}"),
    "a parameter twice": Row(LIMIT, f"{LIMIT}\n        - ¦{LIMIT}", LIMIT),
    "a parameter that is nowhere": Row(f"        - {LIMIT}\n", "        - {$ref: ¦'#/components/parameters/Limit'}\n", "", S004, GAP),
    # bodies and responses
    "a body required in quotes": Row("        required: true", "        required: ¦'yes'", "        required: true"),
    "a schema outside content": Row(BODY, '        ¦schema: {$ref: "#/components/schemas/Thing"}\n', BODY),
    "a media type that is short": Row(BODY, '        content: {¦json: {schema: {$ref: "#/components/schemas/Thing"}}}\n', BODY),
    "a media type that refers to a schema": Row(BODY, '        content: {application/json: {¦$ref: "#/components/schemas/Thing"}}\n', BODY),
    "a response with its schema outside": Row(CONTENT, '          ¦schema: {$ref: "#/components/schemas/Things"}\n', CONTENT),
    "a response without a description": Row("description: All\n          headers:", "¦headers:", "description: null\n          headers:", versions=("3.0.3", "3.1.0")),
    "a response that refers without $ref": Row(FAILED, '        default: ¦"#/components/responses/Failed"\n', FAILED),
    "a reference without #/": Row(FAILED, '        default: {$ref: ¦"components/responses/Failed"}\n', FAILED),
    "a reference without a slash": Row(FAILED, '        default: {$ref: ¦"#components/responses/Failed"}\n', FAILED),
    "a misspelt reference": Row(FAILED, '        default: {$ref: ¦"#/components/responses/Faild"}\n', "", S004, GAP),
    "statuses in lower case": Row('        "201": {', '        ¦"2xx": {', '        "2XX": {'),
    "a status that is a number": Row('        "201": {', "        201: {", '        "201": {'),
    "a word for a status": Row('"201": {description: Made, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}', "success: ¦{description: Made}", "x-none: 1", L003, GAP),
    "a status that is none": Row('"201": {description: Made, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}', '"600": ¦{description: Made}', "x-none: 1", L003, GAP),
    "misspelt responses": Row(f"      responses:\n        {ONE}", f"      ¦respones:\n        {ONE}", "      responses: {}"),
    "responses that are null": Row(f"      responses:\n        {ONE}", "      responses: ¦null", "      responses: {}"),
    "responses that are a list": Row(f"      responses:\n        {ONE}", "      responses: ¦[{description: One}]", "      responses: {}"),
    "headers that are null": Row(TOTAL, "headers: ¦null", "headers: {}"),
    "headers that are a list": Row(TOTAL, "headers: ¦[X-Total]", "headers: {}"),
    "a header with a type beside": Row(TOTAL, "headers: {X-Total: {¦type: integer}}", TOTAL),
    # security schemes
    "a scheme in another case": Row(KEY, "key: {type: ¦apikey, in: header, name: X-Key}", KEY),
    "a scheme of Swagger 2.0": Row(KEY, "key: {type: ¦basic}", "key: {type: http, scheme: basic}"),
    "a key without a place": Row(KEY + "}", "key: ¦{type: apiKey, name: X-Key}}", "}", L003, GAP, also=("security: [{key: []}]", "security: []")),
    # schemas
    "a schema that is null": Row(KIND, "    Kind: ¦null", "    Kind: {}"),
    "a schema that is a list": Row(KIND, "    Kind: ¦[big, small]", "    Kind: {}"),
    "a property that is a type": name("¦string", "{type: string}"),
    "an empty property": name("¦null", "{}"),
    "type: int": name("{type: ¦int}", "{type: integer}"),
    "type: long": name("{type: ¦long}", "{type: integer, format: int64}"),
    "type: float": name("{type: ¦float}", "{type: number, format: float}"),
    "type: bool": name("{type: ¦bool}", "{type: boolean}"),
    "type: str": name("{type: ¦str}", "{type: string}"),
    "type: String": name("{type: ¦String}", "{type: string}"),
    "type: date": name("{type: ¦date}", "{type: string, format: date}"),
    "type: datetime": name("{type: ¦datetime}", "{type: string, format: date-time}"),
    "type: file": name("{type: ¦file}", "{type: string, format: binary}"),
    "type: any": name("{type: ¦any}", "{}"),
    "type: list": Row(LABELS, "labels: {type: ¦list, items: {type: string}}", LABELS),
    "type: Object": Row("    Thing:\n      type: object", "    Thing:\n      type: ¦Object", "    Thing:\n      type: object"),
    "a type of nobody": name("{type: ¦gizmo}", "{}"),
    "nullable in quotes": name('{type: string, nullable: ¦"true"}', "{type: string, nullable: true}", D004, WARNING, OLD),
    "readonly": name("{type: string, ¦readonly: true}", "{type: string, readOnly: true}"),
    "readOnly in quotes": name('{type: string, readOnly: ¦"true"}', "{type: string, readOnly: true}"),
    "a bound in quotes": name('{type: string, minLength: ¦"1"}', "{type: string, minLength: 1}"),
    "a bound below nothing": name("{type: string, minLength: ¦-1}", "{type: string}"),
    "a number's bound in quotes": Row(SIZE, 'size: {type: number, minimum: ¦"1.5"}', "size: {type: number, minimum: 1.5}"),
    "required on a property": Row(SIZE, "size: {type: number, required: ¦true}", SIZE, also=("required: [name]", "required: [name, size]")),
    "required that is one name": Row("      required: [name]", "      required: ¦name", "      required: [name]"),
    "required that is null": Row("      required: [name]", "      required: ¦null", "", D004, WARNING, OLD),
    "enum that is one value": Row(KIND, "    Kind: {type: string, enum: ¦big}", "    Kind: {type: string, enum: [big]}"),
    "an empty enum": Row(KIND, "    Kind: {type: string, enum: ¦[]}", "    Kind: {type: string, enum: []}", Code.CONTRADICTION),
    "a value of another type": Row(KIND, "    Kind: ¦{type: string, enum: [big, 7]}", "    Kind: {type: string, enum: [big]}", Code.CONTRADICTION),
    "a pattern of nobody": name("{type: string, pattern: ¦'('}", "{type: string}", Code.PATTERN),
    "allOf that is one": name("{allOf: ¦{$ref: '#/components/schemas/Kind'}}", "{allOf: [{$ref: '#/components/schemas/Kind'}]}"),
    "null among alternatives": name("{oneOf: [¦null, {type: string}]}", "{oneOf: [{}, {type: string}]}"),
    "a discriminator that is text": Row(KIND, "    Kind: {type: string, enum: [big, small], discriminator: ¦kind}", "    Kind: {type: string, enum: [big, small], discriminator: {propertyName: kind}}"),
    "items that are a list of one": Row(LABELS, "labels: {type: array, items: ¦[{type: string}]}", LABELS),
    "items that are a type": Row(LABELS, "labels: {type: array, items: ¦string}", LABELS),
    "items that are null": Row(LABELS, "labels: {type: array, items: ¦null}", "labels: {type: array}"),
    "additionalProperties in quotes": Row(LABELS, "labels: {type: object, additionalProperties: ¦'true'}", "labels: {type: object, additionalProperties: true}"),
    "additionalProperties that are a type": Row(LABELS, "labels: {type: object, additionalProperties: ¦string}", "labels: {type: object, additionalProperties: {type: string}}"),
    "properties that are null": Row(LABELS, "labels: {type: object, properties: ¦null}", "labels: {type: object}", D004, WARNING, OLD),
    "a format that is null": Row(MADE, "made: {type: string, format: ¦null}", "made: {type: string}", D004, WARNING, OLD),
    "a reference to nothing": name("{$ref: ¦'#/components/schemas/Knd'}", "{}", S004, GAP),
    "a reference by name": name("{$ref: ¦Kind}", "{$ref: '#/components/schemas/Kind'}"),
    "a reference of Swagger 2.0": name("{$ref: ¦'#/definitions/Kind'}", "{$ref: '#/components/schemas/Kind'}"),
    "a reference that is null": name("{$ref: ¦null}", "{}", S004, GAP),
    "a file that is not there": name("{$ref: ¦gone.yaml}", "{}", Code.FILE_MISSING, GAP),
    # what leaves nothing
    "paths: null": Row("paths:\n", "paths: ¦null\nx-paths:\n", "", Code.INVALID_DESCRIPTION, FATAL),
    "paths that are a list": Row("paths:\n", "paths: ¦[]\nx-paths:\n", "", Code.INVALID_DESCRIPTION, FATAL),
    "misspelt paths": Row("paths:\n  /healthy", "path:\n  ¦/healthy", "", Code.INVALID_DESCRIPTION, FATAL),
    "no version of OpenAPI": Row("openapi: {version}\n", "¦", "", Code.INVALID_DESCRIPTION, FATAL),
    "an unknown version of OpenAPI": Row("openapi: {version}", "openapi: ¦'4.0.0'", "", Code.OPENAPI_VERSION, FATAL),
    "a key twice": Row("servers:", "servers: []\n¦servers:", "", Code.DUPLICATE_KEY, FATAL),
}  # fmt: skip


def edited(part: str, text: str, version: str) -> tuple[str, str | None]:
    """The description with one part replaced, and the place of the mark in it."""
    assert BASE.count(part) >= 1, part
    whole = BASE.replace(part, text, 1).replace("{version}", version)
    before, mark, after = whole.partition("¦")
    if not mark:
        return whole, None
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return before + after, f"{line}:{column}"


def read(text: str) -> tuple[object, Diagnostics]:
    """The representation, and what was told on the way."""
    found = Diagnostics()
    document = Document(parse("api.yaml", text.encode()), Path(), found, None)
    return plain(lower(load(document, found, validate=False), found)), found
