"""Null by OpenAPI 3.0's word: sent where it is given, told apart from what is left out."""

import sys

from trunkline_nullable import Nullable
from trunkline_nullable.models import Inner

with Nullable(base_url=sys.argv[1]) as client:
    thing = client.things.update("1")
    print(thing.note, thing.kind, thing.inner, thing.when, thing.map, thing.model_dump_json())
    thing = client.things.update("1", note=None, inner=None, tags=None)
    print(thing.note, repr(thing.kind), repr(thing.inner), thing.when, thing.map)
    print(thing.model_dump_json(by_alias=True, exclude_unset=True))
    client.things.update("1", name="n", inner=Inner(), tags=["a", None])
