"""`trunkline schema`."""

from typing import Annotated

import typer

from trunkline.cli.console import Console
from trunkline.diagnostics import Code, TrunklineError


def schema(
    name: Annotated[
        str | None,
        typer.Argument(help="configuration, package, upstream, behaviour, extensions or openapi."),
    ] = None,
) -> None:
    """Print the JSON Schema of a file that stands beside descriptions, for editors.

    `configuration` is of `trunkline.toml`, `package` of `package.toml`, `upstream` of
    `upstream.toml`, `behaviour` of `emulator.yaml`, `extensions` of the `x-trunkline-` keys of a
    description, `openapi` of a description with them. `trunkline init` writes all of them into
    `specs/.schemas/` and names them in its files.
    """
    from trunkline.schemas import SCHEMAS, schema_text

    if name is None:
        Console().print("\n".join(SCHEMAS))
        return
    if name not in SCHEMAS:
        raise TrunklineError.usage(
            Code.BAD_VALUE, f"There is no schema {name!r}", None, f"Known: {', '.join(SCHEMAS)}."
        )
    Console().print(schema_text(name).rstrip("\n"))
