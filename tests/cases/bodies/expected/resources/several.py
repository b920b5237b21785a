"""Several."""

from __future__ import annotations

from typing import Final, Literal

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset

_CREATE: Final[Operation[None]] = Operation(
    id="sendSeveral",
    method="POST",
    path="/several",
    responses={"204": None},
    body="application/json",
)
_CREATE_XML: Final[Operation[None]] = Operation(
    id="sendSeveral",
    method="POST",
    path="/several",
    responses={"204": None},
    body="application/xml",
)


class Several(SyncResource):
    """Several."""

    def create(
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
            _CREATE,
            media_type=media_type,
            body={
                "a": a,
            },
            options=options,
        )

    def create_xml(
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
            _CREATE_XML,
            body=body,
            options=options,
        )


class AsyncSeveral(AsyncResource):
    """Several."""

    async def create(
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
            _CREATE,
            media_type=media_type,
            body={
                "a": a,
            },
            options=options,
        )

    async def create_xml(
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
            _CREATE_XML,
            body=body,
            options=options,
        )
