"""Email."""

from __future__ import annotations

from typing import Final, Literal

from .._rpc import ENDPOINT, ERRORS
from .._runtime import AsyncResource, RequestOptions, SyncResource
from .._runtime.rpc import RpcMethod
from ..models.media import MediaEmailTemplate
from ..models.shared import EmailTemplateKind

_GET_TEMPLATES: Final[RpcMethod[dict[str, MediaEmailTemplate]]] = RpcMethod(
    ENDPOINT,
    "media/email.get_templates",
    dict[str, MediaEmailTemplate],
    errors=ERRORS,
)


class MediaEmail(SyncResource):
    """Email."""

    def get_templates(
        self,
        type: EmailTemplateKind | Literal["RECORD", "VMS"],
        *,
        options: RequestOptions | None = None,
    ) -> dict[str, MediaEmailTemplate]:
        """Return the templates of e-mails.

        Source: public: Published SDKs and client code of the service.

        Args:
            type: For voicemail messages or for call recordings.
        """
        return self._client.rpc(
            _GET_TEMPLATES,
            type,
            options=options,
        )


class AsyncMediaEmail(AsyncResource):
    """Email."""

    async def get_templates(
        self,
        type: EmailTemplateKind | Literal["RECORD", "VMS"],
        *,
        options: RequestOptions | None = None,
    ) -> dict[str, MediaEmailTemplate]:
        """Return the templates of e-mails.

        Source: public: Published SDKs and client code of the service.

        Args:
            type: For voicemail messages or for call recordings.
        """
        return await self._client.rpc(
            _GET_TEMPLATES,
            type,
            options=options,
        )
