"""The service as data."""

from __future__ import annotations

from typing import Final

from ._runtime.service import ApiKey, HttpBasic, HttpBearer, OAuth2, Service

SERVICE: Final = Service(
    package="trunkline_schemes",
    version="0.1.0",
    base_url="https://a.example.com/v1",
    base_url_env="SCHEMES_BASE_URL",
    schemes={
        "basic": HttpBasic(("username", "password"), env=("SCHEMES_USERNAME", "SCHEMES_PASSWORD")),
        "bearer": HttpBearer("api_key", env="SCHEMES_API_KEY"),
        "digest": ApiKey(
            "Authorization", "header", "digest", env="SCHEMES_DIGEST", prefix="Digest "
        ),
        "X-Tenant": ApiKey("X-Tenant", "header", "x_tenant", env="SCHEMES_X_TENANT"),
        "query": ApiKey("api key", "query", "query", env="SCHEMES_QUERY"),
        "cookie": ApiKey("SID", "cookie", "cookie", env="SCHEMES_COOKIE"),
        "identity": HttpBearer("identity", env="SCHEMES_IDENTITY"),
        "oauth": OAuth2(
            "/oauth/token",
            ("client_id", "client_secret"),
            env=("SCHEMES_CLIENT_ID", "SCHEMES_CLIENT_SECRET"),
            scopes=("read", "write"),
            ready="access_token",
            ready_env="SCHEMES_ACCESS_TOKEN",
        ),
    },
)
