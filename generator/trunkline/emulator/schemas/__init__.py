"""Questions about schemas: members, validity, values."""

from trunkline.emulator.schemas.validation import Validators

__all__ = ["Validators"]
