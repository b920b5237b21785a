"""Alternatives, combinations, overrides: what a call carries, and what it is not sent without."""

import sys
from collections.abc import Callable

from trunkline_schemes import MissingCredentialsError, Schemes

URL = sys.argv[1]


def refused(call: Callable[[], object]) -> None:
    """Call without the credentials needed: nothing is sent."""
    try:
        call()
    except MissingCredentialsError as error:
        print(error)


with Schemes(base_url=URL, api_key="t") as client:
    client.inherited.retrieve()
    client.public.retrieve()
    client.optional.retrieve()
    client.either.retrieve()
    client.certificate.retrieve()
    client.certified.retrieve()
    refused(client.both.retrieve)
    refused(client.mixed.retrieve)
with Schemes(base_url=URL, cookie="a;b c") as client:
    client.optional.retrieve()
    refused(client.inherited.retrieve)
    refused(client.certified.retrieve)
with Schemes(base_url=URL, username="mé", password="p:w", x_tenant="t1") as client:
    client.both.retrieve()
    client.either.retrieve()
with Schemes(base_url=URL, query="k&y", api_key="t") as client:
    client.either.retrieve()
    client.mixed.retrieve()
with Schemes(base_url=URL, identity="i") as client:
    client.identity.retrieve()
with Schemes(base_url=URL, digest='username="me", response="0"') as client:
    client.digest.retrieve()
with Schemes(base_url=URL, client_id="i d", client_secret="s", x_tenant="t1") as client:
    client.files.retrieve()
    client.files.update()
    client.files.update()
    client.mixed.retrieve()
with Schemes(base_url=URL, access_token="mine") as client:
    client.files.retrieve()
with Schemes(base_url=URL, headers={"Authorization": "Bearer mine"}) as client:
    client.files.retrieve()
