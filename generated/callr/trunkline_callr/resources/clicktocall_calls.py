"""Calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from .._rpc import ENDPOINT, ERRORS
from .._runtime import UNSET, AsyncResource, RequestOptions, SyncResource, Unset
from .._runtime.rpc import RpcMethod
from ..models.clicktocall import CLICKTOCALLCall
from ..models.shared import CLICKTOCALLStartOptions, Target
from ..params.shared import CLICKTOCALLStartOptionsParam, TargetParam

_CANCEL: Final[RpcMethod[Literal[True]]] = RpcMethod(
    ENDPOINT,
    "clicktocall/calls.cancel",
    Literal[True],
    errors=ERRORS,
)
_GET_LIST: Final[RpcMethod[list[CLICKTOCALLCall]]] = RpcMethod(
    ENDPOINT,
    "clicktocall/calls.get_list",
    list[CLICKTOCALLCall],
    errors=ERRORS,
)
_GET_STATUS: Final[RpcMethod[CLICKTOCALLCall]] = RpcMethod(
    ENDPOINT,
    "clicktocall/calls.get_status",
    CLICKTOCALLCall,
    errors=ERRORS,
)
_START_2: Final[RpcMethod[str]] = RpcMethod(
    ENDPOINT,
    "clicktocall/calls.start_2",
    str,
    errors=ERRORS,
)


class ClicktocallCalls(SyncResource):
    """Calls."""

    def cancel(
        self,
        call: str,
        *,
        options: RequestOptions | None = None,
    ) -> Literal[True]:
        """Cancel a click-to-call request.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            call: Identifier of the request. Matching `^[0-9A-Z]{8,}$`.
        """
        return self._client.rpc(
            _CANCEL,
            call,
            options=options,
        )

    def get_list(
        self,
        app: str,
        from_: str,
        to: str,
        *,
        options: RequestOptions | None = None,
    ) -> list[CLICKTOCALLCall]:
        """Return click-to-call requests.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            app: Identifier of the app. Matching `^[0-9A-Z]{8,}$`.
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
        """
        return self._client.rpc(
            _GET_LIST,
            app,
            from_,
            to,
            options=options,
        )

    def get_status(
        self,
        hash: str,
        *,
        options: RequestOptions | None = None,
    ) -> CLICKTOCALLCall:
        """Tell how far a click-to-call request has come.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            hash: Identifier of the request.
        """
        return self._client.rpc(
            _GET_STATUS,
            hash,
            options=options,
        )

    def start_2(
        self,
        app: str,
        a_targets: Sequence[Target | TargetParam],
        b_targets: Sequence[Target | TargetParam],
        options_: CLICKTOCALLStartOptions | CLICKTOCALLStartOptionsParam | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Call two parties and connect them.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            app: Identifier of the app. Matching `^[0-9A-Z]{8,}$`.
            a_targets: Numbers to try for party A, in order. At least 1 item.
            b_targets: Numbers to try for party B, in order. At least 1 item.
            options_: Details of the request.
        """
        return self._client.rpc(
            _START_2,
            app,
            a_targets,
            b_targets,
            options_,
            options=options,
        )


class AsyncClicktocallCalls(AsyncResource):
    """Calls."""

    async def cancel(
        self,
        call: str,
        *,
        options: RequestOptions | None = None,
    ) -> Literal[True]:
        """Cancel a click-to-call request.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            call: Identifier of the request. Matching `^[0-9A-Z]{8,}$`.
        """
        return await self._client.rpc(
            _CANCEL,
            call,
            options=options,
        )

    async def get_list(
        self,
        app: str,
        from_: str,
        to: str,
        *,
        options: RequestOptions | None = None,
    ) -> list[CLICKTOCALLCall]:
        """Return click-to-call requests.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            app: Identifier of the app. Matching `^[0-9A-Z]{8,}$`.
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
        """
        return await self._client.rpc(
            _GET_LIST,
            app,
            from_,
            to,
            options=options,
        )

    async def get_status(
        self,
        hash: str,
        *,
        options: RequestOptions | None = None,
    ) -> CLICKTOCALLCall:
        """Tell how far a click-to-call request has come.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            hash: Identifier of the request.
        """
        return await self._client.rpc(
            _GET_STATUS,
            hash,
            options=options,
        )

    async def start_2(
        self,
        app: str,
        a_targets: Sequence[Target | TargetParam],
        b_targets: Sequence[Target | TargetParam],
        options_: CLICKTOCALLStartOptions | CLICKTOCALLStartOptionsParam | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Call two parties and connect them.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            app: Identifier of the app. Matching `^[0-9A-Z]{8,}$`.
            a_targets: Numbers to try for party A, in order. At least 1 item.
            b_targets: Numbers to try for party B, in order. At least 1 item.
            options_: Details of the request.
        """
        return await self._client.rpc(
            _START_2,
            app,
            a_targets,
            b_targets,
            options_,
            options=options,
        )
