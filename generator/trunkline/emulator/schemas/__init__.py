"""Questions about schemas: members, validity, values."""

from trunkline.emulator.schemas.schemas import Schemas

__all__ = ["Schemas"]
