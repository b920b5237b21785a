"""Apps."""

from __future__ import annotations

from typing import Any, Final, Literal

from .._rpc import ENDPOINT, ERRORS
from .._runtime import AsyncResource, RequestOptions, SyncResource
from .._runtime.rpc import RpcMethod
from ..models.apps import AppSearchResults, CustomerCLI
from ..models.shared import (
    ACTIONS10,
    CALLTRACKING10,
    CLICKTOCALL10,
    DID,
    REALTIME10,
    App,
    AppPackageName,
    AppSearchFilters,
    AuthorizedFor,
    SearchOptions,
)
from ..params.shared import (
    ACTIONS10Param,
    AppSearchFiltersParam,
    CALLTRACKING10Param,
    CLICKTOCALL10Param,
    REALTIME10Param,
    SearchOptionsParam,
)

_CREATE: Final[RpcMethod[App]] = RpcMethod(
    ENDPOINT,
    "apps.create",
    App,
    errors=ERRORS,
)
_EDIT: Final[RpcMethod[App]] = RpcMethod(
    ENDPOINT,
    "apps.edit",
    App,
    errors=ERRORS,
)
_DELETE: Final[RpcMethod[Literal[True]]] = RpcMethod(
    ENDPOINT,
    "apps.delete",
    Literal[True],
    errors=ERRORS,
)
_GET: Final[RpcMethod[App]] = RpcMethod(
    ENDPOINT,
    "apps.get",
    App,
    idempotent=True,
    errors=ERRORS,
)
_GET_LIST: Final[RpcMethod[list[App]]] = RpcMethod(
    ENDPOINT,
    "apps.get_list",
    list[App],
    idempotent=True,
    errors=ERRORS,
)
_SEARCH: Final[RpcMethod[AppSearchResults]] = RpcMethod(
    ENDPOINT,
    "apps.search",
    AppSearchResults,
    errors=ERRORS,
)
_ASSIGN_DID: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "apps.assign_did",
    Any,
    errors=ERRORS,
)
_REMOVE_DID: Final[RpcMethod[bool]] = RpcMethod(
    ENDPOINT,
    "apps.remove_did",
    bool,
    errors=ERRORS,
)
_GET_DIDS: Final[RpcMethod[list[DID]]] = RpcMethod(
    ENDPOINT,
    "apps.get_dids",
    list[DID],
    errors=ERRORS,
)
_GET_AUTHORIZED_CLIS: Final[RpcMethod[list[CustomerCLI]]] = RpcMethod(
    ENDPOINT,
    "apps.get_authorized_clis",
    list[CustomerCLI],
    errors=ERRORS,
)


