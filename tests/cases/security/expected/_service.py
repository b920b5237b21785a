"""The service as data."""

from __future__ import annotations

from typing import Final

from ._runtime.service import ApiKey, HttpBasic, HttpBearer, OAuth2, Service

SERVICE: Final = Service(
    package="trunkline_security",
    version="0.1.0",
    base_url="https://a.example.com/v1",
    base_url_env="SECURITY_BASE_URL",
    schemes={
        "basic": HttpBasic(
            ("username", "password"), env=("SECURITY_USERNAME", "SECURITY_PASSWORD")
        ),
        "bearer": HttpBearer("api_key", env="SECURITY_API_KEY"),
        "digest": ApiKey(
            "Authorization", "header", "digest", env="SECURITY_DIGEST", prefix="Digest "
        ),
        "key": ApiKey("X-Key", "header", "key", env="SECURITY_KEY"),
        "app": ApiKey("X-App", "header", "app", env="SECURITY_APP"),
        "query": ApiKey("key", "query", "query", env="SECURITY_QUERY"),
        "jar": ApiKey("session", "cookie", "jar", env="SECURITY_JAR"),
        "oauth": OAuth2(
            "/token",
            ("client_id", "client_secret"),
            env=("SECURITY_CLIENT_ID", "SECURITY_CLIENT_SECRET"),
            scopes=("read",),
            ready="access_token",
            ready_env="SECURITY_ACCESS_TOKEN",
        ),
        "web": HttpBearer("web", env="SECURITY_WEB"),
    },
)
