"""Session."""

from __future__ import annotations

from typing import Any, Final

from .._rpc import ENDPOINT, ERRORS
from .._runtime import AsyncResource, RequestOptions, SyncResource
from .._runtime.rpc import RpcMethod
from ..models.session import AuthenticationSession

_CREATE: Final[RpcMethod[AuthenticationSession]] = RpcMethod(
    ENDPOINT,
    "session.create",
    AuthenticationSession,
    errors=ERRORS,
)
_ALL: Final[RpcMethod[list[AuthenticationSession]]] = RpcMethod(
    ENDPOINT,
    "session.all",
    list[AuthenticationSession],
    idempotent=True,
    errors=ERRORS,
)
_REFRESH: Final[RpcMethod[AuthenticationSession]] = RpcMethod(
    ENDPOINT,
    "session.refresh",
    AuthenticationSession,
    errors=ERRORS,
)
_DELETE: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "session.delete",
    Any,
    errors=ERRORS,
)


class Session(SyncResource):
    """Session."""

    def create(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> AuthenticationSession:
        """Open a session; needs login and password.

        Source: public: Published SDKs and client code of the service.
        """
        return self._client.rpc(
            _CREATE,
            options=options,
        )

    def all(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> list[AuthenticationSession]:
        """Return all open sessions.

        Source: public: Published SDKs and client code of the service.
        """
        return self._client.rpc(
            _ALL,
            options=options,
        )

    def refresh(
        self,
        refresh_token: str,
        *,
        options: RequestOptions | None = None,
    ) -> AuthenticationSession:
        """Prolong a session.

        Source: public: Published SDKs and client code of the service.

        Args:
            refresh_token: The refresh token of the session.
        """
        return self._client.rpc(
            _REFRESH,
            refresh_token,
            options=options,
        )

    def delete(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Close the session the call is made with; it is refused from then on.

        What it returns is not established.

        Source: public: Published SDKs and client code of the service.
        """
        return self._client.rpc(
            _DELETE,
            options=options,
        )


class AsyncSession(AsyncResource):
    """Session."""

    async def create(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> AuthenticationSession:
        """Open a session; needs login and password.

        Source: public: Published SDKs and client code of the service.
        """
        return await self._client.rpc(
            _CREATE,
            options=options,
        )

    async def all(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> list[AuthenticationSession]:
        """Return all open sessions.

        Source: public: Published SDKs and client code of the service.
        """
        return await self._client.rpc(
            _ALL,
            options=options,
        )

    async def refresh(
        self,
        refresh_token: str,
        *,
        options: RequestOptions | None = None,
    ) -> AuthenticationSession:
        """Prolong a session.

        Source: public: Published SDKs and client code of the service.

        Args:
            refresh_token: The refresh token of the session.
        """
        return await self._client.rpc(
            _REFRESH,
            refresh_token,
            options=options,
        )

    async def delete(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Close the session the call is made with; it is refused from then on.

        What it returns is not established.

        Source: public: Published SDKs and client code of the service.
        """
        return await self._client.rpc(
            _DELETE,
            options=options,
        )
