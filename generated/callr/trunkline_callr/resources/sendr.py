"""Sendr."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .._runtime import AsyncResource, SyncResource

if TYPE_CHECKING:
    from .sendr_simple import AsyncSendrSimple, SendrSimple


class Sendr(SyncResource):
    """Sendr."""

    @cached_property
    def simple(self) -> SendrSimple:
        """Simple."""
        from .sendr_simple import SendrSimple

        return SendrSimple(self._client)


class AsyncSendr(AsyncResource):
    """Sendr."""

    @cached_property
    def simple(self) -> AsyncSendrSimple:
        """Simple."""
        from .sendr_simple import AsyncSendrSimple

        return AsyncSendrSimple(self._client)