class Apps(SyncResource):
    """Apps."""

    def create(
        self,
        package: AppPackageName
        | Literal["ACTIONS10", "CALLTRACKING10", "CLICKTOCALL10", "REALTIME10"],
        name: str,
        p: CALLTRACKING10
        | CALLTRACKING10Param
        | CLICKTOCALL10
        | CLICKTOCALL10Param
        | REALTIME10
        | REALTIME10Param
        | ACTIONS10
        | ACTIONS10Param,
        *,
        options: RequestOptions | None = None,
    ) -> App:
        """Make a voice app.

        Source: public: Published SDKs and client code of the service.

        Args:
            package: Kind of the app.
            name: Name for the app.
            p: Parameters of the app, as its kind has them.
        """
        return self._client.rpc(
            _CREATE,
            package,
            name,
            p,
            options=options,
        )

    def edit(
        self,
        hash: str,
        name: str | None,
        p: CALLTRACKING10
        | CALLTRACKING10Param
        | CLICKTOCALL10
        | CLICKTOCALL10Param
        | REALTIME10
        | REALTIME10Param
        | ACTIONS10
        | ACTIONS10Param,
        *,
        options: RequestOptions | None = None,
    ) -> App:
        """Change a voice app.

        Source: public: Published SDKs and client code of the service.

        Args:
            hash: Identifier of the app. Matching `^[0-9A-Z]{8,}$`.
            name: New name; null leaves it.
            p: Parameters of the app, as its kind has them.
        """
        return self._client.rpc(
            _EDIT,
            hash,
            name,
            p,
            options=options,
        )

    def delete(
        self,
        hash: str,
        *,
        options: RequestOptions | None = None,
    ) -> Literal[True]:
        """Delete a voice app.

        Source: public: Published SDKs and client code of the service.

        Args:
            hash: Identifier of the app. Matching `^[0-9A-Z]{8,}$`.
        """
        return self._client.rpc(
            _DELETE,
            hash,
            options=options,
        )

    def get(
        self,
        hash: str,
        *,
        options: RequestOptions | None = None,
    ) -> App:
        """Return a voice app.

        Source: public: Published SDKs and client code of the service.

        Args:
            hash: Identifier of the app. Matching `^[0-9A-Z]{8,}$`.
        """
        return self._client.rpc(
            _GET,
            hash,
            options=options,
        )

    def get_list(
        self,
        with_numbers: bool,
        *,
        options: RequestOptions | None = None,
    ) -> list[App]:
        """Return all voice apps.

        Source: public: Published SDKs and client code of the service.

        Args:
            with_numbers: Whether to return the numbers of each app too.
        """
        return self._client.rpc(
            _GET_LIST,
            with_numbers,
            options=options,
        )

    def search(
        self,
        filters: AppSearchFilters | AppSearchFiltersParam,
        options_: SearchOptions | SearchOptionsParam,
        *,
        options: RequestOptions | None = None,
    ) -> AppSearchResults:
        """Find voice apps.

        Source: public: Published SDKs and client code of the service.

        Args:
            filters: Which apps to return.
            options_: Which part of the matches to return.
        """
        return self._client.rpc(
            _SEARCH,
            filters,
            options_,
            options=options,
        )

    def assign_did(
        self,
        app: str,
        did: str,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Assign a phone number to a voice app.

        What it returns is not established; clients ignore it.

        Source: public: Published SDKs and client code of the service.

        Args:
            app: Identifier of the app. Matching `^[0-9A-Z]{8,}$`.
            did: Identifier of the number. Matching `^[0-9A-Z]{8,}$`.
        """
        return self._client.rpc(
            _ASSIGN_DID,
            app,
            did,
            options=options,
        )

    def remove_did(
        self,
        did: str,
        *,
        options: RequestOptions | None = None,
    ) -> bool:
        """Take a phone number away from its voice app.

        Source: public: Published SDKs and client code of the service.

        Args:
            did: Identifier of the number. Matching `^[0-9A-Z]{8,}$`.
        """
        return self._client.rpc(
            _REMOVE_DID,
            did,
            options=options,
        )

    def get_dids(
        self,
        only_available: bool,
        *,
        options: RequestOptions | None = None,
    ) -> list[DID]:
        """Return your phone numbers.

        Source: public: Published SDKs and client code of the service.

        Args:
            only_available: Whether to leave out numbers that are assigned.
        """
        return self._client.rpc(
            _GET_DIDS,
            only_available,
            options=options,
        )

    def get_authorized_clis(
        self,
        type: AuthorizedFor | Literal["CALL", "SMS"],
        *,
        options: RequestOptions | None = None,
    ) -> list[CustomerCLI]:
        """Return the numbers and names you may show.

        Source: public: Published SDKs and client code of the service.

        Args:
            type: For calls or for text messages.
        """
        return self._client.rpc(
            _GET_AUTHORIZED_CLIS,
            type,
            options=options,
        )


class AsyncApps(AsyncResource):
    """Apps."""

    async def create(
        self,
        package: AppPackageName
        | Literal["ACTIONS10", "CALLTRACKING10", "CLICKTOCALL10", "REALTIME10"],
        name: str,
        p: CALLTRACKING10
        | CALLTRACKING10Param
        | CLICKTOCALL10
        | CLICKTOCALL10Param
        | REALTIME10
        | REALTIME10Param
        | ACTIONS10
        | ACTIONS10Param,
        *,
        options: RequestOptions | None = None,
    ) -> App:
        """Make a voice app.

        Source: public: Published SDKs and client code of the service.

        Args:
            package: Kind of the app.
            name: Name for the app.
            p: Parameters of the app, as its kind has them.
        """
        return await self._client.rpc(
            _CREATE,
            package,
            name,
            p,
            options=options,
        )

    async def edit(
        self,
        hash: str,
        name: str | None,
        p: CALLTRACKING10
        | CALLTRACKING10Param
        | CLICKTOCALL10
        | CLICKTOCALL10Param
        | REALTIME10
        | REALTIME10Param
        | ACTIONS10
        | ACTIONS10Param,
        *,
        options: RequestOptions | None = None,
    ) -> App:
        """Change a voice app.

        Source: public: Published SDKs and client code of the service.

        Args:
            hash: Identifier of the app. Matching `^[0-9A-Z]{8,}$`.
            name: New name; null leaves it.
            p: Parameters of the app, as its kind has them.
        """
        return await self._client.rpc(
            _EDIT,
            hash,
            name,
            p,
            options=options,
        )

    async def delete(
        self,
        hash: str,
        *,
        options: RequestOptions | None = None,
    ) -> Literal[True]:
        """Delete a voice app.

        Source: public: Published SDKs and client code of the service.

        Args:
            hash: Identifier of the app. Matching `^[0-9A-Z]{8,}$`.
        """
        return await self._client.rpc(
            _DELETE,
            hash,
            options=options,
        )

    async def get(
        self,
        hash: str,
        *,
        options: RequestOptions | None = None,
    ) -> App:
        """Return a voice app.

        Source: public: Published SDKs and client code of the service.

        Args:
            hash: Identifier of the app. Matching `^[0-9A-Z]{8,}$`.
        """
        return await self._client.rpc(
            _GET,
            hash,
            options=options,
        )

    async def get_list(
        self,
        with_numbers: bool,
        *,
        options: RequestOptions | None = None,
    ) -> list[App]:
        """Return all voice apps.

        Source: public: Published SDKs and client code of the service.

        Args:
            with_numbers: Whether to return the numbers of each app too.
        """
        return await self._client.rpc(
            _GET_LIST,
            with_numbers,
            options=options,
        )

    async def search(
        self,
        filters: AppSearchFilters | AppSearchFiltersParam,
        options_: SearchOptions | SearchOptionsParam,
        *,
        options: RequestOptions | None = None,
    ) -> AppSearchResults:
        """Find voice apps.

        Source: public: Published SDKs and client code of the service.

        Args:
            filters: Which apps to return.
            options_: Which part of the matches to return.
        """
        return await self._client.rpc(
            _SEARCH,
            filters,
            options_,
            options=options,
        )

    async def assign_did(
        self,
        app: str,
        did: str,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Assign a phone number to a voice app.

        What it returns is not established; clients ignore it.

        Source: public: Published SDKs and client code of the service.

        Args:
            app: Identifier of the app. Matching `^[0-9A-Z]{8,}$`.
            did: Identifier of the number. Matching `^[0-9A-Z]{8,}$`.
        """
        return await self._client.rpc(
            _ASSIGN_DID,
            app,
            did,
            options=options,
        )

    async def remove_did(
        self,
        did: str,
        *,
        options: RequestOptions | None = None,
    ) -> bool:
        """Take a phone number away from its voice app.

        Source: public: Published SDKs and client code of the service.

        Args:
            did: Identifier of the number. Matching `^[0-9A-Z]{8,}$`.
        """
        return await self._client.rpc(
            _REMOVE_DID,
            did,
            options=options,
        )

    async def get_dids(
        self,
        only_available: bool,
        *,
        options: RequestOptions | None = None,
    ) -> list[DID]:
        """Return your phone numbers.

        Source: public: Published SDKs and client code of the service.

        Args:
            only_available: Whether to leave out numbers that are assigned.
        """
        return await self._client.rpc(
            _GET_DIDS,
            only_available,
            options=options,
        )

    async def get_authorized_clis(
        self,
        type: AuthorizedFor | Literal["CALL", "SMS"],
        *,
        options: RequestOptions | None = None,
    ) -> list[CustomerCLI]:
        """Return the numbers and names you may show.

        Source: public: Published SDKs and client code of the service.

        Args:
            type: For calls or for text messages.
        """
        return await self._client.rpc(
            _GET_AUTHORIZED_CLIS,
            type,
            options=options,
        )
