"""The service as data."""

from __future__ import annotations

from typing import Final

from ._runtime.service import HttpBearer, Service

SERVICE: Final = Service(
    package="trunkline_addressed_methods",
    version="0.1.0",
    base_url="https://chatter.test/api",
    base_url_env="ADDRESSEDMETHODS_BASE_URL",
    schemes={
        "bearer": HttpBearer("api_key", env="ADDRESSEDMETHODS_API_KEY"),
    },
)
