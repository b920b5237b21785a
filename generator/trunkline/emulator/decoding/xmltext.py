"""XML bodies as JSON values, by the schemas and the XML names of a description."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from trunkline.emulator.http.jsontext import MAX_VALUES, TooManyValuesError
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.ir import Json, Schema
from trunkline.semantics import xmlnames
from trunkline.semantics.parameters import Texts

_DEEPEST: Final = 100
_NIL: Final = "{http://www.w3.org/2001/XMLSchema-instance}nil"


class XmlTextError(ValueError):
    """Why a text is no XML that is read here."""


def read(schemas: Schemas, texts: Texts, schema: Schema, raw: bytes) -> Json:
    """The value that an XML text stands for. Raises `XmlTextError`, and `TooManyValuesError`.

    Document types are refused: entities in them can stand for texts of any size.
    """
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise XmlTextError("document types are not read")
    try:
        root = ElementTree.fromstring(raw)  # noqa: S314  # without entities, see above
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise XmlTextError(str(error)) from None
    if sum(1 for _ in root.iter()) > MAX_VALUES:
        raise TooManyValuesError(f"more than {MAX_VALUES:,} values")
    return _Reader(schemas, texts).value(schema, root, 0)


class _Reader:
    def __init__(self, schemas: Schemas, texts: Texts) -> None:
        self._schemas = schemas
        self._named = schemas.named
        self._texts = texts

    def value(self, schema: Schema | None, element: Element, depth: int) -> Json:
        """What one element stands for."""
        if depth > _DEEPEST:
            raise XmlTextError(f"elements are nested more than {_DEEPEST} deep")
        if element.get(_NIL) == "true":
            return None
        if schema is None:
            return self._undescribed(element, depth)
        inner = self._schemas.items(schema)
        if inner is not None:
            return [self.value(inner, child, depth + 1) for child in element]
        if self._schemas.members(schema) or len(element):
            return self._object(schema, element, depth)
        return self._texts.scalar(schema)(element.text or "")

    def _undescribed(self, element: Element, depth: int) -> Json:
        if not len(element):
            return element.text or ""
        return {_local(child.tag): self.value(None, child, depth + 1) for child in element}

    def _object(self, schema: Schema, element: Element, depth: int) -> dict[str, Json]:
        found: dict[str, Json] = {}
        children: dict[str, list[Element]] = {}
        for child in element:
            children.setdefault(_local(child.tag), []).append(child)
        attributes = {_local(name): text for name, text in element.attrib.items()}
        for name, member in self._schemas.members(schema).items():
            its = member.schema
            shown = xmlnames.element(self._named, its, name)
            if xmlnames.hint(self._named, its).attribute:
                if shown in attributes:
                    found[name] = self._texts.scalar(its)(attributes[shown])
            elif (inner := self._schemas.items(its)) is not None:
                listed = self._listed(its, name, children)
                if listed is not None:
                    found[name] = [self.value(inner, one, depth + 1) for one in listed]
            elif shown in children:
                found[name] = self.value(its, children.pop(shown)[0], depth + 1)
        for name, others in children.items():
            found.setdefault(name, self.value(None, others[0], depth + 1))
        return found

    def _listed(
        self, schema: Schema, name: str, children: dict[str, list[Element]]
    ) -> list[Element] | None:
        if xmlnames.hint(self._named, schema).wrapped:
            around = children.pop(xmlnames.element(self._named, schema, name), None)
            return list(around[0]) if around is not None else None
        return children.pop(xmlnames.list_element(self._named, schema, name), None)


def _local(tag: str) -> str:
    """A name without its namespace."""
    return tag.rpartition("}")[2]
