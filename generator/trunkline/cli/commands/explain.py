"""`trunkline explain CODE`."""

from typing import Annotated

import typer

from trunkline.cli.console import Console
from trunkline.diagnostics import CATALOGUE, Code, TrunklineError


def explain(
    code: Annotated[str, typer.Argument(help="The code in square brackets behind a message.")],
) -> None:
    """Say what a diagnostic means, why it matters and what to do.

    Example: trunkline explain S004
    """
    import difflib

    wanted = code.upper()
    if wanted not in {str(known) for known in Code}:
        near = difflib.get_close_matches(wanted, list(Code), n=1)
        raise TrunklineError.usage(
            Code.BAD_VALUE,
            f"there is no diagnostic {code!r}",
            hint=f"did you mean {near[0]}?" if near else "codes look like S004",
        )
    rule = CATALOGUE[Code(wanted)]
    console = Console()
    console.print(f"{console.style(wanted, 'bold')} {rule.title} ({rule.severity})")
    console.print(f"\n{rule.why}\n\nWhat to do: {rule.remedy}")
