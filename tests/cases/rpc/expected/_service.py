"""The service as data."""

from __future__ import annotations

from typing import Final

from ._runtime.service import ApiKey, Service

SERVICE: Final = Service(
    package="trunkline_rpc",
    version="0.1.0",
    base_url="https://rpc.example.com",
    base_url_env="RPC_BASE_URL",
    schemes={
        "key": ApiKey("Authorization", "header", "api_key", env="RPC_API_KEY", prefix="Api-Key "),
    },
)
