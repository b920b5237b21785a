"""From a generated package to files that can be installed and published."""

from trunkline.release.build import Distribution, build

__all__ = ["Distribution", "build"]
