"""One direction: every fact of the documents is in the description, or ruled on."""

from __future__ import annotations

from collections import defaultdict

from trunkline.audit.citations import Cited
from trunkline.audit.examples import Examples
from trunkline.audit.fact_checks import holds
from trunkline.audit.model import Erratum, Fact, Kind, Row, Sources, State
from trunkline.audit.place import find
from trunkline.diagnostics import Code, Diagnostics
from trunkline.ir import ABSENT
from trunkline.pointer import split
from trunkline.source import Document


class FactCheck:
    """Checks the facts against one description."""

    def __init__(
        self,
        name: str,
        document: Document,
        cited: Cited,
        material: Sources,
        examples: Examples,
        diagnostics: Diagnostics,
    ) -> None:
        self._name = name
        self._document = document
        self._cited = cited
        self._material = material
        self._examples = examples
        self._diagnostics = diagnostics

    def run(self) -> list[Row]:
        """Report what is missing; answer the coverage, a row for each source and kind."""
        counts: defaultdict[tuple[str, Kind], dict[State, int]] = defaultdict(
            lambda: dict.fromkeys(State, 0)
        )
        for fact in self._material.facts():
            if self._name in fact.descriptions:
                counts[fact.source, fact.kind][self._state(fact)] += 1
        for erratum in self._material.errata:
            if erratum.holds_for(self._name):
                self._carried(erratum)
        return [
            Row(
                description=self._name,
                source=source,
                kind=kind,
                covered=states[State.COVERED],
                ruled=states[State.RULED],
                missing=states[State.MISSING],
            )
            for (source, kind), states in sorted(counts.items())
        ]

    def _state(self, fact: Fact) -> State:
        rulings = [
            erratum
            for erratum in self._material.rulings.of(fact)
            if not erratum.kept and erratum.holds_for(self._name)
        ]
        if rulings:
            if fact.kind is Kind.EXAMPLE and fact.file is not None:
                self._examples.value(fact)
            if fact.places and all(self._problem(fact, p) is None for p in fact.places):
                self._diagnostics.add(
                    Code.ERRATUM_STALE,
                    f"{rulings[0].id} sets aside {fact.id}, but {self._name} carries it as "
                    f"{fact.cited()} states it",
                    rulings[0].position,
                    "Take the fact out of the erratum.",
                )
            return State.RULED
        problems = [p for p in (self._uncovered(fact, place) for place in fact.places) if p]
        if not fact.places:
            problems = ["the inventory gives no place for it, and no erratum rules on it"]
        for problem in problems:
            self._missing(fact, problem)
        return State.MISSING if problems else State.COVERED

    def _uncovered(self, fact: Fact, pointer: str) -> str | None:
        problem = self._problem(fact, pointer)
        if problem is not None:
            return problem
        place = find(self._document, pointer)
        assert place is not None
        if fact.lines and not self._cited.speaks_for(place, fact.source, fact.lines):
            return f"#{pointer} does not cite it"
        return None

    def _problem(self, fact: Fact, pointer: str) -> str | None:
        """Why the description does not say at `pointer` what the fact says; citations apart."""
        place = find(self._document, pointer)
        if place is None:
            return f"nothing stands at #{pointer}"
        value = self._examples.value(fact)
        if fact.kind is Kind.EXAMPLE:
            if value is ABSENT and not fact.lines:
                return None
            if value is ABSENT:
                return f"its file {fact.file} cannot be read" if fact.file else "it has no value"
            problem = holds(fact.kind, self._document, place, value)
            return problem or self._examples.misfit(self._document, place, value)
        return holds(fact.kind, self._document, place, value)

    def _missing(self, fact: Fact, problem: str) -> None:
        stated = "" if fact.value is ABSENT else f" {fact.value!r}"
        near = next((p for p in (self._nearest(place) for place in fact.places) if p), None)
        self._diagnostics.add(
            Code.FACT_MISSING,
            f"{self._name} does not cover {fact.cited()}, which states the {fact.kind}{stated} "
            f"of {fact.subject} ({fact.id}): {problem}",
            fact.position,
            (f"It belongs at {near}. " if near else "")
            + "Describe and cite it, or rule on it in errata.yaml.",
        )

    def _nearest(self, pointer: str) -> str:
        return str(self._document.locate(split(pointer)).position)

    def _carried(self, erratum: Erratum) -> None:
        for became in erratum.becomes:
            place = find(self._document, became.place)
            problem = (
                f"nothing stands at #{became.place}"
                if place is None
                else holds(became.kind, self._document, place, became.value)
            )
            if problem is not None:
                self._diagnostics.add(
                    Code.RULING_MISSING,
                    f"{self._name} does not follow {erratum.id}, the ruling on {erratum.cited()}: "
                    f"#{became.place}: {problem}",
                    became.position,
                    f"It belongs at {self._nearest(became.place)}.",
                )
