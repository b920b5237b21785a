"""Commands built and told what came of them: types, null, names that Python keeps, strangers."""

import base64
import json
from datetime import UTC, datetime

from trunkline_commands import ParameterError
from trunkline_commands.models import Place, TakeWithHow
from trunkline_commands.next_step import (
    DIALOGUE,
    LookOutcome,
    TakeOutcome,
    encode,
    go,
    import_,
    look,
    outcome,
    parse,
    take,
)

for command in (
    look(),
    go({"x": 1, "y": 2.5}),
    go(Place(x=0, y=0), speed=3, from_=None, number=7),
    take(["é", "cup"], how="at once"),
    take(["cup"], how=TakeWithHow.GENTLY),
    import_("me", until=datetime(2024, 5, 1, tzinfo=UTC)),
):
    print(type(command).__name__, encode(command).decode())
try:
    take("cup", how="at once")
except ParameterError as error:
    print(error)


def told(**members: object) -> None:
    """Print what a request says of the command before it."""
    came = outcome(parse(json.dumps(members)))
    match came:
        case None:
            print("nothing yet")
        case LookOutcome(result=things):
            print("seen", [(thing.name, thing.at) for thing in things or ()])
        case TakeOutcome(ok=False, error=why):
            print("failed:", why)
        case _:
            print(came)


told(done="")
told(done="look", number=1, outcome=[{"name": "cup", "at": {"x": 1, "y": 2}}, {"name": "pen"}])
told(done="take", number=2, outcome=None, failure="too hot")
told(done="take", number=3, outcome=True, failure=None)
told(done="go", outcome={"any": "thing"})
told(done="dance", outcome=[1], new="member")

header = "Basic " + base64.b64encode(b"robot:hush").decode()
body = b'{"done": ""}'
print(DIALOGUE.parse(body, {"Authorization": header}, login=("robot", "hush")).done == "")
try:
    DIALOGUE.parse(body, {"Authorization": header}, login=("robot", "hush!"))
except Exception as refusal:
    print(type(refusal).__name__)
