"""Values that are not listed are kept; the plain value is taken where a member is."""

import sys

from trunkline_enums import Enums
from trunkline_enums.models import Colour, Level, Named

with Enums(base_url=sys.argv[1]) as client:
    thing = client.things.retrieve(sort="-name", level=10, colours=[Colour.LIGHT_GREEN, "red"])
    print(thing.colour, thing.colour.is_known, thing.level, thing.named is Named.ON)
    print(thing.mixed, thing.inline, repr(thing.quoted), Level(0).is_known)
    print(thing.model_dump(mode="json", by_alias=True, exclude_unset=True))
