"""The context of one check on one target: the parts that it works with."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from trunkline import ir
from trunkline.contract.engine.bodies import BodyBuilder
from trunkline.contract.engine.executor import Executor
from trunkline.contract.engine.lists import ListWalker
from trunkline.contract.engine.objects import Objects
from trunkline.contract.engine.verdicts import Verdicts
from trunkline.contract.model import BoundaryValues, Exchange, Level
from trunkline.contract.session import Session
from trunkline.semantics.schemas import Leaf
from trunkline.semantics.validators import Validators


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What a check works with; a new one for every check and target."""

    session: Session
    rng: random.Random
    verdicts: Verdicts
    values: BoundaryValues
    executor: Executor
    bodies: BodyBuilder
    objects: Objects
    lists: ListWalker

    @classmethod
    def open(cls, session: Session, check: str, rng: random.Random) -> CheckContext:
        """The context of the check called `check`."""
        verdicts = Verdicts(check, session.secrets, session.reproductions.evidence)
        values = BoundaryValues(session.api, session.validators, rng, session.fresh)
        executor = Executor(session, verdicts, values)
        bodies = BodyBuilder(session.api, session.validators, values)
        objects = Objects(session, executor, bodies)
        lists = ListWalker(session, executor, bodies, objects)
        return cls(session, rng, verdicts, values, executor, bodies, objects, lists)

    @property
    def api(self) -> ir.Api:
        """The description."""
        return self.session.api

    @property
    def validators(self) -> Validators:
        """What JSON Schema says about values."""
        return self.session.validators

    @property
    def full(self) -> bool:
        """Whether every value is to be tried, not only a few."""
        return self.session.full

    def expect(
        self,
        holds: bool,
        operation: ir.Operation,
        message: str,
        *exchanges: Exchange,
        about: Leaf | ir.Parameter | None = None,
        subject: str = "",
        origins: Sequence[ir.Origin] = (),
        rule: str | None = None,
        level: Level = Level.VIOLATION,
    ) -> bool:
        """Put one statement to the test: see `Verdicts.expect`."""
        return self.verdicts.expect(
            holds,
            operation,
            message,
            *exchanges,
            about=about,
            subject=subject,
            origins=origins,
            rule=rule,
            level=level,
        )
