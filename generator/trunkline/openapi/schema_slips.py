"""Slips in schemas whose meaning is plain."""

from __future__ import annotations

from typing import Final

from trunkline.openapi.slip import Slip, known
from trunkline.source import Place, Value

TYPES: Final = ("string", "number", "integer", "boolean", "object", "array", "null")
_ALIASES: Final[dict[str, dict[str, Value]]] = {
    "int": {"type": "integer"},
    "int32": {"type": "integer", "format": "int32"},
    "int64": {"type": "integer", "format": "int64"},
    "long": {"type": "integer", "format": "int64"},
    "float": {"type": "number", "format": "float"},
    "double": {"type": "number", "format": "double"},
    "decimal": {"type": "number"},
    "bool": {"type": "boolean"},
    "str": {"type": "string"},
    "text": {"type": "string"},
    "uuid": {"type": "string", "format": "uuid"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "date-time": {"type": "string", "format": "date-time"},
    "file": {"type": "string", "format": "binary"},
    "list": {"type": "array"},
    "map": {"type": "object"},
    "dict": {"type": "object"},
    "any": {},
}
"""Types by their names in other languages."""
_KEYS: Final = known(
    "additionalProperties allOf anyOf const default deprecated description discriminator enum"
    " example examples exclusiveMaximum exclusiveMinimum externalDocs format items maxItems"
    " maxLength maxProperties maximum minItems minLength minProperties minimum multipleOf not"
    " nullable oneOf pattern patternProperties prefixItems properties propertyNames readOnly"
    " required title type uniqueItems writeOnly xml"
)
_NUMBERS: Final = (
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength"),
    *("maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
)
_FLAGS: Final = (
    *("nullable", "readOnly", "writeOnly", "deprecated", "uniqueItems"),
    *("exclusiveMinimum", "exclusiveMaximum"),
)
_COMBINED: Final = ("allOf", "anyOf", "oneOf")
_ONE: Final = ("items", "additionalProperties", "not", "if", "then", "else", "contains")
_ONE_MORE: Final = ("propertyNames", "unevaluatedProperties", "unevaluatedItems")
_MANY: Final = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
_HOLDING: Final = frozenset((*_COMBINED, *_ONE, *_ONE_MORE, *_MANY, "prefixItems"))
"""Keywords with schemas inside."""


class SchemaSlips:
    """Walks schemas down to the last; one that several places share is walked once if it is
    right."""

    def __init__(self, slip: Slip, *, mending: bool = False) -> None:
        self._slip = slip
        self._mending = mending
        self._right: set[int] = set()
        self._is_part = False
        """Whether the next schema is put together with others by an `allOf`."""
        self.has_nullable = True
        """Whether the version of the description has the keyword `nullable`."""

    def schema(self, place: Place) -> None:
        """A schema and all inside it."""
        before = place.value
        if isinstance(before, (dict, list)) and id(before) in self._right:
            return
        self._read(place)
        if place.value is before and isinstance(before, (dict, list)):
            self._right.add(id(before))

    def _read(self, place: Place) -> None:
        slip = self._slip
        if self._mending and (place.value is None or isinstance(place.value, list)):
            slip.tell("A schema must be a mapping or a boolean", "any value", place)
            place.replace({})
        if isinstance(place.value, str) and self._is_type(place.value):
            slip.tell("A schema is not a mapping", f"{{type: {place.value}}}", place)
            place.replace({"type": place.value})
        if slip.reference(place, "schemas") and place.get("allOf") is None:
            return
        if not isinstance(place.value, dict):
            return
        slip.keys(place, _KEYS)
        self._type(place)
        slip.flags(place, *_FLAGS)
        slip.numbers(place, _NUMBERS)
        if isinstance(place.value.get("required"), str):
            slip.list_of_one(place, "required")
        if isinstance(place.value.get("enum"), (str, int, float)):
            self._enum(place)
        if isinstance(place.value.get("discriminator"), str):
            self._discriminator(place)
        part, self._is_part = self._is_part, False
        if self._mending and not self.has_nullable and not part:
            self._nullable(place)
        self._items(place)
        self._inside(place, part=part)
        self._required_members(place)

    def _enum(self, place: Place) -> None:
        enum = place.get("enum")
        assert enum is not None
        self._slip.tell("enum is not a list", "a list of one", enum)
        enum.replace([enum.value])

    def _discriminator(self, place: Place) -> None:
        discriminator = place.get("discriminator")
        assert discriminator is not None
        name = discriminator.value
        self._slip.tell("discriminator is text", f"{{propertyName: {name}}}", discriminator)
        discriminator.replace({"propertyName": name})

    def _nullable(self, place: Place) -> None:
        """`nullable` in a version that says null as a type. Not where parts are put together: what
        one of them says of null is not what all of them do."""
        nullable, kind, enum = place.get("nullable"), place.get("type"), place.get("enum")
        if nullable is None or not isinstance(nullable.value, bool) or place.get("allOf"):
            return
        alternatives = place.get("anyOf") or place.get("oneOf")
        if alternatives is not None and "null" in str(alternatives.value):
            return  # one of them may admit null already, and of oneOf only one may
        if nullable.value:
            if kind is not None and isinstance(kind.value, str):
                kind.replace([kind.value, "null"])
            elif kind is not None and isinstance(kind.value, list):
                kind.append("null", kind.at)
            elif alternatives is not None and isinstance(alternatives.value, list):
                alternatives.append({"type": "null"}, alternatives.at)
            else:
                return
            if enum is not None and isinstance(enum.value, list) and None not in enum.value:
                enum.append(None, enum.at)
        self._slip.tell("nullable is a keyword of OpenAPI 3.0", "the type null", nullable)
        place.remove("nullable")

    def _inside(self, place: Place, *, part: bool) -> None:
        slip = self._slip
        value = place.value
        if not isinstance(value, dict) or value.keys().isdisjoint(_HOLDING):
            return
        for key in _COMBINED:
            if key not in value:
                continue
            listed = place.get(key)
            if listed is not None and isinstance(listed.value, dict):
                slip.list_of_one(place, key)
            listed = place.get(key)
            for member in listed.elements() if listed is not None else ():
                self._is_part = key == "allOf"
                self.schema(member)
                self._is_part = False
        additional = place.get("additionalProperties")
        if additional is not None and isinstance(additional.value, str):
            slip.flags(place, "additionalProperties")
        for key in (*_ONE, *_ONE_MORE):
            if key not in value:
                continue
            inner = place.get(key)
            if inner is not None and not isinstance(inner.value, list):
                self.schema(inner)
        for key in _MANY:
            if key not in value:
                continue
            members = place.get(key)
            for _, member in members.items() if members is not None else ():
                self._is_part = part  # another part may describe the same property
                self.schema(member)
                self._is_part = False
        prefix = place.get("prefixItems")
        for member in prefix.elements() if prefix is not None else ():
            self.schema(member)

    def _items(self, place: Place) -> None:
        """A list of one schema, as older drafts had it for tuples, is that of all items."""
        items = place.get("items")
        if items is None or not isinstance(items.value, list) or len(items.value) != 1:
            return
        (only,) = items.elements()
        if isinstance(only.value, dict):
            self._slip.tell("items is a list of one", "the schema of every item", items)
            items.replace(only.value, only.at)

    def _is_type(self, text: str) -> bool:
        return text.lower() in TYPES or text.lower() in _ALIASES

    def _type(self, place: Place) -> None:
        kind = place.get("type")
        if kind is None or (isinstance(kind.value, str) and kind.value in TYPES):
            return
        if isinstance(kind.value, list):
            for one in kind.elements():
                if isinstance(one.value, str) and one.value not in TYPES:
                    meant = _ALIASES.get(one.value.lower(), {"type": one.value.lower()}).get("type")
                    if isinstance(meant, str) and meant in TYPES:
                        self._slip.tell(f"Type {one.value!r} is not known", meant, one)
                        one.replace(meant)
            return
        if not isinstance(kind.value, str):
            return
        lower = kind.value.lower()
        if lower in TYPES:
            self._slip.tell(f"Type {kind.value!r} is not known", lower, kind)
            kind.replace(lower)
            return
        meant_keys = _ALIASES.get(lower)
        if meant_keys is None:
            return
        reading = ", ".join(str(value) for value in meant_keys.values()) or "any value"
        self._slip.tell(f"Type {kind.value!r} is not known", reading, kind)
        place.remove("type")
        for key, value in meant_keys.items():
            if place.get(key) is None:
                place.put(key, value, kind.at, kind.key_at)

    def _required_members(self, place: Place) -> None:
        """`required: true` at a property, as the third draft of JSON Schema had it."""
        members = place.get("properties")
        for name, member in members.items() if members is not None else ():
            required = member.get("required")
            if required is None or str(required.value).lower() not in ("true", "false"):
                continue
            wanted = str(required.value).lower() == "true"
            reading = f"that of {name!r}" if wanted else "nothing"
            self._slip.tell("required of a property stands beside properties", reading, required)
            member.remove("required")
            if not wanted:
                continue
            listed = place.get("required")
            if listed is None or not isinstance(listed.value, list):
                place.put("required", [name], required.at, required.key_at)
            elif name not in listed.value:
                listed.append(name, required.at)
