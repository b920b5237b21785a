"""List."""

from __future__ import annotations

from typing import Any, Final

from .._rpc import ENDPOINT, ERRORS
from .._runtime import AsyncResource, RequestOptions, SyncResource
from .._runtime.rpc import RpcMethod
from ..models.list_ import Country, NumberInfos, Timezone

_COUNTRIES: Final[RpcMethod[dict[str, Country]]] = RpcMethod(
    ENDPOINT,
    "list.countries",
    dict[str, Country],
    errors=ERRORS,
)
_NUMBER_INFOS: Final[RpcMethod[NumberInfos]] = RpcMethod(
    ENDPOINT,
    "list.number_infos",
    NumberInfos,
    errors=ERRORS,
)
_TIMEZONES: Final[RpcMethod[dict[str, Timezone]]] = RpcMethod(
    ENDPOINT,
    "list.timezones",
    dict[str, Timezone],
    errors=ERRORS,
)
_DESTINATIONS: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "list.destinations",
    Any,
    errors=ERRORS,
)


class List(SyncResource):
    """List."""

    def countries(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> dict[str, Country]:
        """Return all countries.

        The keys are country codes.

        Source: public: Published SDKs and client code of the service.
        """
        return self._client.rpc(
            _COUNTRIES,
            options=options,
        )

    def number_infos(
        self,
        number: str,
        *,
        options: RequestOptions | None = None,
    ) -> NumberInfos:
        """Tell what can be told from a phone number alone.

        Source: public: Published SDKs and client code of the service.

        Args:
            number: The number.
        """
        return self._client.rpc(
            _NUMBER_INFOS,
            number,
            options=options,
        )

    def timezones(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> dict[str, Timezone]:
        """Return all time zones.

        The keys are identifiers of the zones.

        Source: public: Published SDKs and client code of the service.
        """
        return self._client.rpc(
            _TIMEZONES,
            options=options,
        )

    def destinations(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Return the billing destinations.

        Source: public: Vendor's JSON-RPC method pages. Named only.
        """
        return self._client.rpc(
            _DESTINATIONS,
            options=options,
        )


class AsyncList(AsyncResource):
    """List."""

    async def countries(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> dict[str, Country]:
        """Return all countries.

        The keys are country codes.

        Source: public: Published SDKs and client code of the service.
        """
        return await self._client.rpc(
            _COUNTRIES,
            options=options,
        )

    async def number_infos(
        self,
        number: str,
        *,
        options: RequestOptions | None = None,
    ) -> NumberInfos:
        """Tell what can be told from a phone number alone.

        Source: public: Published SDKs and client code of the service.

        Args:
            number: The number.
        """
        return await self._client.rpc(
            _NUMBER_INFOS,
            number,
            options=options,
        )

    async def timezones(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> dict[str, Timezone]:
        """Return all time zones.

        The keys are identifiers of the zones.

        Source: public: Published SDKs and client code of the service.
        """
        return await self._client.rpc(
            _TIMEZONES,
            options=options,
        )

    async def destinations(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Return the billing destinations.

        Source: public: Vendor's JSON-RPC method pages. Named only.
        """
        return await self._client.rpc(
            _DESTINATIONS,
            options=options,
        )
