"""Sub."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from .._rpc import ENDPOINT, ERRORS
from .._runtime import UNSET, AsyncResource, RequestOptions, SyncResource, Unset
from .._runtime.rpc import RpcMethod
from ..models.account import SubAccount, SubAccountQuota, SubAccountSearchResults
from ..models.shared import (
    SearchOptions,
    SubAccountCreateOptions,
    SubAccountCreateProperties,
    SubAccountEditProperties,
    SubAccountSearchFilters,
)
from ..params.shared import (
    SearchOptionsParam,
    SubAccountCreateOptionsParam,
    SubAccountCreatePropertiesParam,
    SubAccountEditPropertiesParam,
    SubAccountSearchFiltersParam,
)

_ARCHIVE: Final[RpcMethod[str]] = RpcMethod(
    ENDPOINT,
    "account/sub.archive",
    str,
    errors=ERRORS,
)
_CREATE: Final[RpcMethod[SubAccount]] = RpcMethod(
    ENDPOINT,
    "account/sub.create",
    SubAccount,
    errors=ERRORS,
)
_DISABLE: Final[RpcMethod[bool]] = RpcMethod(
    ENDPOINT,
    "account/sub.disable",
    bool,
    errors=ERRORS,
)
_EDIT: Final[RpcMethod[SubAccount]] = RpcMethod(
    ENDPOINT,
    "account/sub.edit",
    SubAccount,
    errors=ERRORS,
)
_ENABLE: Final[RpcMethod[bool]] = RpcMethod(
    ENDPOINT,
    "account/sub.enable",
    bool,
    errors=ERRORS,
)
_GET: Final[RpcMethod[SubAccount]] = RpcMethod(
    ENDPOINT,
    "account/sub.get",
    SubAccount,
    errors=ERRORS,
)
_GET_QUOTA: Final[RpcMethod[SubAccountQuota]] = RpcMethod(
    ENDPOINT,
    "account/sub.get_quota",
    SubAccountQuota,
    errors=ERRORS,
)
_SEARCH: Final[RpcMethod[SubAccountSearchResults]] = RpcMethod(
    ENDPOINT,
    "account/sub.search",
    SubAccountSearchResults,
    idempotent=True,
    errors=ERRORS,
)
_TRANSFER_CREDIT: Final[RpcMethod[bool]] = RpcMethod(
    ENDPOINT,
    "account/sub.transfer_credit",
    bool,
    errors=ERRORS,
)
_TRANSFER_DIDS: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "account/sub.transfer_dids",
    Any,
    errors=ERRORS,
)
_UNARCHIVE: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "account/sub.unarchive",
    Any,
    errors=ERRORS,
)


class AccountSub(SyncResource):
    """Sub."""

    def archive(
        self,
        id: str,
        options_: Mapping[str, Any] | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Archive a sub-account, in the background.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            id: Identifier of the sub-account. Matching `^[0-9A-Z]{8,}$`.
            options_: Reserved.
        """
        return self._client.rpc(
            _ARCHIVE,
            id,
            options_,
            options=options,
        )

    def create(
        self,
        properties: SubAccountCreateProperties | SubAccountCreatePropertiesParam,
        options_: SubAccountCreateOptions | SubAccountCreateOptionsParam,
        *,
        options: RequestOptions | None = None,
    ) -> SubAccount:
        """Make a sub-account.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            properties: Who the account is for.
            options_: How it is made.
        """
        return self._client.rpc(
            _CREATE,
            properties,
            options_,
            options=options,
        )

    def disable(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> bool:
        """Switch a sub-account off.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            id: Identifier of the sub-account. Matching `^[0-9A-Z]{8,}$`.
        """
        return self._client.rpc(
            _DISABLE,
            id,
            options=options,
        )

    def edit(
        self,
        id: str,
        properties: SubAccountEditProperties | SubAccountEditPropertiesParam,
        options_: Mapping[str, Any] | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> SubAccount:
        """Change a sub-account.

        The result is not established; the changed account is the likeliest.

        Source: public: Published SDKs and client code of the service.

        Args:
            id: Identifier of the sub-account. Matching `^[0-9A-Z]{8,}$`.
            properties: What to change.
            options_: How to change it.
        """
        return self._client.rpc(
            _EDIT,
            id,
            properties,
            options_,
            options=options,
        )

    def enable(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> bool:
        """Switch a sub-account on again.

        Source: public: Vendor's JSON-RPC method pages. Named only; inferred: Parameter and
        result as in account/sub.disable.

        Args:
            id: Identifier of the sub-account. Matching `^[0-9A-Z]{8,}$`.
        """
        return self._client.rpc(
            _ENABLE,
            id,
            options=options,
        )

    def get(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> SubAccount:
        """Return a sub-account.

        Source: public: Vendor's JSON-RPC method pages. Named only; inferred: Parameter as in
        account/sub.edit, result as in account/sub.create.

        Args:
            id: Identifier of the sub-account. Matching `^[0-9A-Z]{8,}$`.
        """
        return self._client.rpc(
            _GET,
            id,
            options=options,
        )

    def get_quota(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> SubAccountQuota:
        """Tell how many sub-accounts there are and may be.

        Source: public: Vendor's JSON-RPC method pages. Named only; inferred: The objects
        reference has a quota of sub-accounts, and nothing names one of many.
        """
        return self._client.rpc(
            _GET_QUOTA,
            options=options,
        )

    def search(
        self,
        filters: SubAccountSearchFilters | SubAccountSearchFiltersParam,
        options_: SearchOptions | SearchOptionsParam,
        *,
        options: RequestOptions | None = None,
    ) -> SubAccountSearchResults:
        """Find sub-accounts.

        Source: public: Published SDKs and client code of the service.

        Args:
            filters: Which sub-accounts to return.
            options_: Which part of the matches to return.
        """
        return self._client.rpc(
            _SEARCH,
            filters,
            options_,
            options=options,
        )

    def transfer_credit(
        self,
        from_: str,
        to: str,
        amount: str,
        options_: Mapping[str, Any],
        *,
        options: RequestOptions | None = None,
    ) -> bool:
        """Move credit between accounts.

        Source: public: Published SDKs and client code of the service.

        Args:
            from_: Account the credit is taken from. Matching `^[0-9A-Z]{8,}$`.
            to: Account the credit goes to. Matching `^[0-9A-Z]{8,}$`.
            amount: How much to move, in cents. Matching `^-?[0-9]+\\.[0-9]{2}$`.
            options_: How to move it.
        """
        return self._client.rpc(
            _TRANSFER_CREDIT,
            from_,
            to,
            amount,
            options_,
            options=options,
        )

    def transfer_dids(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Move phone numbers between accounts.

        Source: public: Vendor's JSON-RPC method pages. Named only.
        """
        return self._client.rpc(
            _TRANSFER_DIDS,
            options=options,
        )

    def unarchive(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Bring an archived sub-account back.

        Source: public: Vendor's JSON-RPC method pages. Named only; inferred: Parameter as in
        account/sub.archive.

        Args:
            id: Identifier of the sub-account. Matching `^[0-9A-Z]{8,}$`.
        """
        return self._client.rpc(
            _UNARCHIVE,
            id,
            options=options,
        )


class AsyncAccountSub(AsyncResource):
    """Sub."""

    async def archive(
        self,
        id: str,
        options_: Mapping[str, Any] | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Archive a sub-account, in the background.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            id: Identifier of the sub-account. Matching `^[0-9A-Z]{8,}$`.
            options_: Reserved.
        """
        return await self._client.rpc(
            _ARCHIVE,
            id,
            options_,
            options=options,
        )

    async def create(
        self,
        properties: SubAccountCreateProperties | SubAccountCreatePropertiesParam,
        options_: SubAccountCreateOptions | SubAccountCreateOptionsParam,
        *,
        options: RequestOptions | None = None,
    ) -> SubAccount:
        """Make a sub-account.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            properties: Who the account is for.
            options_: How it is made.
        """
        return await self._client.rpc(
            _CREATE,
            properties,
            options_,
            options=options,
        )

    async def disable(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> bool:
        """Switch a sub-account off.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            id: Identifier of the sub-account. Matching `^[0-9A-Z]{8,}$`.
        """
        return await self._client.rpc(
            _DISABLE,
            id,
            options=options,
        )

    async def edit(
        self,
        id: str,
        properties: SubAccountEditProperties | SubAccountEditPropertiesParam,
        options_: Mapping[str, Any] | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> SubAccount:
        """Change a sub-account.

        The result is not established; the changed account is the likeliest.

        Source: public: Published SDKs and client code of the service.

        Args:
            id: Identifier of the sub-account. Matching `^[0-9A-Z]{8,}$`.
            properties: What to change.
            options_: How to change it.
        """
        return await self._client.rpc(
            _EDIT,
            id,
            properties,
            options_,
            options=options,
        )

    async def enable(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> bool:
        """Switch a sub-account on again.

        Source: public: Vendor's JSON-RPC method pages. Named only; inferred: Parameter and
        result as in account/sub.disable.

        Args:
            id: Identifier of the sub-account. Matching `^[0-9A-Z]{8,}$`.
        """
        return await self._client.rpc(
            _ENABLE,
            id,
            options=options,
        )

    async def get(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> SubAccount:
        """Return a sub-account.

        Source: public: Vendor's JSON-RPC method pages. Named only; inferred: Parameter as in
        account/sub.edit, result as in account/sub.create.

        Args:
            id: Identifier of the sub-account. Matching `^[0-9A-Z]{8,}$`.
        """
        return await self._client.rpc(
            _GET,
            id,
            options=options,
        )

    async def get_quota(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> SubAccountQuota:
        """Tell how many sub-accounts there are and may be.

        Source: public: Vendor's JSON-RPC method pages. Named only; inferred: The objects
        reference has a quota of sub-accounts, and nothing names one of many.
        """
        return await self._client.rpc(
            _GET_QUOTA,
            options=options,
        )

    async def search(
        self,
        filters: SubAccountSearchFilters | SubAccountSearchFiltersParam,
        options_: SearchOptions | SearchOptionsParam,
        *,
        options: RequestOptions | None = None,
    ) -> SubAccountSearchResults:
        """Find sub-accounts.

        Source: public: Published SDKs and client code of the service.

        Args:
            filters: Which sub-accounts to return.
            options_: Which part of the matches to return.
        """
        return await self._client.rpc(
            _SEARCH,
            filters,
            options_,
            options=options,
        )

    async def transfer_credit(
        self,
        from_: str,
        to: str,
        amount: str,
        options_: Mapping[str, Any],
        *,
        options: RequestOptions | None = None,
    ) -> bool:
        """Move credit between accounts.

        Source: public: Published SDKs and client code of the service.

        Args:
            from_: Account the credit is taken from. Matching `^[0-9A-Z]{8,}$`.
            to: Account the credit goes to. Matching `^[0-9A-Z]{8,}$`.
            amount: How much to move, in cents. Matching `^-?[0-9]+\\.[0-9]{2}$`.
            options_: How to move it.
        """
        return await self._client.rpc(
            _TRANSFER_CREDIT,
            from_,
            to,
            amount,
            options_,
            options=options,
        )

    async def transfer_dids(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Move phone numbers between accounts.

        Source: public: Vendor's JSON-RPC method pages. Named only.
        """
        return await self._client.rpc(
            _TRANSFER_DIDS,
            options=options,
        )

    async def unarchive(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Bring an archived sub-account back.

        Source: public: Vendor's JSON-RPC method pages. Named only; inferred: Parameter as in
        account/sub.archive.

        Args:
            id: Identifier of the sub-account. Matching `^[0-9A-Z]{8,}$`.
        """
        return await self._client.rpc(
            _UNARCHIVE,
            id,
            options=options,
        )
