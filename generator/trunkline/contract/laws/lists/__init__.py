"""Lists: everything once, nothing else, and pages that add up."""

from trunkline.contract.laws.lists import entries, pages

__all__ = ["entries", "pages"]
