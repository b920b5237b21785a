"""Options that say which server is called, and with what credentials."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from trunkline.diagnostics import Code, TrunklineError

if TYPE_CHECKING:
    from trunkline.pipeline.testing import Target

AppName: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--app",
        help="Your application, package.module:name, ASGI or WSGI: served from this process. Its "
        "base path is that of --base-url, or of the description's first server.",
    ),
]
Token: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--token",
        help="Credential of the account to test with; @FILE reads it from there.",
        envvar="TRUNKLINE_TOKEN",
    ),
]
OtherToken: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--other-token",
        help="Credential of a second account, for isolation.",
        envvar="TRUNKLINE_OTHER_TOKEN",
    ),
]
Credentials: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--credential",
        help="NAME=SECRET for one security scheme of the description, @FILE for the secret; "
        "client_id:client_secret where tokens are fetched; repeatable.",
    ),
]
AuthFile: TypeAlias = Annotated[
    Path | None,
    typer.Option("--auth", help="Accounts that log in: a Web Fuzzing Commons authentication file."),
]
Headers: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--header", help="'Name: value', sent with every request; repeatable."),
]
WebhookSecret: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--secret",
        help="Secret that events are signed with.",
        envvar="TRUNKLINE_WEBHOOK_SECRET",
    ),
]
WebhookAlgorithm: TypeAlias = Annotated[
    str | None,
    typer.Option("--algorithm", help="Algorithm of signatures, where not the usual one."),
]
WebhookLogin: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--login",
        help="name:password of conversations with your server.",
        envvar="TRUNKLINE_WEBHOOK_LOGIN",
    ),
]
AllowWrites: TypeAlias = Annotated[
    bool, typer.Option("--allow-writes", help="Create and delete away from loopback too.")
]
IncludeUnsafe: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--include-unsafe",
        help="Call operations that act on more than this run's own objects: operation id, tag, "
        "path or 'METHOD path', * matches anything; repeatable.",
    ),
]
Defects: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--defect", help="Switch a defect of the emulator on; repeatable."),
]


def secret(given: str | None) -> str | None:
    """The credential itself: `@FILE` stands for what the file holds."""
    if given is None or not given.startswith("@"):
        return given
    try:
        return Path(given[1:]).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise TrunklineError.usage(
            Code.BAD_VALUE, f"the file of a credential, {given[1:]}, cannot be read"
        ) from None


def target_of(
    *,
    base_url: str | None,
    app: str | None,
    token: str | None,
    other_token: str | None,
    credential: list[str] | None,
    auth: Path | None,
    headers: list[str] | None,
    defect: list[str] | None,
) -> Target:
    """What the options of these names say together."""
    from trunkline.contract.model import read_auth_file
    from trunkline.pipeline.testing import Target

    return Target(
        base_url=base_url,
        app=app,
        token=secret(token),
        other_token=secret(other_token),
        headers=dict(map(_header, headers or [])),
        secrets=dict(map(_named_secret, credential or [])),
        users=read_auth_file(auth) if auth is not None else (),
        defects=tuple(defect or ()),
    )


def _named_secret(text: str) -> tuple[str, str]:
    """`NAME=SECRET` of a security scheme."""
    name, separator, value = text.partition("=")
    if not separator or not name:
        raise TrunklineError.usage(
            Code.BAD_VALUE, "a credential is NAME=SECRET, the name of a security scheme first"
        )
    return name, secret(value) or ""


def _header(text: str) -> tuple[str, str]:
    """`Name: value`."""
    name, separator, value = text.partition(":")
    if not separator or not name.strip():
        raise TrunklineError.usage(
            Code.BAD_VALUE, f"header {text!r} is not 'Name: value'", hint="quote it as one argument"
        )
    return name.strip(), value.strip()
