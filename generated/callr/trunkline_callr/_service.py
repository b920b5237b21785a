"""The service as data."""

from __future__ import annotations

from typing import Final

from ._runtime.service import ApiKey, HttpBasic, Service

SERVICE: Final = Service(
    package="trunkline_callr",
    version="0.1.0",
    base_url="https://api.callr.com",
    base_url_env="CALLR_BASE_URL",
    schemes={
        "Basic": HttpBasic(("username", "password"), env=("CALLR_USERNAME", "CALLR_PASSWORD")),
        "ApiKey": ApiKey(
            "Authorization", "header", "api_key", env="CALLR_API_KEY", prefix="Api-Key "
        ),
        "Session": ApiKey(
            "Authorization", "header", "session", env="CALLR_SESSION", prefix="Session "
        ),
        "LoginAs": ApiKey("CALLR-Login-As", "header", "login_as", env="CALLR_LOGIN_AS"),
    },
)
