"""What 3.2 adds: a whole query string, methods of one's own, items of streams, a default tag."""

import sys

from trunkline_openapi32 import Openapi32
from trunkline_openapi32.models import Book

with Openapi32(base_url=sys.argv[1]) as client:
    for item in client.items.search(whole={"q": "a b", "limit": 2}):
        print(type(item).__name__, item.kind)
    client.items.search()
    client.items.purge(selector={"kind": "pen"})
    with client.events.retrieve() as items:
        for item in items:
            print(type(item).__name__)
    client.events.send(body=[Book(kind="book", pages=1), {"kind": "pen"}])
