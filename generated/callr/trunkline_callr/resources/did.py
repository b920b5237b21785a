"""Did."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from .._rpc import ENDPOINT, ERRORS
from .._runtime import AsyncResource, RequestOptions, SyncResource
from .._runtime.rpc import RpcMethod
from ..models.did import DIDSearchResults
from ..models.shared import DIDSearchFilters, SearchOptions
from ..params.shared import DIDSearchFiltersParam, SearchOptionsParam

if TYPE_CHECKING:
    from .did_areacode import AsyncDidAreacodeResource, DidAreacodeResource
    from .did_store import AsyncDidStore, DidStore


_SEARCH: Final[RpcMethod[DIDSearchResults]] = RpcMethod(
    ENDPOINT,
    "did.search",
    DIDSearchResults,
    errors=ERRORS,
)


class DidResource(SyncResource):
    """Did."""

    @cached_property
    def areacode(self) -> DidAreacodeResource:
        """Areacode."""
        from .did_areacode import DidAreacodeResource

        return DidAreacodeResource(self._client)

    @cached_property
    def store(self) -> DidStore:
        """Store."""
        from .did_store import DidStore

        return DidStore(self._client)

    def search(
        self,
        filters: DIDSearchFilters | DIDSearchFiltersParam,
        options_: SearchOptions | SearchOptionsParam,
        *,
        options: RequestOptions | None = None,
    ) -> DIDSearchResults:
        """Find phone numbers of yours.

        Source: public: Published SDKs and client code of the service.

        Args:
            filters: Which numbers to return.
            options_: Which part of the matches to return.
        """
        return self._client.rpc(
            _SEARCH,
            filters,
            options_,
            options=options,
        )


class AsyncDidResource(AsyncResource):
    """Did."""

    @cached_property
    def areacode(self) -> AsyncDidAreacodeResource:
        """Areacode."""
        from .did_areacode import AsyncDidAreacodeResource

        return AsyncDidAreacodeResource(self._client)

    @cached_property
    def store(self) -> AsyncDidStore:
        """Store."""
        from .did_store import AsyncDidStore

        return AsyncDidStore(self._client)

    async def search(
        self,
        filters: DIDSearchFilters | DIDSearchFiltersParam,
        options_: SearchOptions | SearchOptionsParam,
        *,
        options: RequestOptions | None = None,
    ) -> DIDSearchResults:
        """Find phone numbers of yours.

        Source: public: Published SDKs and client code of the service.

        Args:
            filters: Which numbers to return.
            options_: Which part of the matches to return.
        """
        return await self._client.rpc(
            _SEARCH,
            filters,
            options_,
            options=options,
        )
