"""A server that forgets, invents or spoils what it was told."""

from trunkline.emulator.defects.state import creations, deletions, jobs, updates

__all__ = ["creations", "deletions", "jobs", "updates"]
