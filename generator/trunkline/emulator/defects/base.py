"""What a defect is: one seam bent in one way, with the rule it breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from trunkline.emulator.seams import Seam
from trunkline.ir import Action, Api

if TYPE_CHECKING:
    from trunkline.emulator.application import Emulator


class Defect(Seam):
    """A single mistake. `sentence` says what the server does wrong, `rule` what it breaks."""

    id: ClassVar[str]
    area: ClassVar[str]
    sentence: ClassVar[str]
    rule: ClassVar[str]
    needs: ClassVar[frozenset[Action]] = frozenset()
    """Actions that at least one resource must have."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator

    @classmethod
    def applies(cls, api: Api) -> bool:
        """Whether the defect can show on a server of this API."""
        if not cls.needs:
            return bool(api.operations)
        return any(cls.needs <= set(resource.operations) for resource in api.resources)
