"""The accounts that a run calls as, and what each sends with an operation."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping

from trunkline import ir
from trunkline.contract.model import AuthUser, GivenCredentials, Secrets
from trunkline.contract.session.logins import Logins, token_user
from trunkline.semantics import credentials
from trunkline.semantics.credentials import CredentialParts


class Actor(enum.StrEnum):
    """Who calls."""

    ME = "me"
    OTHER = "other"


class Accounts:
    """Two accounts of the service, as far as credentials for them were given."""

    def __init__(self, api: ir.Api, given: GivenCredentials, logins: Logins) -> None:
        self._schemes = api.security_schemes
        self._logins = logins
        self.scheme = credentials.primary_scheme(api)
        """The scheme that a token alone is for."""
        self.given = given
        self._fetching: dict[tuple[Actor, str], AuthUser] = {}
        for actor in Actor:
            for name, secret in self._secrets(actor).items():
                scheme = self._schemes[name]
                if isinstance(scheme, ir.OAuthScheme | ir.OpenIdScheme):
                    user = token_user(f"{actor} {name}", scheme, secret)
                    if user is not None:
                        self._fetching[actor, name] = user

    @property
    def has_own(self) -> bool:
        """Whether any credential of the first account was given, as such or as a header."""
        given = self.given
        named = given.headers.keys() - self.standing_headers.keys()
        return given.token is not None or bool(given.secrets or given.users or named)

    @property
    def has_other(self) -> bool:
        """Whether a second account is there to test separation with."""
        return len(self.given.users) > 1 or (
            self.given.other_token is not None and self.scheme is not None
        )

    def user(self, actor: Actor) -> AuthUser | None:
        """The declared user that an account is."""
        index = 0 if actor is Actor.ME else 1
        return self.given.users[index] if len(self.given.users) > index else None

    def token(self, actor: Actor) -> str | None:
        """The credential of one account."""
        return self.given.token if actor is Actor.ME else self.given.other_token

    def _secrets(self, actor: Actor) -> dict[str, str]:
        """The secret of an account for each scheme: its own, or else the token."""
        token = self.token(actor)
        own: Mapping[str, str] = self.given.secrets if actor is Actor.ME else {}
        found = {}
        for name, scheme in self._schemes.items():
            secret = own.get(name, token)
            if secret is not None and credentials.is_secret_known(scheme):
                found[name] = secret
        return found

    def requirement(
        self, operation: ir.Operation, actor: Actor = Actor.ME
    ) -> tuple[ir.SecurityScheme, ...]:
        """The schemes that are used together for an operation; () for none."""
        secrets = self._secrets(actor)
        primary = self.scheme
        if primary is not None and credentials.accepts(operation.security, primary):
            # One that was given for another scheme of the operation is no use for this one.
            others = credentials.satisfied(operation.security, secrets)
            if primary.name in secrets or not others:
                return (primary,)
        found = credentials.satisfied(operation.security, secrets)
        return tuple(self._schemes[name] for name in found or ())

    def credential(self, operation: ir.Operation, actor: Actor) -> CredentialParts:
        """What `actor` sends with `operation`. `LoginError` where it cannot log in."""
        user = self.user(actor)
        if user is not None:
            public = bool(self._schemes) and not operation.security
            return CredentialParts() if public else self._logins.parts(user)
        secrets = self._secrets(actor)
        return credentials.combine(
            self._of(scheme, secrets[scheme.name], actor)
            for scheme in self.requirement(operation, actor)
            if scheme.name in secrets
        )

    def _of(self, scheme: ir.SecurityScheme, secret: str, actor: Actor) -> CredentialParts:
        fetching = self._fetching.get((actor, scheme.name))
        if fetching is not None:
            return self._logins.parts(fetching)
        return credentials.apply_credential(scheme, secret)

    def renew(self, actor: Actor) -> bool:
        """Log in again for the next request; whether there is a login to do."""
        users = [u for (who, _), u in self._fetching.items() if who is actor]
        user = self.user(actor)
        users += [user] if user is not None and user.login is not None else []
        for one in users:
            self._logins.forget(one)
        return bool(users)

    @property
    def standing_headers(self) -> dict[str, str]:
        """Headers of every request that are no credentials."""
        keys = {s.key.lower() for s in self._schemes.values() if isinstance(s, ir.KeyScheme)}
        words = ("authorization", "cookie", "token", "api-key", "apikey", "secret", "session")
        return {
            name: value
            for name, value in self.given.headers.items()
            if name.lower() not in keys and not any(word in name.lower() for word in words)
        }

    def secrets(self) -> Secrets:
        """What no report may show, each with the name that stands for it."""
        return Secrets(dict(self._hidden()), self._handed_out)

    def _handed_out(self) -> Mapping[str, str]:
        return dict.fromkeys(self._logins.secrets, "$TOKEN")

    def _hidden(self) -> Iterator[tuple[str, str]]:
        for name, value in self.given.headers.items():
            if len(value) > 5:
                yield value, f"${name.upper().replace('-', '_')}"
        for secret in self.given.secrets.values():
            yield secret, "$SECRET"
        for user in self.given.users:
            yield from ((value, "$TOKEN") for value in user.headers.values() if len(value) > 3)
            if user.login is not None and user.login.body:
                yield user.login.body.decode("utf-8", "replace"), "$LOGIN"
        for actor, name in ((Actor.ME, "$TOKEN"), (Actor.OTHER, "$OTHER_TOKEN")):
            token = self.token(actor)
            if token is not None:
                yield token, name
