"""What methods are called, by the words that SDKs have for the same operations."""

import pytest
import yaml

from trunkline.diagnostics import Diagnostics
from trunkline.names import default_package, plan
from trunkline.names.operations import CLIENT_RESERVED
from trunkline.pipeline.load import load_api
from trunkline.runtime.async_client import AsyncClient
from trunkline.runtime.client import SyncClient

LIST = {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}}}}


def named(tmp_path, operations):
    """Operation (`post /x`) → the method's way from the client."""
    paths = {}
    for place, identifier in operations.items():
        method, _, path = place.partition(" ")
        schema = LIST if identifier.startswith("list") else {"type": "object"}
        response = {"description": "ok", "content": {"application/json": {"schema": schema}}}
        names = [part.strip("{}") for part in path.split("/") if part.startswith("{")]
        parameters = [
            {"name": n, "in": "path", "required": True, "schema": {"type": "string"}} for n in names
        ]
        paths.setdefault(path, {})[method] = {
            "operationId": identifier,
            "parameters": parameters,
            "responses": {"200": response},
        }
    file = tmp_path / "openapi.yaml"
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths}
    file.write_text(yaml.safe_dump(document))
    api = load_api(file).api
    names = plan(api, default_package("t"), Diagnostics())
    return {
        f"{o.method} {o.path}": ".".join((*o.resource, names.methods[o.id].name))
        for o in api.operations
    }


@pytest.mark.parametrize(
    ("operations", "expected"),
    [
        # The last segment of an address that is posted to is what is done.
        (
            {
                "get /invoices/{id}": "getInvoice",
                "post /invoices/{id}/void": "post_invoices_id_void",
            },
            {"post /invoices/{id}/void": "invoices.void"},
        ),
        (
            {"get /batches/{id}": "getBatch", "post /batches/{id}/cancel": "cancelBatch"},
            {"post /batches/{id}/cancel": "batches.cancel"},
        ),
        # Calls in the way of RPC: nothing is created by removing.
        (
            {"post /link/token/create": "linkTokenCreate", "post /link/token/get": "linkTokenGet"},
            {
                "post /link/token/create": "link.token.create",
                "post /link/token/get": "link.token.get",
            },
        ),
        (
            {"post /item/get": "itemGet", "post /item/remove": "itemRemove"},
            {"post /item/get": "item.get", "post /item/remove": "item.remove"},
        ),
        # PUT is what people call an update, unless there is one beside it or the id says otherwise.
        (
            {"get /users/{id}": "getUser", "put /users/{id}": "updateUser"},
            {"put /users/{id}": "users.update"},
        ),
        (
            {"patch /users/{id}": "updateUser", "put /users/{id}": "replaceUser"},
            {"patch /users/{id}": "users.update", "put /users/{id}": "users.replace"},
        ),
        (
            {"get /users/{id}": "getUser", "put /users/{id}": "replaceUser"},
            {"put /users/{id}": "users.replace"},
        ),
        ({"put /members/{id}": "add_member"}, {"put /members/{id}": "members.add"}),
        # The verb of the id, where it says more than "create", "retrieve" and "delete".
        ({"post /documents": "uploadDocument"}, {"post /documents": "documents.upload"}),
        ({"post /documents": "createDocument"}, {"post /documents": "documents.create"}),
        ({"delete /keys/{id}": "revokeKey"}, {"delete /keys/{id}": "keys.revoke"}),
        ({"get /reports/{id}": "downloadReport"}, {"get /reports/{id}": "reports.download"}),
        # The first word can be what it is about.
        ({"get /checks/{id}": "check_retrieve"}, {"get /checks/{id}": "checks.retrieve"}),
        # Ids that were made of the address say less than it.
        (
            {"get /files/{id}": "get_files_id", "post /files/{id}/copy": "post_files_id_copy"},
            {"get /files/{id}": "files.retrieve", "post /files/{id}/copy": "files.copy"},
        ),
        (
            {
                "get /v1/charges/{charge}": "GetChargesCharge",
                "post /v1/charges/{charge}/capture": "PostChargesChargeCapture",
            },
            {"post /v1/charges/{charge}/capture": "charges.capture"},
        ),
        # Of several words the last decides whether something is made or done.
        (
            {"get /users/{user-id}": "getUser", "post /users/{user-id}/sendMail": "user.sendMail"},
            {"post /users/{user-id}/sendMail": "users.send_mail"},
        ),
        (
            {"get /users/{id}": "getUser", "post /users/{id}/apiKeys": "createApiKey"},
            {"post /users/{id}/apiKeys": "users.apiKeys.create"},
        ),
        # Methods in addresses; a file has a dot in its name as well.
        (
            {
                "post /rooms.create": "rooms_create",
                "get /rooms.info": "rooms_info",
                "get /rooms.list": "list_rooms",
                "post /chat.postMessage": "chat_postMessage",
                "get /exports.csv": "exportsCsv",
            },
            {
                "post /rooms.create": "rooms.create",
                "get /rooms.info": "rooms.info",
                "get /rooms.list": "rooms.list",
                "post /chat.postMessage": "chat.post_message",
                "get /exports.csv": "exports.csv.retrieve",
            },
        ),
    ],
)
def test_the_words(tmp_path, operations, expected):
    found = named(tmp_path, operations)
    assert {place: found[place] for place in expected} == expected


@pytest.mark.parametrize("client", [SyncClient, AsyncClient])
def test_no_resource_hides_what_every_client_has(client):
    assert {name for name in dir(client) if not name.startswith("_")} <= CLIENT_RESERVED


def test_other_resources_keep_their_names(tmp_path):
    assert named(tmp_path, {"get /pages": "listPages", "get /headers": "listHeaders"}) == {
        "get /pages": "pages.list",
        "get /headers": "headers.list",
    }


def test_another_kind_of_body_is_another_method(tmp_path):
    patch = {"application/json-patch+json": {"schema": {"type": "array", "items": {}}}}
    merged = {"application/merge-patch+json": {"schema": {"type": "object"}}}
    one = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    operation = {
        "operationId": "changeNote",
        "parameters": [one],
        "requestBody": {"required": True, "content": {**merged, **patch}},
        "responses": {"204": {"description": "done"}},
    }
    file = tmp_path / "openapi.yaml"
    paths = {"/notes/{id}": {"patch": operation}}
    info = {"title": "t", "version": "1"}
    document = {"openapi": "3.1.0", "info": info, "paths": paths}
    file.write_text(yaml.safe_dump(document, sort_keys=False))
    names = plan(load_api(file).api, default_package("t"), Diagnostics())
    further = [method.name for _, method in names.further["changeNote"]]
    assert (names.methods["changeNote"].name, further) == ("update", ["update_json_patch"])
