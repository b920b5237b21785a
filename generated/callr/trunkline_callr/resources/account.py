"""Account."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .._runtime import AsyncResource, SyncResource

if TYPE_CHECKING:
    from .account_sub import AccountSub, AsyncAccountSub


class Account(SyncResource):
    """Account."""

    @cached_property
    def sub(self) -> AccountSub:
        """Sub."""
        from .account_sub import AccountSub

        return AccountSub(self._client)


class AsyncAccount(AsyncResource):
    """Account."""

    @cached_property
    def sub(self) -> AsyncAccountSub:
        """Sub."""
        from .account_sub import AsyncAccountSub

        return AsyncAccountSub(self._client)
