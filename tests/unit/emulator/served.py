"""A description written in a test, served without a socket."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trunkline.emulator import Emulator
from trunkline.emulator.http.messages import HttpRequest
from trunkline.pipeline import load_api


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes
    media_type: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Served:
    """Calls one emulator; `json` and `data` are bodies, other names are headers."""

    def __init__(self, folder: Path, description: str, **options: Any) -> None:
        file = folder / "api.yaml"
        file.write_text(description, encoding="utf-8")
        self.emulator = Emulator(load_api(file, strict=False).api, **options)

    def __call__(
        self, method: str, path: str, *, json_: Any = None, data: bytes = b"", **headers: str
    ) -> Reply:
        raw, _, query = path.partition("?")
        sent = {"host": "localhost", "authorization": "Bearer trunkline-token-1"}
        if json_ is not None:
            data = json.dumps(json_).encode()
            sent["content-type"] = "application/json"
        sent |= {name.replace("_", "-").lower(): value for name, value in headers.items()}
        pairs = [(name.encode(), value.encode()) for name, value in sent.items()]
        base = self.emulator.base.encode()
        request = HttpRequest(method, base + raw.encode(), query.encode(), pairs, data)
        response = self.emulator.respond(request)
        found = {k.decode(): v.decode("latin-1") for k, v in response.headers}
        media_type = (response.media_type or b"").decode()
        return Reply(response.status, found, response.body, media_type)
