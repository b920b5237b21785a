"""Who uploads: a token from the environment, from trusted publishing, or from the keyring.

Trusted publishing is the exchange that package indexes document: the CI system's own OpenID
Connect token, made out to the index's audience, is traded for an upload token of minutes.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import httpx2

from trunkline.diagnostics import Code, Diagnostic, ExitCode, TrunklineError

VARIABLE: Final = "TRUNKLINE_INDEX_TOKEN"
USER_VARIABLE: Final = "TRUNKLINE_INDEX_USERNAME"
API_USER: Final = "__token__"
CI_SYSTEMS: Final = ("GITHUB_ACTIONS", "GITLAB_CI")
"""Set where a job can have an identity token."""
TIMEOUT: Final = 30.0
"""Seconds until the index or the CI system counts as unanswering."""


@dataclass(frozen=True, slots=True)
class Credential:
    """User name and secret, and where they were found."""

    username: str
    password: str = field(repr=False)
    origin: str = ""


def find_credential(
    index: str, exchange: str, environment: Mapping[str, str] = os.environ
) -> Credential:
    """The credential for uploading to `index`.

    `exchange` is scheme and host of the trusted publishing endpoints. Raises `TrunklineError`
    (CREDENTIAL) with everything that was tried.
    """
    username = environment.get(USER_VARIABLE) or API_USER
    if environment.get(VARIABLE):
        return Credential(username, environment[VARIABLE], VARIABLE)
    tried = [f"{VARIABLE} is not set"]
    found = _trusted(exchange, environment, tried) or _keyring(
        index, environment.get(USER_VARIABLE), tried
    )
    if found is not None:
        return found
    raise _refused(f"No credential for {index}: {'; '.join(tried)}")


def _trusted(exchange: str, environment: Mapping[str, str], tried: list[str]) -> Credential | None:
    from id import (
        AmbientCredentialError,
        GitHubOidcPermissionCredentialError,
        detect_credential,
    )

    if not any(environment.get(name) for name in CI_SYSTEMS):
        tried.append("not in a CI system that trusted publishing knows")
        return None
    try:
        with httpx2.Client(timeout=TIMEOUT, follow_redirects=False) as client:
            answer = client.get(f"{exchange}/_/oidc/audience")
            if answer.status_code == 404:
                tried.append(f"{exchange} has no trusted publishing")
                return None
            audience = _member(answer, "audience")
            identity = detect_credential(audience)
            if identity is None:
                tried.append("the CI system issued no identity token")
                return None
            minted = client.post(f"{exchange}/_/oidc/mint-token", json={"token": identity})
            return Credential(API_USER, _member(minted, "token"), "trusted publishing")
    except GitHubOidcPermissionCredentialError:
        tried.append("the job lacks the permission id-token: write")
        return None
    except AmbientCredentialError as error:
        raise _refused(f"The CI system gave no identity token: {_first_line(error)}") from error
    except httpx2.HTTPError as error:
        message = f"{exchange} does not answer about trusted publishing: {_first_line(error)}"
        raise TrunklineError(
            [Diagnostic(Code.UNREACHABLE, message)], ExitCode.UNREACHABLE
        ) from error


def _member(answer: httpx2.Response, name: str) -> str:
    """A text member of a JSON answer; the index's own reasons when it refuses."""
    try:
        body = answer.json()
    except ValueError:
        body = None
    if answer.is_success and isinstance(body, dict) and isinstance(body.get(name), str):
        return str(body[name])
    errors = body.get("errors") if isinstance(body, dict) else None
    reasons = [
        str(one.get("description") or one.get("code"))
        for one in (errors if isinstance(errors, list) else [])
        if isinstance(one, dict)
    ]
    said = "; ".join(reasons) or f"no {name} in the answer"
    raise _refused(f"Trusted publishing was refused ({answer.status_code}): {said}")


def _keyring(index: str, username: str | None, tried: list[str]) -> Credential | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        found = keyring.get_credential(index, username)
    except (KeyringError, RuntimeError) as error:
        tried.append(f"keyring: {_first_line(error)}")
        return None
    if found is None or not found.password:
        tried.append(f"the keyring has nothing for {index}")
        return None
    return Credential(found.username or API_USER, found.password, "the keyring")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _refused(message: str) -> TrunklineError:
    return TrunklineError([Diagnostic(Code.CREDENTIAL, message)], ExitCode.FINDINGS)
