"""Contradictions between relatives: what a request and an answer say of one property, members
whose names differ by a number, an example against a required mark, the sample of another resource,
a list of values that others know more of.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from trunkline.audit.examples import Examples
from trunkline.audit.fact_checks import same, type_of
from trunkline.audit.model import Contradiction, Fact, Kind, Sources
from trunkline.audit.place import Place, find
from trunkline.ir import Absent, Json
from trunkline.pointer import split
from trunkline.rules.walk import members
from trunkline.source import Document

_SHARED: Final = (Kind.TYPE, Kind.FORMAT)
_NUMBERED: Final = re.compile(r"\d+(?:xx)?")
_ENVELOPE: Final = re.compile(r"(?:List|Page|Response|Answer|Result)$")
_SAMPLE: Final = re.compile(r"\.sample (?:\w+\.)?(\w+)\.\w+$")


def relatives(material: Sources, facts: list[Fact], examples: Examples) -> Iterator[Contradiction]:
    """Everything of these kinds in the facts of documents."""
    for name, document in material.descriptions.items():
        mine = [fact for fact in facts if name in fact.descriptions]
        yield from _siblings(document, mine)
        yield from _numbered(mine, examples)
        yield from _cut_short(document, mine)
        yield from _samples(document, mine)
        yield from _left_out(document, mine, examples)


def _siblings(document: Document, facts: Iterable[Fact]) -> Iterator[Contradiction]:
    """One property of the object as it is sent and as it is shown: of two types or formats, or null
    by default where no answer is said to be null."""
    families = _families(document)
    stated: defaultdict[tuple[str, tuple[str, ...]], list[Fact]] = defaultdict(list)
    for fact in facts:
        for pointer in fact.places if not isinstance(fact.value, Absent) else ():
            tokens = tuple(split(pointer))
            if tokens[:2] == ("components", "schemas") and "properties" in tokens:
                stated[families.get(tokens[2], tokens[2]), tokens[3:]].append(fact)
    for (family, rest), group in stated.items():
        for kind in _SHARED:
            said = [fact for fact in group if fact.kind is kind]
            other = next((f for f in said if not same(_plain(f), _plain(said[0]))), None)
            if other is not None and set(other.places) != set(said[0].places):
                yield Contradiction(
                    "sibling-against-sibling",
                    (said[0], other),
                    f"{rest[-1]!r} of {family} has two values for its {kind}: "
                    f"{said[0].value!r} and {other.value!r}",
                )
        yield from _never_null(family, rest, group)


def _never_null(family: str, rest: tuple[str, ...], group: list[Fact]) -> Iterator[Contradiction]:
    """Null by default in a request, and an answer whose type is told without null."""
    if any(fact.kind is Kind.NULLABLE and fact.value is True for fact in group):
        return
    default = next((f for f in group if f.kind is Kind.DEFAULT and f.value is None), None)
    typed = next((f for f in group if f.kind is Kind.TYPE and "null" not in _types(f)), None)
    if default is not None and typed is not None:
        yield Contradiction(
            "default-against-nullability",
            (default, typed),
            f"{rest[-1]!r} of {family} is null by default, and never said to be null",
        )


def _types(fact: Fact) -> list[Json]:
    return fact.value if isinstance(fact.value, list) else [str(fact.value)]


def _families(document: Document) -> dict[str, str]:
    """Schema → the schema whose name it begins with: `PetCreate` is of the family of `Pet`."""
    listed = (n for n, _ in members(document.root.at(["components", "schemas"])))
    # What wraps an object or many of them has members of its own under the same names.
    names = sorted((n for n in listed if not _ENVELOPE.search(n)), key=len)
    families: dict[str, str] = {}
    for name in names:
        for base in names:
            if name != base and re.fullmatch(rf"{re.escape(base)}[A-Z]\w*", name):
                families[name] = families.get(base, base)
                break
    return families


def _plain(fact: Fact) -> Json:
    """The value, without null among types: whether null may be sent is another statement."""
    value = fact.value
    assert not isinstance(value, Absent)
    if fact.kind is Kind.TYPE and isinstance(value, list):
        kept = [v for v in value if v != "null"]
        return kept[0] if len(kept) == 1 else list[Json](sorted(map(str, kept)))
    return value


def _numbered(facts: Iterable[Fact], examples: Examples) -> Iterator[Contradiction]:
    """Members that a number tells apart (`timeout_1xx_secs`, `timeout_2xx_secs`) of two types."""
    for fact in facts:
        if fact.kind is not Kind.EXAMPLE or fact.file is None:
            continue
        for one, other in _unlike(examples.value(fact)):
            yield Contradiction(
                "like-names",
                (fact,),
                f"Only a number tells {one!r} from {other!r}, and an example gives them two types",
            )


def _unlike(value: Json | Absent) -> Iterator[tuple[str, str]]:
    """Pairs of members of one object, alike but for a number in their names, of two types."""
    if isinstance(value, list):
        for element in value:
            yield from _unlike(element)
    if not isinstance(value, dict):
        return
    first: dict[str, str] = {}
    for name, inner in value.items():
        yield from _unlike(inner)
        if _NUMBERED.search(name) and inner is not None:
            other = first.setdefault(_NUMBERED.sub("#", name), name)
            if type_of(value[other]) != type_of(inner):
                yield other, name


def _cut_short(document: Document, facts: Iterable[Fact]) -> Iterator[Contradiction]:
    """A list of one value, where the description knows of more from elsewhere."""
    listed: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind is Kind.ENUM:
            for pointer in fact.places:
                place = find(document, pointer)
                if place is not None:
                    listed[place.chain[-1].pointer].append(fact)
    for pointer, group in listed.items():
        place = find(document, pointer)
        known = place.value("enum") if place is not None else None
        said = {repr(fact.value) for fact in group}
        if isinstance(known, list) and len(said) == 1 < len([v for v in known if v is not None]):
            yield Contradiction(
                "list-cut-short",
                (group[0],),
                f"Of {len(known)} values of #{pointer} the document shows {group[0].value!r} only",
            )


def _samples(document: Document, facts: Iterable[Fact]) -> Iterator[Contradiction]:
    """Sample code that calls a class the description has no object of."""
    known = {name.lower() for name, _ in members(document.root.at(["components", "schemas"]))}
    for fact in facts:
        found = _SAMPLE.search(fact.subject)
        if found is not None and found[1].lower() not in known:
            yield Contradiction(
                "sample-of-another-resource", (fact,), f"Sample code that calls {found[1]}"
            )


def _left_out(document: Document, facts: list[Fact], examples: Examples) -> Iterator[Contradiction]:
    """An example of a body without what the same document marks as required."""
    required: defaultdict[str, list[tuple[str, Fact]]] = defaultdict(list)
    for fact in facts:
        if fact.kind is Kind.REQUIRED and fact.value is True:
            for pointer in fact.places:
                owner, _, name = pointer.rpartition("/properties/")
                required[owner].append((name, fact))
    for fact in facts:
        if fact.kind is not Kind.EXAMPLE or fact.file is None:
            continue
        value = examples.value(fact)
        for pointer in fact.places:
            holder = find(document, pointer.rpartition("/examples/")[0])
            schema = holder.get("schema") if holder is not None else None
            place = find(document, schema.pointer) if schema is not None else None
            if place is None or not isinstance(value, dict):
                continue
            for name, mark in _needed(place, required):
                if name not in value and mark.source == fact.source:
                    yield Contradiction(
                        "required-against-example",
                        (mark, fact),
                        f"{name!r} is required, and an example leaves it out",
                    )


def _needed(
    place: Place, required: dict[str, list[tuple[str, Fact]]]
) -> Iterator[tuple[str, Fact]]:
    for pointer in dict.fromkeys(place.pointers()):
        yield from required.get(pointer, ())
