"""Swagger 2.0 as OpenAPI 3.0, every value keeping where it was written.

What 3.0 cannot say is told at its place, and read as the nearest that it can. References to other
files are left as they are: what stands there is read as OpenAPI 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from trunkline.diagnostics import Code, Diagnostics
from trunkline.openapi.slip import METHODS
from trunkline.source import Document, Editing, ParsedFile, Place, Value

VERSION: Final = "3.0.3"
"""What a description is read as."""
_JSON: Final = "application/json"
_BYTES: Final = "application/octet-stream"
_FORM: Final = "application/x-www-form-urlencoded"
_MULTIPART: Final = "multipart/form-data"
_REFS: Final = {
    "#/definitions/": "#/components/schemas/",
    "#/responses/": "#/components/responses/",
    "#/parameters/": "#/components/parameters/",
}
_OF_SCHEMA: Final = (
    *("type", "format", "items", "default", "enum", "pattern", "multipleOf", "x-nullable"),
    *("maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength"),
    *("maxItems", "minItems", "uniqueItems"),
)
"""What stands beside the name of a parameter or header, and is in its schema since."""
_STYLES: Final[dict[str, tuple[str, bool]]] = {
    "csv": ("form", False),
    "ssv": ("spaceDelimited", False),
    "pipes": ("pipeDelimited", False),
    "multi": ("form", True),
}
"""How a list in a query is written: style, and whether each item has the name."""
_FLOWS: Final = {
    "implicit": "implicit",
    "password": "password",
    "application": "clientCredentials",
    "accessCode": "authorizationCode",
}
_SECTIONS: Final = (
    ("definitions", "schemas"),
    ("responses", "responses"),
    ("parameters", "parameters"),
    ("securityDefinitions", "securitySchemes"),
)


def converted(document: Document, diagnostics: Diagnostics) -> Document:
    """The description, which says that it is Swagger 2.0, as OpenAPI 3.0."""
    editing = Editing(document.file)
    _Conversion(document.file, editing.root, diagnostics).run()
    return document.replace(editing.result)


def _texts(place: Place | None) -> list[str]:
    return [e.value for e in place.elements() if isinstance(e.value, str)] if place else []


class _Conversion:
    def __init__(self, file: ParsedFile, root: Place, diagnostics: Diagnostics) -> None:
        self._file = file
        self._root = root
        self._diagnostics = diagnostics
        self._consumes = _texts(root.get("consumes"))
        self._produces = _texts(root.get("produces"))
        self._shared: dict[str, tuple[str, Value, int]] = {}
        """Shared parameters that are bodies or parts of forms: where they are, value, offset."""
        self._right: set[int] = set()
        """Schemas in which nothing is to be changed."""

    def run(self) -> None:
        root = self._root
        self._definitions()
        self._servers(root, root)
        paths = root.get("paths")
        for path, item in paths.items() if paths is not None else ():
            if not path.startswith("x-"):
                self._item(item)
        self._components()
        for key in ("consumes", "produces", "host", "basePath", "schemes"):
            if root.get(key) is not None:
                root.remove(key)
        version = root.get("swagger")
        assert version is not None
        root.rename("swagger", "openapi")
        root.put("openapi", VERSION, version.at, version.key_at)

    def _tell(self, message: str, at: Place, hint: str | None = None) -> None:
        self._diagnostics.add(Code.SWAGGER_2, message, self._file.position(at.at), hint)

    def _definitions(self) -> None:
        """What is shared, before the operations that refer to it."""
        root = self._root
        definitions = root.get("definitions")
        for _, definition in definitions.items() if definitions is not None else ():
            self._schema(definition)
        parameters = root.get("parameters")
        bodies: list[str] = []
        for name, parameter in parameters.items() if parameters is not None else ():
            where = parameter.get("in")
            if where is not None and where.value in ("body", "formData"):
                schema = parameter.get("schema")
                if schema is not None:
                    self._schema(schema)
                self._shared[name] = (str(where.value), parameter.value, parameter.at)
                bodies.append(name)
            else:
                self._parameter(parameter)
        if parameters is not None:
            for name in bodies:
                parameters.remove(name)
        responses = root.get("responses")
        for _, response in responses.items() if responses is not None else ():
            self._response(response, self._produces)
        schemes = root.get("securityDefinitions")
        for _, scheme in schemes.items() if schemes is not None else ():
            self._scheme(scheme)

    def _components(self) -> None:
        root = self._root
        moved = [(old, new, root.get(old)) for old, new in _SECTIONS]
        first = next((place for _, _, place in moved if place is not None), None)
        if first is None:
            return
        if root.get("components") is None:
            root.put("components", {}, first.at, first.key_at)
        components = root.get("components")
        assert components is not None
        for old, new, place in moved:
            if place is not None:
                root.remove(old)
                if place.value:
                    components.put(new, place.value, place.at, place.key_at)
        bodies = {name: one for name, one in self._shared.items() if one[0] == "body"}
        if not bodies:
            return
        (_, _, at) = next(iter(bodies.values()))
        components.put("requestBodies", {}, at)
        section = components.get("requestBodies")
        assert section is not None
        for name, (_, value, at) in bodies.items():
            self._body(section, name, value, at, self._consumes)

    # Servers

    def _servers(self, holder: Place, at: Place) -> None:
        """Host, base path and schemes as addresses; the operation's own schemes too."""
        root = self._root
        host, base = root.get("host"), root.get("basePath")
        schemes = holder.get("schemes")
        path = str(base.value) if base is not None and base.value else ""
        path = "" if path == "/" else path
        if host is None and base is None:
            return
        name = str(host.value) if host is not None else ""
        written = _texts(schemes) or ["https"]
        urls = [f"{scheme}://{name}{path}" for scheme in written] if name else [path or "/"]
        where = host or base or schemes
        assert where is not None
        servers: list[Value] = [{"url": url} for url in urls]
        at.put("servers", servers, where.at, where.key_at)

    # Paths

    def _item(self, item: Place) -> None:
        if not isinstance(item.value, dict):
            return
        shared = self._split(item)
        for method, operation in item.items():
            if method in METHODS and isinstance(operation.value, dict):
                self._operation(operation, shared)

    def _operation(self, operation: Place, shared: Sequence[tuple[str, Value, int]]) -> None:
        consumes = self._types(operation, "consumes", self._consumes)
        produces = self._types(operation, "produces", self._produces)
        own = self._split(operation, own_types=consumes != self._consumes)
        self._request(operation, [*own, *shared], consumes)
        responses = operation.get("responses")
        for status, response in responses.items() if responses is not None else ():
            if not status.startswith("x-"):
                self._response(response, produces)
        if operation.get("schemes") is not None:
            self._servers(operation, operation)
            operation.remove("schemes")

    @staticmethod
    def _types(operation: Place, key: str, default: list[str]) -> list[str]:
        """An operation's own media types, else those of all."""
        own = operation.get(key)
        if own is None:
            return default
        found = _texts(own)
        operation.remove(key)
        return found

    def _split(self, holder: Place, *, own_types: bool = False) -> list[tuple[str, Value, int]]:
        """Take bodies and parts of forms out of a list of parameters, and convert the others.

        A body that is shared stays a reference, unless the operation has media types of its own.
        """
        listed = holder.get("parameters")
        if listed is None or not isinstance(listed.value, list):
            return []
        taken: list[tuple[str, Value, int]] = []
        kept: list[tuple[Value, int]] = []
        for parameter in listed.elements():
            ref = parameter.get("$ref")
            name = str(ref.value).removeprefix("#/parameters/") if ref is not None else ""
            place = parameter.get("in")
            if ref is not None and name in self._shared:
                kind, value, at = self._shared[name]
                if kind == "body" and not own_types:
                    taken.append(("ref", name, ref.at))
                else:
                    taken.append((kind, value, at))
            elif place is not None and place.value in ("body", "formData"):
                schema = parameter.get("schema")
                if schema is not None:
                    self._schema(schema)
                taken.append((str(place.value), parameter.value, parameter.at))
            else:
                self._parameter(parameter)
                kept.append((parameter.value, parameter.at))
        if taken:
            if kept:
                holder.put("parameters", [], listed.at, listed.key_at)
                rest = holder.get("parameters")
                assert rest is not None
                for value, at in kept:
                    rest.append(value, at)
            else:
                holder.remove("parameters")
        return taken

    # Requests

    def _request(
        self, operation: Place, taken: Sequence[tuple[str, Value, int]], consumes: list[str]
    ) -> None:
        bodies = [one for one in taken if one[0] in ("body", "ref")]
        fields = [one for one in taken if one[0] == "formData"]
        if bodies:
            kind, value, at = bodies[0]
            if kind == "ref":
                operation.put("requestBody", {"$ref": f"#/components/requestBodies/{value}"}, at)
                return
            self._body(operation, "requestBody", value, at, consumes)
        elif fields:
            self._form(operation, fields, consumes)

    def _body(
        self, holder: Place, key: str, value: Value, at: int, consumes: Sequence[str]
    ) -> None:
        """Put the request body of a body parameter into `holder`."""
        assert isinstance(value, dict)
        schema = value.get("schema", {})
        content: dict[str, Value] = {media: {"schema": schema} for media in consumes or [_JSON]}
        holder.put(key, {"content": content}, at)
        body = holder.get(key)
        assert body is not None
        kept = [k for k in value if k in ("description", "required") or k.startswith("x-")]
        self._copy(value, kept, body)
        places = self._places(value)
        made = body.get("content")
        for _, media in made.items() if made is not None and "schema" in places else ():
            inner = media.get("schema")
            if inner is not None:
                inner.replace(schema, places["schema"][1])

    def _copy(self, value: dict[str, Value], keys: Sequence[str], to: Place) -> None:
        """Members of a mapping, with their places."""
        places = self._places(value)
        for key in keys:
            key_at, at = places[key]
            to.put(key, value[key], at, key_at)

    def _places(self, value: Value) -> dict[str, tuple[int, int]]:
        found = self._root.marks_of(value)
        assert isinstance(found, dict)
        return found

    def _form(
        self, operation: Place, fields: Sequence[tuple[str, Value, int]], consumes: list[str]
    ) -> None:
        """Parts of a form as the properties of one body."""
        names = [v.get("name") for _, v, _ in fields if isinstance(v, dict)]
        files = any(isinstance(v, dict) and v.get("type") == "file" for _, v, _ in fields)
        media = [one for one in consumes if one in (_FORM, _MULTIPART)]
        if files:
            media = [_MULTIPART]
        at = fields[0][2]
        operation.put("requestBody", {"content": {}}, at)
        body = operation.get("requestBody")
        content = body.get("content") if body is not None else None
        assert body is not None
        assert content is not None
        required = [n for n, (_, v, _) in zip(names, fields, strict=True) if _is_required(v)]
        for one in media or [_FORM]:
            content.put(one, {"schema": {"type": "object", "properties": {}}}, at)
            self._fields(content, one, fields, [str(name) for name in required])
        if required:
            body.put("required", True, at)

    def _fields(
        self,
        content: Place,
        media_type: str,
        fields: Sequence[tuple[str, Value, int]],
        required: list[str],
    ) -> None:
        media = content.get(media_type)
        schema = media.get("schema") if media is not None else None
        properties = schema.get("properties") if schema is not None else None
        assert media is not None
        assert schema is not None
        assert properties is not None
        encoding: dict[str, Value] = {}
        for _, value, at in fields:
            if not isinstance(value, dict) or not isinstance(value.get("name"), str):
                continue
            name = str(value["name"])
            properties.put(name, {}, at)
            part = properties.get(name)
            assert part is not None
            self._copy(value, [k for k in value if k in (*_OF_SCHEMA, "description")], part)
            self._nested_format(part)
            self._schema(part)
            if value.get("type") == "array" and media_type == _FORM:
                style = self._style(str(value.get("collectionFormat", "csv")), part)
                if style != ("form", True):
                    encoding[name] = {"style": style[0], "explode": style[1]}
        if required:
            schema.put("required", [*required], schema.at)
        if encoding:
            media.put("encoding", encoding, media.at)

    # Parameters and headers

    def _parameter(self, parameter: Place) -> None:
        if self._reference(parameter) or not isinstance(parameter.value, dict):
            return
        place = parameter.get("in")
        kind, collection = parameter.get("type"), parameter.get("collectionFormat")
        if kind is not None and kind.value == "array" and place is not None:
            written = str(collection.value) if collection is not None else "csv"
            if place.value == "query":
                style, explode = self._style(written, collection or parameter)
                parameter.put("style", style, place.at)
                parameter.put("explode", explode, place.at)
            elif written != "csv":
                self._tell(f"A list in {place.value} that is written as {written}", place, _COMMAS)
        self._schema_of(parameter)

    def _style(self, written: str, at: Place) -> tuple[str, bool]:
        if written not in _STYLES:
            self._tell(f"A list that is written as {written}", at, _COMMAS)
        return _STYLES.get(written, _STYLES["csv"])

    def _schema_of(self, holder: Place) -> None:
        """Put what stands beside a name into a schema."""
        if not isinstance(holder.value, dict) or "schema" in holder.value:
            return
        moved = [(key, member) for key, member in holder.items() if key in _OF_SCHEMA]
        first = moved[0][1] if moved else holder
        holder.put("schema", {}, first.at, first.key_at)
        schema = holder.get("schema")
        assert schema is not None
        for key, member in moved:
            holder.remove(key)
            schema.put(key, member.value, member.at, member.key_at)
        if holder.get("collectionFormat") is not None:
            holder.remove("collectionFormat")
        self._nested_format(schema)
        self._schema(schema)

    def _nested_format(self, schema: Place) -> None:
        """Lists within lists are always written by JSON's rules, if at all."""
        items = schema.get("items")
        while items is not None:
            inner = items.get("collectionFormat")
            if inner is not None:
                if inner.value != "csv":
                    self._tell(f"A list within a list that is written as {inner.value}", inner)
                items.remove("collectionFormat")
            items = items.get("items")

    # Responses

    def _response(self, response: Place, produces: list[str]) -> None:
        if self._reference(response) or not isinstance(response.value, dict):
            return
        headers = response.get("headers")
        for _, header in headers.items() if headers is not None else ():
            collection = header.get("collectionFormat")
            if collection is not None and collection.value != "csv":
                message = f"A list in a header that is written as {collection.value}"
                self._tell(message, collection, _COMMAS)
            self._schema_of(header)
        schema, examples = response.get("schema"), response.get("examples")
        if schema is None and examples is None:
            return
        bytes_only = schema is not None and schema.value == {"type": "file"}
        types = produces or [_BYTES if bytes_only else _JSON]
        if schema is not None:
            self._schema(schema)
            response.remove("schema")
        elif examples is not None:
            types = []
        first = schema or examples
        assert first is not None
        response.put("content", {}, first.at, first.key_at)
        content = response.get("content")
        assert content is not None
        for media_type in types:
            media: dict[str, Value] = {"schema": schema.value} if schema is not None else {}
            content.put(media_type, media, first.at, first.key_at)
        if examples is not None:
            response.remove("examples")
            self._examples(content, examples)

    def _examples(self, content: Place, examples: Place) -> None:
        for media_type, example in examples.items():
            if content.get(media_type) is None:
                if content.value:
                    message = f"An example of {media_type}, which is not produced"
                    self._tell(message, example)
                    continue
                content.put(media_type, {}, example.at, example.key_at)
            media = content.get(media_type)
            assert media is not None
            media.put("example", example.value, example.at, example.key_at)

    # Schemas and security

    def _schema(self, schema: Place) -> None:
        before = schema.value
        if not isinstance(before, dict) or id(before) in self._right:
            return
        self._reference(schema)
        discriminator = schema.get("discriminator")
        if discriminator is not None and isinstance(discriminator.value, str):
            discriminator.replace({"propertyName": discriminator.value})
        nullable = schema.get("x-nullable")
        if nullable is not None and schema.get("nullable") is None:
            schema.rename("x-nullable", "nullable")
        kind = schema.get("type")
        if kind is not None and kind.value == "file":
            kind.replace("string")
            schema.put("format", "binary", kind.at)
        for inner in _inside(schema):
            self._schema(inner)
        if schema.value is before:
            self._right.add(id(before))

    @staticmethod
    def _reference(place: Place) -> bool:
        """Whether a reference stands there; it is led to where its target is now."""
        ref = place.get("$ref")
        if ref is None:
            return False
        for old, new in _REFS.items():
            if isinstance(ref.value, str) and ref.value.startswith(old):
                ref.replace(f"{new}{ref.value.removeprefix(old)}")
                break
        return True

    def _scheme(self, scheme: Place) -> None:
        kind = scheme.get("type")
        if kind is None:
            return
        if kind.value == "basic":
            kind.replace("http")
            scheme.put("scheme", "basic", kind.at)
        elif kind.value == "oauth2":
            flow = scheme.get("flow")
            name = _FLOWS.get(str(flow.value)) if flow is not None else None
            if flow is None or name is None:
                self._tell("A flow of OAuth 2.0 that is not known", flow or kind)
                return
            parts = [
                (key, member)
                for key in ("authorizationUrl", "tokenUrl", "scopes")
                if (member := scheme.get(key)) is not None
            ]
            scheme.remove("flow")
            scheme.put("flows", {name: {}}, flow.at, flow.key_at)
            flows = scheme.get("flows")
            inner = flows.get(name) if flows is not None else None
            assert inner is not None
            for key, member in parts:
                scheme.remove(key)
                inner.put(key, member.value, member.at, member.key_at)
            if inner.get("scopes") is None:
                inner.put("scopes", {}, flow.at)


_COMMAS: Final = "OpenAPI 3 has no such style: read as separated by commas."


def _is_required(value: Value) -> bool:
    return isinstance(value, dict) and value.get("required") is True


def _inside(schema: Place) -> Iterator[Place]:
    """The schemas inside a schema of Swagger 2.0."""
    for key in ("items", "additionalProperties"):
        inner = schema.get(key)
        if inner is not None:
            yield inner
    listed = schema.get("allOf")
    yield from listed.elements() if listed is not None else ()
    properties = schema.get("properties")
    for _, member in properties.items() if properties is not None else ():
        yield member
