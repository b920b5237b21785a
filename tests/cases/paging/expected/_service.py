"""The service as data."""

from __future__ import annotations

from typing import Final

from ._runtime.service import Service

SERVICE: Final = Service(
    package="trunkline_paging",
    version="0.1.0",
    base_url="https://{region}.example.com/{v}",
    base_url_env="PAGING_BASE_URL",
    variables={"region": "eu", "v": "v1"},
    schemes={},
)
