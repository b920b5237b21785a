"""Dialr."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .._runtime import AsyncResource, SyncResource

if TYPE_CHECKING:
    from .dialr_call import AsyncDialrCall, DialrCall


class Dialr(SyncResource):
    """Dialr."""

    @cached_property
    def call(self) -> DialrCall:
        """Call."""
        from .dialr_call import DialrCall

        return DialrCall(self._client)


class AsyncDialr(AsyncResource):
    """Dialr."""

    @cached_property
    def call(self) -> AsyncDialrCall:
        """Call."""
        from .dialr_call import AsyncDialrCall

        return AsyncDialrCall(self._client)
