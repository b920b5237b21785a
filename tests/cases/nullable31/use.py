"""None is sent as null, what is not given is not sent, and an answer says which it was."""

import sys

from trunkline_nullable31 import Nullable31

with Nullable31(base_url=sys.argv[1]) as client:
    thing = client.things.update(must=None)
    client.things.update(
        must="x",
        listed=None,
        any_of=None,
        one_of=None,
        alias={"a": None},
        several=1,
        members=[None],
    )
    print(thing.must, thing.any_of, thing.one_of and thing.one_of.a, thing.alias)
    print(thing.model_fields_set >= {"must", "alias"}, "listed" in thing.model_fields_set)
    print(thing.enumerated, type(thing.pet).__name__)
