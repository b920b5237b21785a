"""Descriptions as data with positions: parsed once, references resolved, nothing outside read."""

from trunkline.source.document import Document, Fetch, RefusedError, fetched, parse, read
from trunkline.source.editing import Editing, Place
from trunkline.source.node import Node
from trunkline.source.parsed import Marks, ParsedFile, Value
from trunkline.source.written import written

__all__ = [
    "Document",
    "Editing",
    "Fetch",
    "Marks",
    "Node",
    "ParsedFile",
    "Place",
    "RefusedError",
    "Value",
    "fetched",
    "parse",
    "read",
    "written",
]
