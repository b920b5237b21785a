"""The page in the browser: static files below the reserved prefix; they hold no data."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from trunkline.emulator.http.messages import HttpRequest, HttpResponse

_MEDIA: Final = {
    "page.html": b"text/html; charset=utf-8",
    "page.css": b"text/css; charset=utf-8",
    "page.js": b"text/javascript; charset=utf-8",
}
_POLICY: Final = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def admin_ui_asset(request: HttpRequest, name: str) -> HttpResponse | None:
    """The file that a browser asks for, `""` being the page itself; None for anything else."""
    if request.method != "GET":
        return None
    if name == "" and b"text/html" in (request.header(b"accept") or b""):
        name = "page.html"
    if name not in _MEDIA:
        return None
    headers = [
        (b"content-security-policy", _POLICY),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-cache"),
        (b"vary", b"accept"),
    ]
    return HttpResponse(200, _read(name), _MEDIA[name], headers)


@cache
def _read(name: str) -> bytes:
    package = Path(__file__).resolve().parents[2]
    installed = package / "_data" / "templates" / "emulator"
    folder = installed if installed.is_dir() else package.parents[1] / "templates" / "emulator"
    return (folder / name).read_bytes()
