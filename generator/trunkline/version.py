"""The version of Trunkline."""

__version__ = "0.1.0"
