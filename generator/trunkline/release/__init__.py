"""From a generated package to files that can be installed and published."""

from trunkline.release.build import Distribution, build, place

__all__ = ["Distribution", "build", "place"]
