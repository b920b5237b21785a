"""From violations seen on a live server to edits of the description that would settle them."""

from trunkline.contract.drift.patch import Patch, patch
from trunkline.contract.drift.propose import Proposal, propose

__all__ = ["Patch", "Proposal", "patch", "propose"]
