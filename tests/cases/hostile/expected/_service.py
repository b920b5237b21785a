"""The service as data."""

from __future__ import annotations

from typing import Final

from ._runtime.service import ApiKey, Service

SERVICE: Final = Service(
    package="trunkline_hostile",
    version="0.1.0",
    base_url="https://example.com/'\"{x}",
    base_url_env="HOSTILE_BASE_URL",
    variables={"x": "'\"\\"},
    schemes={
        "key": ApiKey("X-K'\"\\", "header", "api_key", env="HOSTILE_API_KEY"),
    },
)
