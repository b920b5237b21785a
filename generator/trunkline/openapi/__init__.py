"""Descriptions as OpenAPI: which version, and whether valid."""

from trunkline.openapi.description import Description, Version, load

__all__ = ["Description", "Version", "load"]
