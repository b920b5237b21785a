"""The service as data."""

from __future__ import annotations

from typing import Final

from ._runtime.service import ApiKey, Service

SERVICE: Final = Service(
    package="trunkline_json_api",
    version="0.1.0",
    base_url="http://localhost/api",
    base_url_env="JSONAPI_BASE_URL",
    schemes={
        "key": ApiKey("Authorization", "header", "api_key", env="JSONAPI_API_KEY"),
    },
)
