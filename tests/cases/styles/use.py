"""Parameters in every style; the values are those of the specification's own table."""

import sys
from datetime import UTC, datetime

from trunkline_styles import Styles
from trunkline_styles.models import Filter, FilterName, Rgb

COLOURS = ["blue", "black"]
RGB = Rgb(r=100, g=200)

with Styles(base_url=sys.argv[1]) as client:
    client.path.retrieve(
        "blue", COLOURS, RGB, "blue", COLOURS, COLOURS, RGB, "blue", COLOURS, COLOURS, RGB, RGB
    )
    client.query.retrieve(
        shared=1,
        form=True,
        forms=COLOURS,
        formx=COLOURS,
        formo=RGB,
        formp={"R": 100, "G": 200},
        space=COLOURS,
        pipe=COLOURS,
        deep=Filter(name=FilterName(contains="a b"), tags=["x", "y"]),
        json=Filter(tags=["x"]),
        reserved="a/b?c&d",
        when=datetime(2024, 5, 1, 12, tzinfo=UTC),
    )
    client.headers.retrieve(
        x_one="one", x_many=COLOURS, x_object=RGB, x_pairs=RGB, one="a b", many=COLOURS
    )
