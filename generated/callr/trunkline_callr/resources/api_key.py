"""Api key."""

from __future__ import annotations

from typing import Final, Literal

from .._rpc import ENDPOINT, ERRORS
from .._runtime import AsyncResource, RequestOptions, SyncResource
from .._runtime.rpc import RpcMethod
from ..models.api_key import AuthenticationApiKey, AuthenticationApiKeyCreated

_CREATE: Final[RpcMethod[AuthenticationApiKeyCreated]] = RpcMethod(
    ENDPOINT,
    "api-key.create",
    AuthenticationApiKeyCreated,
    errors=ERRORS,
)
_ALL: Final[RpcMethod[list[AuthenticationApiKey]]] = RpcMethod(
    ENDPOINT,
    "api-key.all",
    list[AuthenticationApiKey],
    idempotent=True,
    errors=ERRORS,
)
_DELETE: Final[RpcMethod[Literal[True]]] = RpcMethod(
    ENDPOINT,
    "api-key.delete",
    Literal[True],
    errors=ERRORS,
)


class ApiKey(SyncResource):
    """Api key."""

    def create(
        self,
        name: str,
        *,
        options: RequestOptions | None = None,
    ) -> AuthenticationApiKeyCreated:
        """Make an API key. Its secret is in this answer and in no other.

        Source: public: Published SDKs and client code of the service.

        Args:
            name: Name for the key.
        """
        return self._client.rpc(
            _CREATE,
            name,
            options=options,
        )

    def all(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> list[AuthenticationApiKey]:
        """Return all API keys, without their secrets.

        Source: public: Published SDKs and client code of the service.
        """
        return self._client.rpc(
            _ALL,
            options=options,
        )

    def delete(
        self,
        id: int,
        *,
        options: RequestOptions | None = None,
    ) -> Literal[True]:
        """Revoke an API key.

        Source: public: Published SDKs and client code of the service.

        Args:
            id: Identifier of the key.
        """
        return self._client.rpc(
            _DELETE,
            id,
            options=options,
        )


class AsyncApiKey(AsyncResource):
    """Api key."""

    async def create(
        self,
        name: str,
        *,
        options: RequestOptions | None = None,
    ) -> AuthenticationApiKeyCreated:
        """Make an API key. Its secret is in this answer and in no other.

        Source: public: Published SDKs and client code of the service.

        Args:
            name: Name for the key.
        """
        return await self._client.rpc(
            _CREATE,
            name,
            options=options,
        )

    async def all(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> list[AuthenticationApiKey]:
        """Return all API keys, without their secrets.

        Source: public: Published SDKs and client code of the service.
        """
        return await self._client.rpc(
            _ALL,
            options=options,
        )

    async def delete(
        self,
        id: int,
        *,
        options: RequestOptions | None = None,
    ) -> Literal[True]:
        """Revoke an API key.

        Source: public: Published SDKs and client code of the service.

        Args:
            id: Identifier of the key.
        """
        return await self._client.rpc(
            _DELETE,
            id,
            options=options,
        )
