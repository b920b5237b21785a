"""Jobs."""

from __future__ import annotations

from typing import Any, Final

from .._rpc import ENDPOINT, ERRORS
from .._runtime import AsyncResource, RequestOptions, SyncResource
from .._runtime.rpc import RpcMethod
from ..models.shared import Job

_GET: Final[RpcMethod[Job]] = RpcMethod(
    ENDPOINT,
    "jobs.get",
    Job,
    idempotent=True,
    errors=ERRORS,
)
_CANCEL: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "jobs.cancel",
    Any,
    errors=ERRORS,
)


class Jobs(SyncResource):
    """Jobs."""

    def get(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> Job:
        """Tell how far background work has come.

        Source: public: Published SDKs and client code of the service.

        Args:
            id: Identifier of the job. Matching `^[0-9A-Za-z_-]+$`.
        """
        return self._client.rpc(
            _GET,
            id,
            options=options,
        )

    def cancel(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Cancel background work.

        Source: public: Vendor's JSON-RPC method pages. Named only; inferred: Parameter as in
        jobs.get.

        Args:
            id: Identifier of the job. Matching `^[0-9A-Za-z_-]+$`.
        """
        return self._client.rpc(
            _CANCEL,
            id,
            options=options,
        )


class AsyncJobs(AsyncResource):
    """Jobs."""

    async def get(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> Job:
        """Tell how far background work has come.

        Source: public: Published SDKs and client code of the service.

        Args:
            id: Identifier of the job. Matching `^[0-9A-Za-z_-]+$`.
        """
        return await self._client.rpc(
            _GET,
            id,
            options=options,
        )

    async def cancel(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Cancel background work.

        Source: public: Vendor's JSON-RPC method pages. Named only; inferred: Parameter as in
        jobs.get.

        Args:
            id: Identifier of the job. Matching `^[0-9A-Za-z_-]+$`.
        """
        return await self._client.rpc(
            _CANCEL,
            id,
            options=options,
        )
