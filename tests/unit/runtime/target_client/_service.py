from __future__ import annotations

from ._runtime.service import HttpBearer, Service

SERVICE = Service(
    package="target_client",
    version="0.1.0",
    base_url="https://api.telnyx.com/v2",
    base_url_env="TELNYX_BASE_URL",
    schemes={"bearerAuth": HttpBearer("api_key", env="TELNYX_API_KEY")},
)
