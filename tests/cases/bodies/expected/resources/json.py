"""Json."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset
from ..models.json import SendJsonRequestPart
from ..params.json import SendJsonRequestPartParam

_SEND: Final[Operation[None]] = Operation(
    id="sendJson",
    method="POST",
    path="/json",
    responses={"204": None},
    body="application/json",
)


class Json(SyncResource):
    """Json."""

    def send(
        self,
        *,
        name: str,
        secret: str | Unset = UNSET,
        parts: Sequence[SendJsonRequestPart | SendJsonRequestPartParam] | Unset = UNSET,
        when: datetime | str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /json.

        Args:
            name: Its name. At most 10 characters.
        """
        return self._client.call(
            _SEND,
            body={
                "name": name,
                "secret": secret,
                "parts": parts,
                "when": when,
            },
            options=options,
        )


class AsyncJson(AsyncResource):
    """Json."""

    async def send(
        self,
        *,
        name: str,
        secret: str | Unset = UNSET,
        parts: Sequence[SendJsonRequestPart | SendJsonRequestPartParam] | Unset = UNSET,
        when: datetime | str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /json.

        Args:
            name: Its name. At most 10 characters.
        """
        return await self._client.call(
            _SEND,
            body={
                "name": name,
                "secret": secret,
                "parts": parts,
                "when": when,
            },
            options=options,
        )
