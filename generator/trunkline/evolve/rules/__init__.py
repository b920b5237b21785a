"""The rule table: every kind of change there is, with its verdicts and what to do about it."""

from trunkline.evolve.change import Rule
from trunkline.evolve.rules import (
    arguments,
    bodies,
    info,
    models,
    operations,
    parameters,
    responses,
    rpc,
    security,
    servers,
    webhooks,
)
from trunkline.evolve.schemas import SCHEMA_RULES

RULES: tuple[Rule, ...] = (
    *info.RULES,
    *operations.RULES,
    *parameters.RULES,
    *bodies.RULES,
    *arguments.RULES,
    *responses.RULES,
    *security.RULES,
    *servers.RULES,
    *webhooks.RULES,
    *rpc.RULES,
    *models.RULES,
    *SCHEMA_RULES.values(),
)
"""In the order of the reference; ids are unique and never reused."""

BY_ID: dict[str, Rule] = {rule.id: rule for rule in RULES}
