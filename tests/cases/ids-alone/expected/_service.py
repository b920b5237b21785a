"""The service as data."""

from __future__ import annotations

from typing import Final

from ._runtime.service import Service

SERVICE: Final = Service(
    package="trunkline_ids_alone",
    version="0.1.0",
    base_url="http://localhost",
    base_url_env="IDSALONE_BASE_URL",
    schemes={},
)
