"""Several."""

from __future__ import annotations

from typing import Final, Literal

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset

_SEND: Final[Operation[None]] = Operation(
    id="sendSeveral",
    method="POST",
    path="/several",
    responses={"204": None},
    body="application/json",
)
_SEND_XML: Final[Operation[None]] = Operation(
    id="sendSeveral",
    method="POST",
    path="/several",
    responses={"204": None},
    body="application/xml",
)


class Several(SyncResource):
    """Several."""

    def send(
        self,
        *,
        a: str | Unset = UNSET,
        media_type: Literal[
            "application/json", "application/x-www-form-urlencoded"
        ] = "application/json",
        options: RequestOptions | None = None,
    ) -> None:
        """POST /several.

        Args:
            media_type: The media type of the body.
        """
        return self._client.call(
            _SEND,
            media_type=media_type,
            body={
                "a": a,
            },
            options=options,
        )

    def send_xml(
        self,
        *,
        body: str,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /several.

        Args:
            body: The body.
        """
        return self._client.call(
            _SEND_XML,
            body=body,
            options=options,
        )


class AsyncSeveral(AsyncResource):
    """Several."""

    async def send(
        self,
        *,
        a: str | Unset = UNSET,
        media_type: Literal[
            "application/json", "application/x-www-form-urlencoded"
        ] = "application/json",
        options: RequestOptions | None = None,
    ) -> None:
        """POST /several.

        Args:
            media_type: The media type of the body.
        """
        return await self._client.call(
            _SEND,
            media_type=media_type,
            body={
                "a": a,
            },
            options=options,
        )

    async def send_xml(
        self,
        *,
        body: str,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /several.

        Args:
            body: The body.
        """
        return await self._client.call(
            _SEND_XML,
            body=body,
            options=options,
        )
