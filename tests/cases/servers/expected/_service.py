"""The service as data."""

from __future__ import annotations

from typing import Final

from ._runtime.service import Service

SERVICE: Final = Service(
    package="trunkline_servers",
    version="0.1.0",
    base_url="https://{region}.example.com:{port}/{base}",
    base_url_env="SERVERS_BASE_URL",
    variables={"region": "eu", "port": "8443", "base": "v1"},
    schemes={},
)
