"""What the parts of one server share."""

from __future__ import annotations

from dataclasses import dataclass, field

from trunkline.emulator.hooks.hooks import Hooks
from trunkline.emulator.http.messages import Account
from trunkline.emulator.operations.errors import ErrorResponses
from trunkline.emulator.resources.projection import Projection
from trunkline.emulator.resources.relations import Relations
from trunkline.emulator.schemas.sampling import Sampler
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.emulator.storage.clock import Clock
from trunkline.emulator.storage.store import Store
from trunkline.ir import Api


@dataclass(frozen=True, slots=True)
class Services:
    """One API's description, what is worked out from it, and what one server keeps.

    `seed` fixes identifiers and sampled values; `base` is the path before every operation's
    (`/v2`; no trailing slash). `hooks` see every decision; which they are may
    change while it serves.
    """

    api: Api
    accounts: tuple[Account, ...]
    base: str
    seed: int
    clock: Clock
    store: Store
    schemas: Schemas
    sampler: Sampler
    projection: Projection
    resources: Relations
    errors: ErrorResponses
    hooks: list[Hooks] = field(default_factory=list[Hooks])
