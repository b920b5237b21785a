"""Contradictions that a machine can see: in what documents say, whatever the description says.

Each must be known to an erratum, which names one of the facts under `facts` or `contradicts`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final

from trunkline.audit.examples import Examples
from trunkline.audit.fact_checks import same, type_of
from trunkline.audit.model import Contradiction, Fact, Kind, Sources
from trunkline.audit.place import find
from trunkline.audit.relatives import relatives
from trunkline.diagnostics import Code, Diagnostics
from trunkline.ir import ABSENT, Absent
from trunkline.pointer import split
from trunkline.rules.walk import members

_ONE_VALUE: Final = (Kind.TYPE, Kind.DEFAULT, Kind.FORMAT, Kind.NULLABLE, Kind.REQUIRED)
_VALUED: Final = (Kind.ENUM, Kind.DEFAULT, Kind.EXAMPLE)
_FIGURES: Final = ("page_number", "page_size", "total_pages", "total_results")
_TYPE_NAMES: Final = ("string", "integer", "number", "boolean", "object", "array")


def contradictions(material: Sources, diagnostics: Diagnostics) -> list[Contradiction]:
    """Everything found in the documents' facts; unreadable examples go to `diagnostics`."""
    documented = material.without_records()
    facts = list(documented.facts())
    examples = Examples(material.folder, diagnostics)
    return [
        *_values(documented, facts),
        *_wrong_types(documented, facts),
        *_blanks(facts, examples),
        *_placeholders(facts),
        *_defaults_in_updates(documented, facts),
        *_page_arithmetic(facts, examples),
        *relatives(documented, facts, examples),
    ]


def check(material: Sources, diagnostics: Diagnostics) -> None:
    """Report contradictions that no erratum knows of, at the first of their facts."""
    for found in contradictions(material, diagnostics):
        if not any(_known(material, fact) for fact in found.facts):
            others = ", ".join(f"{f.cited()} ({f.id})" for f in found.facts)
            diagnostics.add(
                Code.CONTRADICTION_OPEN,
                f"{found.message}: {others} [{found.check}]",
                found.facts[0].position,
                "Rule on it in errata.yaml; kept: true where the document is followed.",
            )


def _known(material: Sources, fact: Fact) -> bool:
    return bool(material.rulings.of(fact)) or any(
        fnmatchcase(fact.id, pattern)
        for erratum in material.errata
        for pattern in erratum.contradicts
    )


def _values(material: Sources, facts: list[Fact]) -> Iterator[Contradiction]:
    """One place, one kind of statement, two values: document against document, and siblings."""
    stated: defaultdict[tuple[Kind, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind in _ONE_VALUE and fact.value is not ABSENT:
            for pointer in fact.places:
                stated[fact.kind, _real(material, fact, pointer)].append(fact)
    for (kind, pointer), group in stated.items():
        different = next((f for f in group if not _agree(f, group[0])), None)
        if different is not None:
            yield Contradiction(
                "value-against-value",
                (group[0], different),
                f"Two values for the {kind} of #{pointer}: "
                f"{group[0].value!r} and {different.value!r}",
            )


def _wrong_types(material: Sources, facts: list[Fact]) -> Iterator[Contradiction]:
    """A value listed, taken by default or shown that the type stated at its place forbids."""
    declared: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind is Kind.TYPE:
            for pointer in fact.places:
                declared[_real(material, fact, pointer)].append(fact)
    for fact in facts:
        if fact.kind not in _VALUED or isinstance(fact.value, Absent) or fact.file is not None:
            continue
        for pointer in fact.places:
            for stated in declared.get(_real(material, fact, pointer), ()):
                allowed = _types(stated.value)
                name = type_of(fact.value)
                if name not in allowed and not (name == "integer" and "number" in allowed):
                    yield Contradiction(
                        "value-against-type",
                        (fact, stated),
                        f"{fact.value!r} is no {' or '.join(sorted(allowed))}",
                    )


def _real(material: Sources, fact: Fact, pointer: str) -> str:
    names = [n for n in fact.descriptions if n in material.descriptions]
    document = material.descriptions[names[0]] if names else None
    place = find(document, pointer) if document is not None else None
    return place.node.pointer if place is not None else pointer


def _agree(one: Fact, other: Fact) -> bool:
    if one.kind is not Kind.TYPE:
        return same(one.value, other.value)
    return _types(one.value) == _types(other.value)


def _types(value: object) -> set[str]:
    return set(map(str, value)) if isinstance(value, list) else {str(value)}


def _blanks(facts: list[Fact], examples: Examples) -> Iterator[Contradiction]:
    for fact in facts:
        if fact.file is None and fact.kind in (Kind.ENUM, Kind.DEFAULT, Kind.EXAMPLE):
            for text in _texts(examples.value(fact)):
                if text != text.strip():
                    yield Contradiction(
                        "stray-blank", (fact,), f"A blank at the start or end of {text!r}"
                    )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for element in value:
            yield from _texts(element)
    elif isinstance(value, dict):
        for member in value.values():
            yield from _texts(member)


def _placeholders(facts: list[Fact]) -> Iterator[Contradiction]:
    for fact in facts:
        if fact.kind is Kind.EXAMPLE and fact.file is None and fact.value in _TYPE_NAMES:
            yield Contradiction(
                "placeholder", (fact,), f"An example that is the name of a type, {fact.value!r}"
            )


def _defaults_in_updates(material: Sources, facts: list[Fact]) -> Iterator[Contradiction]:
    """A default on a member of a PATCH body: a change that leaves it out would set it."""
    for name, document in material.descriptions.items():
        bodies = set()
        for _, item in members(document.root.get("paths")):
            place = find(document, f"{item.pointer}/patch/requestBody/content")
            for _, media in members(place.node if place is not None else None):
                ref = media.at(["schema", "$ref"])
                if ref is not None and isinstance(ref.value, str):
                    bodies.add(ref.value[1:])
        for fact in facts:
            if fact.kind is Kind.DEFAULT and name in fact.descriptions:
                for pointer in fact.places:
                    owner = "/" + "/".join(split(pointer)[:3])
                    if owner in bodies:
                        yield Contradiction(
                            "default-in-partial-update",
                            (fact,),
                            f"A default, {fact.value!r}, for a member of a partial update",
                        )


def _page_arithmetic(facts: list[Fact], examples: Examples) -> Iterator[Contradiction]:
    """A list cut into pages whose figures do not add up with one another or with the list."""
    for fact in facts:
        value = examples.value(fact) if fact.kind is Kind.EXAMPLE and fact.file else None
        meta = value.get("meta") if isinstance(value, dict) else None
        listed = value.get("data") if isinstance(value, dict) else None
        if not isinstance(meta, dict) or not isinstance(listed, list):
            continue
        figures = [meta.get(key) for key in _FIGURES]
        whole = [f for f in figures if isinstance(f, int) and f > 0]
        if len(whole) < len(_FIGURES):
            continue
        number, size, pages, total = whole
        expected = max(0, min(size, total - (number - 1) * size))
        if len(listed) != expected or pages != -(-total // size):
            yield Contradiction(
                "page-arithmetic",
                (fact,),
                f"Page {number} of {pages} with {size} each of {total} holds {expected}, "
                f"not {len(listed)}",
            )
