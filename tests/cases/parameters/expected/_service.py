"""The service as data."""

from __future__ import annotations

from typing import Final

from ._runtime.service import Service

SERVICE: Final = Service(
    package="trunkline_parameters",
    version="0.1.0",
    base_url="https://example.com/v1",
    base_url_env="PARAMETERS_BASE_URL",
    schemes={},
)
