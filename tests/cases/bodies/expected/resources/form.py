"""Form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .._runtime import (
    UNSET,
    AsyncResource,
    Operation,
    PartEncoding,
    RequestOptions,
    Style,
    SyncResource,
    Unset,
)

_SEND: Final[Operation[None]] = Operation(
    id="sendForm",
    method="POST",
    path="/form",
    responses={"204": None},
    body="application/x-www-form-urlencoded",
    body_optional=True,
    encoding={"StatusCallbackEvent": PartEncoding(style=Style("form", explode=True))},
)


class Form(SyncResource):
    """Form."""

    def send(
        self,
        *,
        to: str | Unset = UNSET,
        status_callback_event: Sequence[str] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /form."""
        return self._client.call(
            _SEND,
            body={
                "To": to,
                "StatusCallbackEvent": status_callback_event,
            },
            options=options,
        )


class AsyncForm(AsyncResource):
    """Form."""

    async def send(
        self,
        *,
        to: str | Unset = UNSET,
        status_callback_event: Sequence[str] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /form."""
        return await self._client.call(
            _SEND,
            body={
                "To": to,
                "StatusCallbackEvent": status_callback_event,
            },
            options=options,
        )
