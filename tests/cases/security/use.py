"""Every scheme where it belongs, and the alternative chosen by what is given."""

import sys

from trunkline_security import Security

URL = sys.argv[1]
with Security(base_url=URL, username="me", password="p:w") as client:
    client.a.retrieve()
    client.c.retrieve()
with Security(base_url=URL, client_id="id", client_secret="hush") as client:
    client.a.retrieve()
with Security(base_url=URL, key="k", app="a") as client:
    client.a.retrieve()
with Security(base_url=URL) as client:
    client.a.retrieve()
with Security(base_url=URL, api_key="t") as client:
    client.b.retrieve()
with Security(base_url=URL, web="w") as client:
    client.d.retrieve()
with Security(base_url=URL, query="q", jar="a;b") as client:
    client.d.retrieve()
with Security(base_url=URL, jar="a;b") as client:
    client.d.retrieve()
