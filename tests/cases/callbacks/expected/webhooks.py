"""Requests that Callbacks makes."""

from __future__ import annotations

from typing import Any, Final

from ._runtime.webhooks import Signature, Webhook
from .models.webhooks import CreateFileOnDataRequest, CreateStreamOnEndRequest, Data

ON_DATA: Final[Webhook[Data]] = Webhook(
    "onData",
    Data,
    signature=Signature("X-Signature", encoding="hex"),
)
"""Data came.

Sent to `{$request.body#/url}/data`.
"""

CREATE_STREAM_ON_DATA: Final[Webhook[Any]] = Webhook(
    "onData",
    Any,
)
"""The callback onData.

Sent to `{$request.body#/url}/data`.
"""

ON_END: Final[Webhook[CreateStreamOnEndRequest]] = Webhook(
    "onEnd",
    CreateStreamOnEndRequest,
)
"""The callback onEnd.

Sent to `{$request.body#/url}/end`.
"""

CREATE_FILE_ON_DATA: Final[Webhook[CreateFileOnDataRequest]] = Webhook(
    "onData",
    CreateFileOnDataRequest,
)
"""The callback onData.

Sent to `{$request.query.url}`.
"""
