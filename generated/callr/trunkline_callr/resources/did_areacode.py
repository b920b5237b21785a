"""Areacode."""

from __future__ import annotations

from typing import Final

from .._rpc import ENDPOINT, ERRORS
from .._runtime import UNSET, AsyncResource, RequestOptions, SyncResource, Unset
from .._runtime.rpc import RpcMethod
from ..models.did import DIDAreaCode, DIDCountry, DIDType

_COUNTRIES: Final[RpcMethod[list[DIDCountry]]] = RpcMethod(
    ENDPOINT,
    "did/areacode.countries",
    list[DIDCountry],
    errors=ERRORS,
)
_GET_LIST: Final[RpcMethod[list[DIDAreaCode]]] = RpcMethod(
    ENDPOINT,
    "did/areacode.get_list",
    list[DIDAreaCode],
    errors=ERRORS,
)
_TYPES: Final[RpcMethod[list[DIDType]]] = RpcMethod(
    ENDPOINT,
    "did/areacode.types",
    list[DIDType],
    errors=ERRORS,
)


class DidAreacodeResource(SyncResource):
    """Areacode."""

    def countries(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> list[DIDCountry]:
        """Return the countries in which numbers are sold.

        Source: public: Published SDKs and client code of the service.
        """
        return self._client.rpc(
            _COUNTRIES,
            options=options,
        )

    def get_list(
        self,
        country_code: str,
        type: str | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> list[DIDAreaCode]:
        """Return the area codes of a country in which numbers are sold.

        Source: public: Published SDKs and client code of the service.

        Args:
            country_code: The country. Matching `^[A-Z]{2}$`.
            type: Only this kind of number.
        """
        return self._client.rpc(
            _GET_LIST,
            country_code,
            type,
            options=options,
        )

    def types(
        self,
        country_code: str,
        *,
        options: RequestOptions | None = None,
    ) -> list[DIDType]:
        """Return the kinds of numbers sold in a country.

        Source: public: Published SDKs and client code of the service.

        Args:
            country_code: The country. Matching `^[A-Z]{2}$`.
        """
        return self._client.rpc(
            _TYPES,
            country_code,
            options=options,
        )


class AsyncDidAreacodeResource(AsyncResource):
    """Areacode."""

    async def countries(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> list[DIDCountry]:
        """Return the countries in which numbers are sold.

        Source: public: Published SDKs and client code of the service.
        """
        return await self._client.rpc(
            _COUNTRIES,
            options=options,
        )

    async def get_list(
        self,
        country_code: str,
        type: str | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> list[DIDAreaCode]:
        """Return the area codes of a country in which numbers are sold.

        Source: public: Published SDKs and client code of the service.

        Args:
            country_code: The country. Matching `^[A-Z]{2}$`.
            type: Only this kind of number.
        """
        return await self._client.rpc(
            _GET_LIST,
            country_code,
            type,
            options=options,
        )

    async def types(
        self,
        country_code: str,
        *,
        options: RequestOptions | None = None,
    ) -> list[DIDType]:
        """Return the kinds of numbers sold in a country.

        Source: public: Published SDKs and client code of the service.

        Args:
            country_code: The country. Matching `^[A-Z]{2}$`.
        """
        return await self._client.rpc(
            _TYPES,
            country_code,
            options=options,
        )
