"""Auth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource
from ..models.auth import IssuedToken, SignedInUser
from ..models.shared import Error

_ERRORS: Final[Mapping[str, Any]] = {"401": Error}
_ERRORS_2: Final[Mapping[str, Any]] = {"400": Error, "401": Error}
_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({"Basic": ()},)
_SECURITY_2: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({"Token": ()},)

_SIGN_IN: Final[Operation[SignedInUser]] = Operation(
    id="SignIn",
    method="GET",
    path="/auth",
    responses={"200": SignedInUser},
    errors=_ERRORS,
    payload=("payload",),
    security=_SECURITY,
)
_ISSUE_TOKEN: Final[Operation[IssuedToken]] = Operation(
    id="IssueToken",
    method="POST",
    path="/token",
    responses={"200": IssuedToken},
    errors=_ERRORS_2,
    payload=("payload",),
    body="application/json",
    security=_SECURITY_2,
)


class Auth(SyncResource):
    """Auth."""

    def sign_in(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> SignedInUser:
        """Sign in.

        Exchanges an e-mail address and a password for a token that is valid for 24 hours; send
        it in the X-Auth-Token header of everything else.

        Source: public: Vendor's public description: GET /auth with HTTP Basic answers a JWT that
        is valid for 24 hours.
        """
        return self._client.call(
            _SIGN_IN,
            options=options,
        )

    def issue_token(
        self,
        *,
        name: str,
        ttl: int,
        options: RequestOptions | None = None,
    ) -> IssuedToken:
        """Issue a token.

        Issues a token with a name and a time to live, for programs that should not know the
        password.

        Source: public: Vendor's public description: POST /token issues bearer tokens.

        Args:
            name: What the token is for. At least 1 character. Source: public: Vendor's public
                description: POST /token with name and ttl; inferred: A name of no characters
                names nothing.
            ttl: How long it is valid, in seconds. At least 60. Source: public: Vendor's public
                description: ttl is at least 60; inferred: A time to live is counted in seconds
                by custom; the unit is not stated.
        """
        return self._client.call(
            _ISSUE_TOKEN,
            body={
                "name": name,
                "ttl": ttl,
            },
            options=options,
        )


class AsyncAuth(AsyncResource):
    """Auth."""

    async def sign_in(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> SignedInUser:
        """Sign in.

        Exchanges an e-mail address and a password for a token that is valid for 24 hours; send
        it in the X-Auth-Token header of everything else.

        Source: public: Vendor's public description: GET /auth with HTTP Basic answers a JWT that
        is valid for 24 hours.
        """
        return await self._client.call(
            _SIGN_IN,
            options=options,
        )

    async def issue_token(
        self,
        *,
        name: str,
        ttl: int,
        options: RequestOptions | None = None,
    ) -> IssuedToken:
        """Issue a token.

        Issues a token with a name and a time to live, for programs that should not know the
        password.

        Source: public: Vendor's public description: POST /token issues bearer tokens.

        Args:
            name: What the token is for. At least 1 character. Source: public: Vendor's public
                description: POST /token with name and ttl; inferred: A name of no characters
                names nothing.
            ttl: How long it is valid, in seconds. At least 60. Source: public: Vendor's public
                description: ttl is at least 60; inferred: A time to live is counted in seconds
                by custom; the unit is not stated.
        """
        return await self._client.call(
            _ISSUE_TOKEN,
            body={
                "name": name,
                "ttl": ttl,
            },
            options=options,
        )
