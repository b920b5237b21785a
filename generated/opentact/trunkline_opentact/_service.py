"""The service as data."""

from __future__ import annotations

from typing import Final

from ._runtime.service import ApiKey, HttpBasic, Service

SERVICE: Final = Service(
    package="trunkline_opentact",
    version="0.1.0",
    base_url="https://api.opentact.org/rest",
    base_url_env="OPENTACT_BASE_URL",
    schemes={
        "Token": ApiKey("X-Auth-Token", "header", "api_key", env="OPENTACT_TOKEN"),
        "Basic": HttpBasic(
            ("username", "password"), env=("OPENTACT_USERNAME", "OPENTACT_PASSWORD")
        ),
    },
)
