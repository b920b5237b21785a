"""Descriptions as data with positions: parsed once, references resolved, nothing outside read."""

from trunkline.source.document import Document, Fetch, RefusedError, fetched, parse, read
from trunkline.source.node import Node
from trunkline.source.parsed import ParsedFile

__all__ = ["Document", "Fetch", "Node", "ParsedFile", "RefusedError", "fetched", "parse", "read"]
