"""`trunkline explain ID`."""

from typing import Annotated

import typer

from trunkline.cli.console import Console
from trunkline.cli.topics import find, topics
from trunkline.diagnostics import Code, TrunklineError


def explain(
    code: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="The code behind a message; a rule, a defect, or a kind of change; an operation, "
            "a JSON-RPC method or an erratum of a description in specs/.",
        ),
    ],
) -> None:
    """Say what a diagnostic, rule, defect or kind of change means, why it matters, what to do; and
    how an operation is called.

    Examples: trunkline explain S004 · trunkline explain read-after-create ·
    trunkline explain createOutboundVoiceProfile
    """
    import difflib

    topic = find(code)
    if topic is None and _described(code):
        return
    if topic is None:
        known = {topic.id.lower(): topic.id for topic in topics()}
        near = difflib.get_close_matches(code.lower(), known, n=1)
        raise TrunklineError.usage(
            Code.BAD_VALUE,
            f"there is nothing called {code!r} to explain",
            hint=f"did you mean {known[near[0]]}?" if near else "ids look like S004",
        )
    console = Console()
    notes = ", ".join((topic.kind, *topic.verdicts))
    console.print(f"{console.style(topic.id, 'bold')} {topic.title} ({notes})")
    console.print(f"\n{topic.why}")
    if topic.tried:
        console.print(f"\nHow it is tried: {topic.tried}")
    console.print(f"\nWhat to do: {topic.remedy}")


def _described(name: str) -> bool:
    """Print what descriptions in `specs/` have under this name, if any."""
    if not name.strip():
        return False
    from trunkline.pages.explained import explained
    from trunkline.untrusted import one_line

    lines = explained(name)
    console = Console()
    for line in lines:
        console.print(one_line(line) if line.strip() else "")
    return bool(lines)
