"""What the description says about itself."""

from __future__ import annotations

from trunkline.evolve.change import Area, Place, Rule
from trunkline.evolve.context import Context
from trunkline.evolve.table import text

A = Area.INFO
TITLE = text(A, "title", "changed", "the API is called {now}, not {was}")
VERSION = text(A, "version", "changed", "the description's version is {now}, not {was}")
DESCRIPTION = text(A, "description", "changed", "the API's description changed")
LICENSE = text(A, "license", "changed", "the licence is {now}, not {was}")
CONTACT = text(A, "contact", "changed", "the contact changed")

RULES: tuple[Rule, ...] = (TITLE, VERSION, DESCRIPTION, LICENSE, CONTACT)


def compare(context: Context) -> None:
    """Titles and the like."""
    old, new = context.old, context.new
    place = Place("the API")

    def add(row: Rule, was: object = "", now: object = "") -> None:
        context.add(row, place, old.origin, new.origin, was=was, now=now)

    if old.title != new.title:
        add(TITLE, old.title, new.title)
    if old.version != new.version:
        add(VERSION, old.version, new.version)
    if (old.description or "").split() != (new.description or "").split():
        add(DESCRIPTION)
    if old.license != new.license:
        add(
            LICENSE,
            old.license.name if old.license else "none",
            new.license.name if new.license else "none",
        )
    if old.contact != new.contact:
        add(CONTACT)
