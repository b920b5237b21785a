"""The steps of `test_official_clients.py`, taken by PyPI telnyx 2.1.6 in its own environment.

Arguments: origin, token. Prints what it saw as one JSON object.
"""

import json
import sys
from typing import Any

import telnyx

telnyx.api_base, telnyx.api_key = sys.argv[1:3]
telnyx.max_network_retries = 0
telnyx.enable_telemetry = False
Profile: Any = telnyx.OutboundVoiceProfile
Connection: Any = telnyx.CredentialConnection


def failure(call: Any) -> Any:
    """The class of what a call raised, its status, and where the API saw the fault."""
    try:
        call()
    except telnyx.error.TelnyxError as error:
        source = (error.errors or [{}])[0].get("source")
        return [type(error).__name__, error.http_status, source]
    return None


def plain(value: Any) -> Any:
    """An object of the client as JSON."""
    return json.loads(json.dumps(value))


seen: dict[str, Any] = {}

made = Profile.create(name="office", tags=["a"], concurrent_call_limit=10)
seen["class"] = type(made).__name__
seen["created"] = plain(made)
seen["retrieved"] = plain(Profile.retrieve(made.id))
changed = Profile.modify(made.id, name="office 2", concurrent_call_limit=None)
seen["updated"] = plain(changed)
changed.name = "office 3"
seen["saved"] = plain(changed.save())
changed.enabled = False
seen["saved_without_name"] = failure(changed.save)
for index in range(45):
    Profile.create(name=f"profile {index:02}")
page = Profile.list(page={"size": 20}, sort="name")
seen["meta"] = plain(page.meta)
seen["paged"] = [p.name for p in Profile.list(page={"size": 7}, sort="-name").auto_paging_iter()]
seen["filtered"] = [
    p.name for p in Profile.list(filter={"name": {"contains": "file 1"}}, sort="name")
]
seen["invalid"] = failure(lambda: Profile.create(name=""))
seen["too_large_a_page"] = failure(lambda: Profile.list(page={"size": 251}))
seen["deleted"] = plain(changed.delete())
seen["gone"] = failure(lambda: Profile.retrieve(made.id))
seen["stranger"] = failure(lambda: Profile.list(api_key="wrong"))

linked = Connection.create(
    user_name="hellothere",
    password="my123secure456password789",
    connection_name="My name",
    outbound={"outbound_voice_profile_id": "1293384261075731499"},
)
Connection.create(user_name="another1", password="my123secure456password", connection_name="Other")
seen["connection_class"] = type(linked).__name__
seen["connection"] = plain(linked)
seen["connection_retrieved"] = plain(Connection.retrieve(linked.id))
linked.active = False
seen["connection_updated"] = plain(linked.save())
seen["connections"] = [c.connection_name for c in Connection.list(sort="connection_name")]
seen["connections_filtered"] = [
    c.connection_name
    for c in Connection.list(filter={"outbound.outbound_voice_profile_id": "1293384261075731499"})
]
seen["connection_deleted"] = plain(linked.delete())
seen["connection_gone"] = failure(lambda: Connection.retrieve(linked.id))

print(json.dumps(seen))
