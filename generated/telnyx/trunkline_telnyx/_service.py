"""The service as data."""

from __future__ import annotations

from typing import Final

from ._runtime.service import HttpBearer, Service

SERVICE: Final = Service(
    package="trunkline_telnyx",
    version="0.1.0",
    base_url="https://api.telnyx.com/v2",
    base_url_env="TELNYX_BASE_URL",
    schemes={
        "bearerAuth": HttpBearer("api_key", env="TELNYX_API_KEY"),
    },
)
