"""The accounts that a run calls as, and what each sends with an operation."""

from __future__ import annotations

import enum

from trunkline import ir
from trunkline.contract.model import GivenCredentials, Secrets
from trunkline.semantics import credentials
from trunkline.semantics.credentials import CredentialParts


class Actor(enum.StrEnum):
    """Who calls."""

    ME = "me"
    OTHER = "other"


class Accounts:
    """Two accounts of the service, as far as credentials for them were given."""

    def __init__(self, api: ir.Api, given: GivenCredentials) -> None:
        self._schemes = api.security_schemes
        self.scheme = credentials.primary_scheme(api)
        """The scheme that a token is for."""
        self.given = given

    @property
    def has_other(self) -> bool:
        """Whether a second account is there to test separation with."""
        return self.given.other_token is not None and self.scheme is not None

    def token(self, actor: Actor) -> str | None:
        """The credential of one account."""
        return self.given.token if actor is Actor.ME else self.given.other_token

    def credential(self, operation: ir.Operation, actor: Actor) -> CredentialParts:
        """What `actor` sends with `operation`."""
        token, scheme = self.token(actor), self.scheme
        if token is None or scheme is None:
            return CredentialParts()
        if not credentials.accepts(operation.security, scheme):
            return CredentialParts()
        return credentials.apply_credential(scheme, token)

    def secrets(self) -> Secrets:
        """What no report may show, each with the name that stands for it."""
        hidden = {
            value: f"${name.upper().replace('-', '_')}"
            for name, value in self.given.headers.items()
            if len(value) > 5
        }
        for actor, name in ((Actor.ME, "$TOKEN"), (Actor.OTHER, "$OTHER_TOKEN")):
            token = self.token(actor)
            if token is None:
                continue
            hidden[token] = name
            if isinstance(self.scheme, ir.HttpScheme) and self.scheme.scheme == "basic":
                sent = credentials.apply_credential(self.scheme, token)
                hidden[sent.headers["Authorization"].partition(" ")[2]] = name
        return Secrets(hidden)
