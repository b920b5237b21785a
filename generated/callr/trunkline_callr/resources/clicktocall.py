"""Clicktocall."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .._runtime import AsyncResource, SyncResource

if TYPE_CHECKING:
    from .clicktocall_calls import AsyncClicktocallCalls, ClicktocallCalls


class Clicktocall(SyncResource):
    """Clicktocall."""

    @cached_property
    def calls(self) -> ClicktocallCalls:
        """Calls."""
        from .clicktocall_calls import ClicktocallCalls

        return ClicktocallCalls(self._client)


class AsyncClicktocall(AsyncResource):
    """Clicktocall."""

    @cached_property
    def calls(self) -> AsyncClicktocallCalls:
        """Calls."""
        from .clicktocall_calls import AsyncClicktocallCalls

        return AsyncClicktocallCalls(self._client)
