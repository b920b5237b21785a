"""The service as data."""

from __future__ import annotations

from typing import Final

from ._runtime.service import HttpBearer, Service

SERVICE: Final = Service(
    package="trunkline_sparse",
    version="0.1.0",
    base_url="http://localhost",
    base_url_env="SPARSE_BASE_URL",
    schemes={
        "token": HttpBearer("api_key", env="SPARSE_API_KEY"),
    },
)
