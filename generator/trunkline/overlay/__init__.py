"""OpenAPI Overlays 1.0 and 1.1: read, applied with positions kept, and made from two files."""

from trunkline.overlay.action import Action, Overlay
from trunkline.overlay.apply import Applied
from trunkline.overlay.difference import NotMappingError, difference
from trunkline.overlay.reading import (
    FOLDER,
    applied,
    beside,
    checked,
    extended,
    laid_over,
    named_overlays,
    overlay_in,
    read_description,
    read_overlay,
    with_overlays,
)

__all__ = [
    "FOLDER",
    "Action",
    "Applied",
    "NotMappingError",
    "Overlay",
    "applied",
    "beside",
    "checked",
    "difference",
    "extended",
    "laid_over",
    "named_overlays",
    "overlay_in",
    "read_description",
    "read_overlay",
    "with_overlays",
]
