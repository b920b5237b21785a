"""What a run is told: where the server is, who calls it, how hard it may be pushed."""

from __future__ import annotations

import enum
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from trunkline import ir
from trunkline.contract.model.auth_file import AuthUser
from trunkline.contract.model.selection import Selection
from trunkline.diagnostics import Code, TrunklineError
from trunkline.names import NamePlan


class Profile(enum.StrEnum):
    """How much is generated. Both hold every check."""

    SMOKE = "smoke"
    """Every check with few values, and a short Schemathesis run: seconds."""
    FULL = "full"
    """Every check with every value, and Schemathesis' own default number of examples."""


@dataclass(frozen=True, slots=True)
class GivenCredentials:
    """Two accounts of the service whose data are separate; `None`: not given.

    A token is what the description's security scheme carries: a bearer token, an API key, or
    `user:password` for HTTP Basic.
    """

    token: str | None = None
    other_token: str | None = None
    secrets: Mapping[str, str] = field(default_factory=dict[str, str])
    """Secrets of the first account by security scheme, where they are not all the token."""
    users: tuple[AuthUser, ...] = ()
    """Accounts that log in: the first one, and the second."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    """Sent with every request."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What a run may cost at most; None: without limit."""

    requests: int | None = None
    seconds: float | None = None
    rate: float | None = None
    """Requests per second."""
    timeout: float = 10.0
    """Seconds until one request counts as unanswered."""
    usual: bool = False
    """Whether nobody asked for the limit: that it was reached is told, and no failure."""

    @classmethod
    def of_profile(
        cls,
        profile: Profile,
        *,
        requests: int | None = None,
        seconds: float | None = None,
        rate: float | None = None,
    ) -> Budget:
        """What was asked for; else, in the smoke profile, a minute."""
        if profile is Profile.SMOKE and requests is None and seconds is None:
            return cls(seconds=60.0, rate=rate, usual=True)
        return cls(requests, seconds, rate)


@dataclass(frozen=True, slots=True)
class Shard:
    """This run does part `index` (from 1) of `count`; the parts together do everything once."""

    index: int = 1
    count: int = 1

    @classmethod
    def parse(cls, text: str) -> Shard:
        """`2/3` → part two of three; a usage error for anything else."""
        index, separator, count = text.partition("/")
        if separator and index.isdigit() and count.isdigit() and 1 <= int(index) <= int(count):
            return cls(int(index), int(count))
        raise TrunklineError.usage(
            Code.BAD_VALUE, f"shard {text!r} is not i/n with 1 ≤ i ≤ n", hint="for example 1/3"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunConfig:
    """One run of the suite against one server."""

    api: ir.Api
    name: str
    """What the API is called in reports: the folder in specs/, or its title."""
    description: Mapping[str, object]
    """The description as a plain mapping, references inside the file only: for Schemathesis."""
    base_url: str
    credentials: GivenCredentials = field(default_factory=GivenCredentials)
    seed: int = 0
    profile: Profile = Profile.SMOKE
    budget: Budget = field(default_factory=Budget)
    allow_writes: bool = False
    """Whether anything but reading is allowed on a server that is not on the loopback."""
    include_unsafe: tuple[str, ...] = ()
    """Operations that may act on what this run did not make: patterns of operation ids, tags,
    paths or `METHOD path`; `*` is every one."""
    settle: float = 1.0
    """Seconds that a list is given to show what was created or deleted."""
    selection: Selection = field(default_factory=Selection)
    """The operations that the run is about."""
    only: tuple[str, ...] = ()
    """Ids of the rules to hold to; empty: all."""
    phases: bool = True
    """Whether Schemathesis' phases run beside the checks."""
    shard: Shard = field(default_factory=Shard)
    cleanup_log: Path | None = None
    """Where created objects are noted until they are deleted; None: nowhere."""
    examples: str | None = None
    """Where Hypothesis keeps failing examples: a Redis address or a folder; None: nowhere."""
    har: Path | None = None
    """File that everything sent and received is written to."""
    plan: NamePlan | None = None
    """Names of the generated client, for reproductions as its calls; None: curl alone."""

    @property
    def writes(self) -> bool:
        """Whether this run may create, change and delete."""
        return self.allow_writes or is_loopback(self.base_url)

    def validate(self) -> None:
        """Raise a usage error for an address that is none, or a scheme that nobody described."""
        self.selection.validate(self.api)
        for name in self.credentials.secrets:
            if name not in self.api.security_schemes:
                raise TrunklineError.usage(
                    Code.BAD_VALUE,
                    f"there is no security scheme {name!r}",
                    hint=f"known: {', '.join(self.api.security_schemes) or 'none'}",
                )
        parts = urlsplit(self.base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise TrunklineError.usage(
                Code.BAD_VALUE,
                f"base URL {self.base_url!r} is not an http or https address",
                hint="for example http://127.0.0.1:8000/v2",
            )
        if parts.username or parts.password or parts.query or parts.fragment:
            raise TrunklineError.usage(
                Code.BAD_VALUE,
                "the base URL must hold no credentials, query or fragment",
                hint="pass credentials with --token",
            )


def is_loopback(url: str) -> bool:
    """Whether `url` names this machine's loopback by address or as `localhost`."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
