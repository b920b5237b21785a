"""Slips whose meaning is plain, read as they are meant: each is told where it stands.

Only what a reader of the description would not doubt is taken so: a list of one that is not a list,
a number in quotes, a type by its name in another language, a key in another case. Nothing here
guesses among several meanings; what is not plain is left for lowering, which names what it costs.
References that lead to other files are not followed: what stands there is read as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from trunkline.diagnostics import Diagnostics
from trunkline.openapi.schema_slips import SchemaSlips
from trunkline.openapi.slip import METHODS, Slip, known
from trunkline.source import Document, Editing, Place, Value

_ROOT: Final = known(
    "openapi info servers paths webhooks components security tags externalDocs jsonSchemaDialect"
)
_INFO: Final = known("title version description termsOfService contact license summary")
_OPERATION: Final = known(
    "tags summary description externalDocs operationId parameters requestBody responses callbacks"
    " deprecated security servers"
)
_PARAMETER: Final = known(
    "name in description required deprecated allowEmptyValue style explode allowReserved schema"
    " content example examples"
)
_BODY: Final = known("description content required")
_RESPONSE: Final = known("description headers content links")
_MEDIA: Final = known("schema itemSchema example examples encoding")
_PATH_ITEM: Final = known(
    "summary description servers parameters additionalOperations " + " ".join(METHODS)
)
_COMPONENTS: Final = known(
    "schemas responses parameters examples requestBodies headers securitySchemes links callbacks"
    " pathItems mediaTypes"
)
_LOCATIONS: Final = ("query", "header", "path", "cookie", "querystring")
_MEDIA_TYPES: Final = {"json": "application/json", "xml": "application/xml"}
_SCHEMES: Final = {
    "apikey": "apiKey",
    "oauth2": "oauth2",
    "openidconnect": "openIdConnect",
    "http": "http",
    "mutualtls": "mutualTLS",
}
_HTTP: Final = ("basic", "bearer")
_OF_SCHEMA: Final = frozenset(
    {"type", "format", "items", "enum", "minimum", "maximum", "minLength", "maxLength", "pattern"}
    | {"default", "minItems", "maxItems", "uniqueItems", "multipleOf"}
)
"""What Swagger 2.0 had beside the name of a parameter or header, and is in its schema since."""


_ROUTED: Final = re.compile(r"/:([A-Za-z_]\w*)(?=/|\Z)")
_TEMPLATE: Final = re.compile(r"\{([^{}]*)\}")


def read_plainly(
    document: Document, diagnostics: Diagnostics, *, mending: bool = False
) -> Document:
    """The description with slips of the root file put right, each a warning at its place.

    With `mending` what lowering reads as it is meant is put right as well.
    """
    editing = Editing(document.file)
    if not isinstance(document.file.data, dict):
        return document
    _Slips(Slip(document.file, editing.root, diagnostics), mending=mending).root(editing.root)
    result = editing.result
    return document if result is document.file else document.replace(result)


class _Slips:
    """What may be wrong with each object of OpenAPI."""

    def __init__(self, slip: Slip, *, mending: bool) -> None:
        self._slip = slip
        self._mending = mending
        self._schemas = SchemaSlips(slip, mending=mending)
        self._components: Mapping[str, Callable[[Place], None]] = {
            "schemas": self._schemas.schema,
            "responses": self.response,
            "parameters": self.parameter,
            "requestBodies": self.body,
            "headers": self.header,
            "pathItems": self.path_item,
            "securitySchemes": self.scheme,
            "callbacks": self.callback,
            "mediaTypes": self.media,
        }

    def root(self, root: Place) -> None:
        slip = self._slip
        slip.keys(root, _ROOT)
        version = root.get("openapi")
        self._schemas.has_nullable = version is None or "3.0" in str(version.value)
        if version is not None and str(version.value).startswith("v3."):
            slip.tell(f"openapi: {version.value}", str(version.value)[1:], version)
            version.replace(str(version.value)[1:])
        info = root.get("info")
        if info is not None:
            slip.keys(info, _INFO)
            for key in ("title", "version"):
                slip.text(info, key)
        self._servers(root)
        slip.list_of_one(root, "security")
        self._security(root)
        tags = root.get("tags")
        for tag in tags.elements() if tags is not None else ():
            if isinstance(tag.value, str):
                slip.tell("A tag is not a mapping", f"{{name: {tag.value}}}", tag)
                tag.replace({"name": tag.value})
        for key in ("paths", "webhooks"):
            paths = root.get(key)
            for path, item in paths.items() if paths is not None else ():
                self.path_item(item)
                if key == "paths" and paths is not None:
                    self._path(paths, path, item)
        components = root.get("components")
        if components is not None:
            slip.keys(components, _COMPONENTS)
            for key, members in components.items():
                if key in self._components:
                    for _, member in members.items():
                        self._components[key](member)

    def _path(self, paths: Place, path: str, item: Place) -> None:
        """Places for values that are written as in a router, or in another case than their
        parameter."""
        described = _path_parameters(item)
        meant = _ROUTED.sub(lambda m: f"/{{{m[1]}}}" if m[1] in described else m[0], path)
        by_case = {name.lower(): name for name in described}
        meant = _TEMPLATE.sub(
            lambda m: m[0] if m[1] in described else f"{{{by_case.get(m[1].lower(), m[1])}}}", meant
        )
        if meant != path and isinstance(paths.value, dict) and meant not in paths.value:
            self._slip.tell(f"Path {path!r}", meant, item, key=True)
            paths.rename(path, meant)

    def path_item(self, item: Place) -> None:
        slip = self._slip
        if not isinstance(item.value, dict):
            return
        slip.keys(item, _PATH_ITEM)
        self._servers(item)
        self._parameters(item)
        for key, operation in item.items():
            if key in METHODS:
                self.operation(operation)
            elif key == "additionalOperations":
                for _, inner in operation.items():
                    self.operation(inner)

    def callback(self, callback: Place) -> None:
        for key, item in callback.items():
            if key != "$ref":
                self.path_item(item)

    def operation(self, operation: Place) -> None:
        slip = self._slip
        if not isinstance(operation.value, dict):
            return
        slip.keys(operation, _OPERATION)
        slip.text(operation, "operationId")
        slip.flags(operation, "deprecated")
        slip.list_of_one(operation, "tags")
        tags = operation.get("tags")
        for tag in tags.elements() if tags is not None else ():
            name = tag.get("name")
            if name is not None and isinstance(name.value, str):
                slip.tell("A tag of an operation is its name", name.value, tag)
                tag.replace(name.value)
        self._servers(operation)
        slip.list_of_one(operation, "security")
        self._security(operation)
        self._parameters(operation)
        body = operation.get("requestBody")
        if body is not None:
            self.body(body)
        responses = operation.get("responses")
        if responses is not None and isinstance(responses.value, dict):
            self._responses(responses)
        callbacks = operation.get("callbacks")
        for _, callback in callbacks.items() if callbacks is not None else ():
            self.callback(callback)

    def _responses(self, responses: Place) -> None:
        for status, response in responses.items():
            upper = status.upper()
            if len(status) == 3 and status != upper and status[0] in "12345" and upper[1:] == "XX":
                self._slip.tell(f"{status!r} is not a status", upper, response, key=True)
                responses.rename(status, upper)
        for status, response in responses.items():
            if not status.startswith("x-"):
                self.response(response)

    def response(self, response: Place) -> None:
        if self._slip.reference(response, "responses"):
            return
        self._slip.keys(response, _RESPONSE)
        headers = response.get("headers")
        for _, header in headers.items() if headers is not None else ():
            self.header(header)
        self._bare_schema(response, "A response")
        self._content(response)

    def body(self, body: Place) -> None:
        if self._slip.reference(body, "requestBodies"):
            return
        self._slip.keys(body, _BODY)
        self._slip.flags(body, "required")
        self._bare_schema(body, "A request body")
        self._content(body)

    def _bare_schema(self, holder: Place, what: str) -> None:
        """A schema where a media type should stand around it."""
        schema = holder.get("schema")
        if schema is None or holder.get("content") is not None:
            return
        message = f"{what} has its schema inside content"
        self._slip.tell(message, "that of application/json", schema, key=True)
        holder.remove("schema")
        holder.put("content", {"application/json": {"schema": schema.value}}, schema.at)
        self._slip.keep(holder, ("content", "application/json", "schema"), schema)

    def _content(self, holder: Place) -> None:
        content = holder.get("content")
        if content is None or not isinstance(content.value, dict):
            return
        for name, media in content.items():
            full = _MEDIA_TYPES.get(name.lower())
            if full is not None and full not in content.value:
                self._slip.tell(f"{name!r} is not a media type", full, media, key=True)
                content.rename(name, full)
        for _, media in content.items():
            self.media(media)

    def media(self, media: Place) -> None:
        ref = media.get("$ref")
        if ref is not None and str(ref.value).startswith("#/components/schemas/"):
            message = "A media type refers to a schema"
            self._slip.tell(message, "its schema", ref, key=True)
            media.remove("$ref")
            media.put("schema", {"$ref": ref.value}, ref.at, ref.key_at)
        self._slip.keys(media, _MEDIA)
        for key in ("schema", "itemSchema"):
            schema = media.get(key)
            if schema is not None:
                self._schemas.schema(schema)

    def _parameters(self, holder: Place) -> None:
        listed = holder.get("parameters")
        if listed is None:
            return
        if isinstance(listed.value, dict) and {"name", "in"} <= listed.value.keys():
            self._slip.list_of_one(holder, "parameters")
            listed = holder.get("parameters")
        seen: dict[tuple[str, str], Value] = {}
        for parameter in listed.elements() if listed is not None else ():
            self.parameter(parameter)
            value = parameter.value
            if isinstance(value, dict) and "name" in value:
                key = (str(value["name"]), str(value.get("in")))
                if key in seen:
                    name = f"Parameter {key[0]!r} stands in the list before"
                    self._slip.tell(name, "one, the last", parameter)
                seen[key] = value
        if self._mending and listed is not None and isinstance(listed.value, list):
            last = {id(value) for value in seen.values()}
            named = [v for v in listed.value if isinstance(v, dict) and "name" in v]
            dropped = [v for v in named if id(v) not in last]
            if dropped:
                listed.replace([v for v in listed.value if not any(v is d for d in dropped)])

    def parameter(self, parameter: Place) -> None:
        slip = self._slip
        if slip.reference(parameter, "parameters") or not isinstance(parameter.value, dict):
            return
        slip.keys(parameter, _PARAMETER)
        slip.text(parameter, "name")
        place = parameter.get("in")
        if place is not None and isinstance(place.value, str):
            lower = place.value.lower()
            if place.value not in _LOCATIONS and lower in _LOCATIONS:
                slip.tell(f"in: {place.value}", lower, place)
                place.replace(lower)
        self.header(parameter)

    def header(self, header: Place) -> None:
        slip = self._slip
        if slip.reference(header, "headers") or not isinstance(header.value, dict):
            return
        slip.flags(header, "required", "deprecated", "explode", "allowReserved", "allowEmptyValue")
        if "schema" not in header.value and "content" not in header.value:
            moved = [(k, member) for k, member in header.items() if k in _OF_SCHEMA]
            kind = header.get("type")
            if kind is not None and kind.value not in ("file", None):
                slip.tell("type stands beside the name", "its schema's", kind, key=True)
                header.put("schema", {}, kind.at, kind.key_at)
                schema = header.get("schema")
                assert schema is not None
                for key, member in moved:
                    header.remove(key)
                    schema.put(key, member.value, member.at, member.key_at)
        schema = header.get("schema")
        if schema is not None:
            self._schemas.schema(schema)
        self._content(header)

    def scheme(self, scheme: Place) -> None:
        kind = scheme.get("type")
        if kind is None or not isinstance(kind.value, str):
            return
        lower = kind.value.lower()
        if lower in _HTTP:
            self._slip.tell(f"Security scheme of type {kind.value}", f"http, {lower}", kind)
            kind.replace("http")
            if scheme.get("scheme") is None:
                scheme.put("scheme", lower, kind.at)
        elif lower in _SCHEMES and kind.value != _SCHEMES[lower]:
            self._slip.tell(f"Security scheme of type {kind.value}", _SCHEMES[lower], kind)
            kind.replace(_SCHEMES[lower])

    def _security(self, holder: Place) -> None:
        listed = holder.get("security")
        for requirement in listed.elements() if listed is not None else ():
            if isinstance(requirement.value, str):
                name = requirement.value
                message = "A security requirement is not a mapping"
                self._slip.tell(message, f"{{{name}: []}}", requirement)
                requirement.replace({name: []})
            for _, scopes in requirement.items():
                if scopes.value is None:
                    self._slip.tell("Scopes are not a list", "none", scopes)
                    scopes.replace([])
                elif isinstance(scopes.value, str):
                    self._slip.tell("Scopes are not a list", "a list of one", scopes)
                    scopes.replace([scopes.value])

    def _servers(self, holder: Place) -> None:
        self._slip.list_of_one(holder, "servers")
        listed = holder.get("servers")
        for server in listed.elements() if listed is not None else ():
            if isinstance(server.value, str):
                self._slip.tell("A server is not a mapping", f"{{url: {server.value}}}", server)
                server.replace({"url": server.value})


def _path_parameters(item: Place) -> set[str]:
    """The names of the parameters that a path item and its operations describe for its path."""
    holders = [item, *(member for key, member in item.items() if key in METHODS)]
    listed = [one for holder in holders if (one := holder.get("parameters")) is not None]
    values = [parameter.value for one in listed for parameter in one.elements()]
    return {
        name
        for value in values
        if isinstance(value, dict) and value.get("in") == "path"
        if isinstance(name := value.get("name"), str)
    }
