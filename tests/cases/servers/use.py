"""Addresses with variables: the client's arguments fill them, a base URL replaces them."""

import sys

import httpx2

from trunkline_servers import Servers

asked: list[str] = []


def answer(request: httpx2.Request) -> httpx2.Response:
    asked.append(str(request.url))
    return httpx2.Response(204)


with Servers(transport=httpx2.MockTransport(answer)) as client:
    client.a.retrieve()
    client.b.retrieve()
with Servers(region="us", base="v2", transport=httpx2.MockTransport(answer)) as client:
    client.a.retrieve()
print(*asked, sep="\n")
with Servers(base_url=sys.argv[1] + "/mine") as client:
    client.a.retrieve()
    client.b.retrieve()
