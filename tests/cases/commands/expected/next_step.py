"""Commands that answer `next step` requests of Commands.

`parse` reads a request, `outcome` says what came of the command before, the functions named like
commands build the next one, and `encode` prints it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Literal

from ._runtime import UNSET, Unset
from ._runtime.commands import Dialogue, Outcome, build, given
from .models.webhooks import Go, Import, Look, Place, State, Take, TakeWithHow, Thing
from .params.webhooks import PlaceParam
from .webhooks import NEXT_STEP


class GoOutcome(Outcome[Any]):
    """What came of `go`."""

    TYPE = Any


class ImportOutcome(Outcome[Any]):
    """What came of `import`."""

    TYPE = Any


class LookOutcome(Outcome[list[Thing]]):
    """What came of `look`.

    `result`: What is seen.
    """

    TYPE = list[Thing]


class TakeOutcome(Outcome[bool]):
    """What came of `take`."""

    TYPE = bool


DIALOGUE: Final[Dialogue[State]] = Dialogue(
    NEXT_STEP,
    {
        "go": GoOutcome,
        "import": ImportOutcome,
        "look": LookOutcome,
        "take": TakeOutcome,
    },
    command="done",
    result="outcome",
    id="number",
    error="failure",
)
parse = DIALOGUE.parse
outcome = DIALOGUE.outcome
encode = DIALOGUE.encode


def go(
    to: Place | PlaceParam,
    *,
    speed: float | Unset = UNSET,
    from_: Place | PlaceParam | None | Unset = UNSET,
    number: int | Unset = UNSET,
) -> Go:
    """Go somewhere.

    Args:
        speed: Metres a second. Default: `1`.
    """
    return build(
        Go,
        {
            "do": "go",
            "number": number,
            "with": given(
                {
                    "to": to,
                    "speed": speed,
                    "from": from_,
                }
            ),
        },
    )


def import_(
    self_: str,
    *,
    until: datetime | str | Unset = UNSET,
) -> Import:
    """A name that Python keeps for itself, arguments beside it."""
    return build(
        Import,
        {
            "do": "import",
            "self": self_,
            "until": until,
        },
    )


def look() -> Look:
    """Look around, which needs nothing."""
    return build(
        Look,
        {
            "do": "look",
        },
    )


def take(
    names: Sequence[str],
    *,
    how: TakeWithHow | Literal["gently", "at once"] | Unset = UNSET,
) -> Take:
    """The command `take`.

    Args:
        names: At least 1 item.
    """
    return build(
        Take,
        {
            "do": "take",
            "with": given(
                {
                    "names": names,
                    "how": how,
                }
            ),
        },
    )
