"""Members that are named by a pattern, typed, or only counted keep their values both ways."""

import sys
from datetime import date

from trunkline_keywords import Keywords
from trunkline_keywords.models import Days, Limits, Open, Range

with Keywords(base_url=sys.argv[1]) as client:
    account = client.account.retrieve()
    print(account.number, account.password, account.kind, account.version, account.labels)
    assert account.limits is not None
    assert account.days is not None
    assert account.open is not None
    print(repr(account.limits.since), account.limits.model_extra, account.days.model_extra)
    print(account.points, account.open, account.several, account.rate, account.choice)
    made = client.account.replace(
        password="hush",
        version=2,
        labels={"a": "b"},
        limits=Limits.model_validate({"calls": 3, "since": date(2024, 5, 1), "other": 4}),
        days=Days.model_validate({"note": "n", "on_may": "2024-05-01", "n_x": 2}),
        points=["p", (1, 2.5)],
        sealed={"a": "x", "b": 1},
        open=Open(a="x", c=1),
        range=Range(from_=1),
        several=["a", 1],
        rate=0.25,
        choice=[0],
    )
    print(made.number, made.password)
