"""Values that options of several commands take."""

import enum


class Format(enum.StrEnum):
    """For people, or for machines."""

    TEXT = "text"
    JSON = "json"
