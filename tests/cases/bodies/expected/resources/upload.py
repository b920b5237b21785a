"""Upload."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .._runtime import (
    UNSET,
    AsyncResource,
    File,
    Operation,
    PartEncoding,
    RequestOptions,
    SyncResource,
    Unset,
)
from ..models.upload import UploadRequestAbout
from ..params.upload import UploadRequestAboutParam

_CREATE: Final[Operation[None]] = Operation(
    id="upload",
    method="POST",
    path="/upload",
    responses={"204": None},
    body="multipart/form-data",
    encoding={
        "about": PartEncoding(content_type="application/json"),
        "file": PartEncoding(content_type="image/png, image/jpeg"),
    },
)


class Upload(SyncResource):
    """Upload."""

    def create(
        self,
        *,
        file: File,
        more: Sequence[File] | Unset = UNSET,
        about: UploadRequestAbout | UploadRequestAboutParam | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /upload."""
        return self._client.call(
            _CREATE,
            body={
                "file": file,
                "more": more,
                "about": about,
            },
            options=options,
        )


class AsyncUpload(AsyncResource):
    """Upload."""

    async def create(
        self,
        *,
        file: File,
        more: Sequence[File] | Unset = UNSET,
        about: UploadRequestAbout | UploadRequestAboutParam | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /upload."""
        return await self._client.call(
            _CREATE,
            body={
                "file": file,
                "more": more,
                "about": about,
            },
            options=options,
        )
