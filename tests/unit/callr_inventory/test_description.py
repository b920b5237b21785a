"""The description against what the documents and the wire say: formats, methods, events."""

import base64
import hashlib
import hmac
import json
import shutil
from pathlib import Path

import jsonschema_rs
import pytest
import schemathesis
import yaml

from trunkline.audit import Kind, audit
from trunkline.pipeline import load_api
from trunkline.rules import validate

SPEC = Path(__file__).resolve().parents[3] / "specs" / "callr"

FORMATS: dict[str, tuple[list[object], list[object]]] = {
    "address_city": (["Paris", "L'Haÿ-les-Roses"], ["", "a\nb"]),
    "address_state": (["Bayern"], ["", "a\nb"]),
    "address_street": (["12 rue X"], ["", "a\r"]),
    "address_zip": (["75002", "SW1A 1AA"], ["", "a\nb"]),
    "amount": (["1000.00", "-0.05"], ["1000", "1000.0", "1000.0000", "1,00", "x1.00"]),
    "amount_4": (["1000.0000"], ["1000.00", "1.00000"]),
    "callid": ([0, 2**64 - 1], [-1, 2**64, 1.5, "1"]),
    "cdr_customer_field": (["", "campaign42", "a" * 32], ["a" * 33, "a-b", "é"]),
    "cli_phone_number": (["BLOCKED", "+447890123456"], ["blocked", "0612345678", "+", "BLOCKED2"]),
    "country_code": (["US", "FR"], ["us", "USA", "U", "U1"]),
    "datetime": (
        ["2012-04-24 23:42:00"],
        ["2012-04-24T23:42:00", "2012-13-24 23:42:00", "2012-04-32 23:42:00", "2012-04-24"],
    ),
    "datetime_ms": (["2012-04-24 23:42:00.123"], ["2012-04-24 23:42:00", "2012-04-24 24:42:00.1"]),
    "datetime_ms_iso": (
        ["2012-04-24T23:42:00.123Z", "2012-04-24T23:42:00.123+00:00"],
        ["2012-04-24T23:42:00Z", "2012-04-24T23:42:00.123+02:00", "2012-04-24 23:42:00.123Z"],
    ),
    "dial_timeout": ([5, 300], [4, 301, "30"]),
    "email": (["ann@example.com"], ["ann", "a@b@c", "a b@c", "@c"]),
    "field_name": (["Ann"], ["", "a\nb"]),
    "hash": (["UNIQUEID", "8242D945"], ["", "8242d945", "a b"]),
    "hid": (["JOB_1-a"], ["", "a b"]),
    "http_basic_auth": (["login:pass:word", ":"], ["login", "a:b\n"]),
    "locale": (["en_US", "fr_FR"], ["en", "en-US", "EN_us", ""]),
    "phone_number": (
        ["+16467890800", "+33678912345"],
        ["16467890800", "+0123", "+1 646", "+1" * 9],
    ),
    "ring_timeout": ([5, 120], [4, 121]),
    "sip_subscriber_username": (["reception.1"], ["", "a b", "a@b"]),
    "subaccount_password_value": (["correct horse"], ["", "a\nb"]),
    "timezone_str": (
        ["Europe/Paris", "UTC", "America/Argentina/Buenos_Aires"],
        ["", "Europe/", "a b"],
    ),
    "url": (["https://example.com/a?b", "http://x"], ["ftp://x", "example.com", "https://a b"]),
    "vms_file_name": (
        ["{CALLID}-{MEDIA_HASH}", "{DATETIME}-{CALLID}", "message"],
        ["", "{callid}", "a/b", "{CALLID"],
    ),
}


def walk(node: object):
    match node:
        case dict():
            yield node
            for member in node.values():
                yield from walk(member)
        case list():
            for member in node:
                yield from walk(member)


def schema_of(description: dict, name: str) -> jsonschema_rs.Draft202012Validator:
    # The description is the root, so that its references resolve.
    return jsonschema_rs.Draft202012Validator(
        {**description, "$ref": f"#/components/schemas/{name}"}
    )


def test_each_named_format_has_one_pattern_or_bounds(description: dict) -> None:
    found: dict[str, set[str]] = {}
    for node in walk(description):
        name = node.get("format")
        if isinstance(name, str) and "type" in node and name in FORMATS:
            rest = {k: node[k] for k in ("pattern", "minimum", "maximum", "maxLength") if k in node}
            found.setdefault(name, set()).add(repr(rest))
    assert set(found) == set(FORMATS)
    assert {name for name, forms in found.items() if len(forms) > 1} == {"locale"}
    assert "{}" not in {form for forms in found.values() for form in forms}


@pytest.mark.parametrize("name", FORMATS)
def test_format(description: dict, name: str) -> None:
    node = next(
        n
        for n in walk(description["components"]["schemas"])
        if n.get("format") == name
        and isinstance(n.get("type"), str)
        and n.get("pattern") != LENIENT
    )
    validator = jsonschema_rs.Draft202012Validator(node)
    good, bad = FORMATS[name]
    assert [value for value in good if not validator.is_valid(value)] == []
    assert [value for value in bad if validator.is_valid(value)] == []


LENIENT = "^([a-z]{2,3}_[A-Z]{2})?$"


def test_every_documented_object_and_property_is_there(
    description: dict, inventory_data: dict
) -> None:
    schemas = description["components"]["schemas"]
    names = [f["value"] for f in inventory_data["facts"] if f["kind"] == "schema"]
    documented = [
        (name, member)
        for name in names
        for member, schema in schemas[name].get("properties", {}).items()
        if "callr-objects:" in str(schema["x-trunkline-source"])
    ]
    assert len(names) == 131
    assert len(documented) == 610


def test_every_part_has_words_of_its_own(description: dict) -> None:
    for name, schema in description["components"]["schemas"].items():
        assert schema.get("description"), name
        for member, part in schema.get("properties", {}).items():
            assert "description" in part or "$ref" in part, (name, member)


def test_it_lowers_without_a_finding() -> None:
    loaded = load_api("callr", validate=True)
    assert list(loaded.diagnostics) == []
    assert loaded.api.rpc is not None
    assert len(loaded.api.rpc.methods) == 108


def test_audit_finds_nothing_missing() -> None:
    assert [str(d) for d in audit(SPEC).diagnostics] == []


def methods(description: dict) -> dict:
    return description["paths"]["/json-rpc/v1.1/"]["post"]["x-trunkline-rpc"]["methods"]


def test_methods_by_evidence(description: dict) -> None:
    by: dict[str, int] = {}
    typed = 0
    for method in methods(description).values():
        by[method["evidence"]] = by.get(method["evidence"], 0) + 1
        if method["evidence"] == "listed":
            # Known by name: what it takes is inferred, and says so, or not known.
            said = method["x-trunkline-source"]
            inferred = [s for s in said if "inferred" in s] if isinstance(said, list) else []
            assert ("params" in method) == bool(inferred)
            typed += "params" in method
        else:
            assert "params" in method
    assert typed == 9
    assert by == {"documented": 24, "client": 68, "listed": 16}


def test_request_bodies_are_the_methods(description: dict) -> None:
    """The union of requests is the table of methods, spelled in OpenAPI."""
    content = description["paths"]["/json-rpc/v1.1/"]["post"]["requestBody"]["content"]
    *typed, untyped = content["application/json-rpc"]["schema"]["oneOf"]
    requests = {r["properties"]["method"]["const"]: r["properties"]["params"] for r in typed}
    known = {name: m for name, m in methods(description).items() if m["evidence"] != "listed"}
    assert list(requests) == list(known)
    for name, params in requests.items():
        declared = known[name]["params"]
        assert params.get("prefixItems", []) == [p["schema"] for p in declared], name
        assert params["maxItems"] == len(declared), name
        assert params["minItems"] == sum(p["required"] for p in declared), name
    listed = [n for n, m in methods(description).items() if m["evidence"] == "listed"]
    assert untyped["properties"]["method"]["enum"] == listed


def call(method: str, *params: object) -> dict:
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(params)}


@pytest.mark.parametrize(
    ("request_", "valid"),
    [
        (call("sms.send", "", "+33678912345", "Hello", None), True),
        (call("sms.send", "ACME", "+33678912345", "Hello"), True),
        (call("sms.send", "ACME", "+33678912345"), False),
        (call("sms.send", "ACME", "+33678912345", "Hello", {"nature": "SPAM"}), False),
        (call("sms.send", "ACME", "+33678912345", "Hello", None, None), False),
        (call("sms.get_quote", "anything", {"at": "all"}), True),
        (call("no.such_method"), False),
        (call("system.get_timestamp"), True),
        ({"jsonrpc": "2.0", "method": "system.get_timestamp", "params": []}, False),
        ({**call("system.get_timestamp"), "params": {}}, False),
        ([call("system.get_timestamp")], False),
        (call("calls.broadcast_1", {"number": "+16467890800"}, [7, "TTS|V|hi"], None), True),
        (call("calls.broadcast_1", {"number": "+16467890800", "timeout": 4}, [7]), False),
        (call("calls.broadcast_1", {"number": "+16467890800"}, ["hi"]), False),
    ],
)
def test_requests(description: dict, request_: object, *, valid: bool) -> None:
    place = "/paths/~1json-rpc~1v1.1~1/post/requestBody/content/application~1json-rpc/schema"
    validator = jsonschema_rs.Draft202012Validator({**description, "$ref": f"#{place}"})
    assert validator.is_valid(request_) is valid


@pytest.mark.parametrize(
    ("answer", "valid"),
    [
        ({"jsonrpc": "2.0", "id": 1, "result": None}, True),
        ({"jsonrpc": "2.0", "id": 1, "error": {"code": 151, "message": "x"}}, True),
        ({"jsonrpc": "2.0", "id": 1, "result": None, "error": {"code": 1, "message": "x"}}, False),
        ({"jsonrpc": "2.0", "id": 1}, False),
        ({"jsonrpc": "2.0", "id": "1", "result": 1}, False),
    ],
)
def test_answers(description: dict, answer: object, *, valid: bool) -> None:
    place = "/paths/~1json-rpc~1v1.1~1/post/responses/200/content/application~1json-rpc/schema"
    validator = jsonschema_rs.Draft202012Validator({**description, "$ref": f"#{place}"})
    assert validator.is_valid(answer) is valid


def app(package: str, parameters: dict) -> dict:
    return {
        "date_creation": "2024-04-24 00:42:42",
        "date_update": "2024-04-24 00:42:42",
        "did": [],
        "hash": "8242D945",
        "name": "Reception",
        "p": parameters,
        "package": {"has_did": True, "name": package, "type": "REALTIME"},
    }


@pytest.mark.parametrize(
    ("package", "parameters", "valid"),
    [
        ("REALTIME10", {"url": "https://example.com", "data_format": "JSON"}, True),
        ("REALTIME10", {"data_format": "XML"}, False),
        ("REALTIME10", {"url": 7, "script": "x"}, False),
        ("ACTIONS10", {"url": 7, "script": "x"}, True),
        ("ACTIONS10", {"script": 7}, False),
        ("CLICKTOCALL10", {"options": {"A_attempts": 6}}, False),
        ("CALLTRACKING10", {"options": {"A_attempts": 6}}, True),
        ("CALLTRACKING10", {"targets": [{"timeout": 30}]}, False),
    ],
)
def test_parameters_of_an_app_follow_its_package(
    description: dict, package: str, parameters: dict, *, valid: bool
) -> None:
    assert schema_of(description, "App").is_valid(app(package, parameters)) is valid


EVENTS = {
    "billing.credit": "Webhook.Event.Billing.Credit",
    "billing.credit_warning": "Webhook.Event.Billing.Credit",
    "billing.credit_shutdown": "Webhook.Event.Billing.Credit",
    "call.inbound_start": "CDR.In",
    "call.inbound_hangup": "CDR.In",
    "call.outbound_start": "CDR.Out",
    "call.outbound_hangup": "CDR.Out",
    "did.assigned": "DID",
    "did.unassigned": "DID",
    "job.status_update": "Job",
    "media.library.status_update": "Media.Library",
    "media.recording.new": "Media.Recording",
    "media.recording.status_update": "Media.Recording",
    "sms.mo": "SMS",
    "sms.mt.status_update": "SMS",
}


def test_events(description: dict) -> None:
    webhooks = description["webhooks"]
    assert set(webhooks) == {*EVENTS, "realtime"}
    schemas = description["components"]["schemas"]
    for name, data in EVENTS.items():
        body = webhooks[name]["post"]["requestBody"]["content"]["application/json"]["schema"]
        delivery = schemas[body["$ref"].rsplit("/", 1)[1]]
        assert delivery["properties"]["data"]["$ref"].endswith(f"/{data}")
        assert delivery["properties"]["type"]["const"] == name
        members = set(schemas["Webhook.Event"]["properties"])
        assert set(delivery["properties"]) == members == set(delivery["required"])


def test_signatures_are_lowered() -> None:
    api = load_api("callr").api
    for webhook in api.webhooks:
        if webhook.name == "realtime":
            assert webhook.signature is None
        else:
            assert webhook.signature is not None
            assert webhook.signature.header == "X-CALLR-HmacSignature"
            assert (webhook.signature.algorithm, webhook.signature.encoding) == ("sha256", "base64")


@pytest.mark.parametrize(
    ("command", "valid"),
    [
        ({"command": "hangup"}, True),
        (
            {"command": "hangup", "params": {}, "command_id": {"any": 1}, "variables": {"a": 1}},
            True,
        ),
        ({"command": "play", "params": {"media_id": "TTS|TTS_EN-GB_SERENA|Hello"}}, True),
        ({"command": "play", "params": {"media_id": "Hello"}}, False),
        ({"command": "play"}, False),
        ({"command": "read", "params": {"media_id": 1, "max_digits": 21}}, False),
        ({"command": "read", "params": {"media_id": 1, "max_digits": 20, "timeout_ms": 100}}, True),
        ({"command": "send_dtmf", "params": {"digits": "0*#"}}, True),
        ({"command": "send_dtmf", "params": {"digits": "A"}}, False),
        ({"command": "wait", "params": {"seconds": 31}}, False),
        ({"command": "dialout", "params": {"targets": [{"number": "+16467890800"}]}}, True),
        ({"command": "dance", "params": {}}, False),
        ({"params": {}}, False),
    ],
)
def test_commands(description: dict, command: dict, *, valid: bool) -> None:
    assert schema_of(description, "RT.Command").is_valid(command) is valid


COMMANDS = {
    "conference", "dialout", "hangup", "hangup_callid", "play", "play_record", "play_talk_detect",
    "play_wav_data", "read", "record", "send_dtmf", "simple_conference", "start_call_recording",
    "stop_call_recording", "wait", "wait_for_silence",
}  # fmt: skip


def test_sixteen_commands(description: dict) -> None:
    schema = description["components"]["schemas"]["RT.Command"]
    assert set(schema["discriminator"]["mapping"]) == COMMANDS
    assert len(schema["oneOf"]) == 16


def test_first_request_of_a_real_time_call(description: dict) -> None:
    first = {
        "app": "8242D945",
        "call_status": "INCOMING_CALL",
        "callid": 2**63,
        "cdr_field": None,
        "cli_name": None,
        "cli_number": "+33678912345",
        "command": "",
        "command_error": None,
        "command_id": 0,
        "command_result": None,
        "date_started": "2012-04-24 23:42:00",
        "number": "+16467890800",
        "variables": {},
    }
    validator = schema_of(description, "RT.Request")
    assert validator.is_valid(first)
    assert not validator.is_valid({**first, "callid": -1})
    assert not validator.is_valid({**first, "call_status": "DOWN"})


def test_every_shown_example_fits(description: dict) -> None:
    schemas = description["components"]["schemas"]
    for name, schema in schemas.items():
        for example in schema.get("examples", []):
            errors = [str(e) for e in schema_of(description, name).iter_errors(example)]
            assert errors == [], name


def test_credentials(description: dict) -> None:
    schemes = description["components"]["securitySchemes"]
    assert schemes["Basic"]["scheme"] == "basic"
    assert schemes["ApiKey"]["x-trunkline-prefix"] == "Api-Key "
    assert schemes["Session"]["x-trunkline-prefix"] == "Session "
    assert schemes["LoginAs"]["name"] == "CALLR-Login-As"


def test_coverage_of_the_document() -> None:
    rows = [row for row in audit(SPEC).coverage if row.source == "callr-objects"]
    assert sum(row.facts for row in rows) == 2142
    assert sum(row.missing for row in rows) == 0
    assert sum(row.ruled for row in rows) == 93
    by_kind = {row.kind: row.facts for row in rows}
    assert (by_kind[Kind("schema")], by_kind[Kind("field")]) == (131, 610)


def test_validate_finds_nothing() -> None:
    assert [str(d) for d in validate(SPEC / "openapi.yaml").diagnostics] == []


def test_the_check_value_of_signatures(description: dict) -> None:
    """The documented secret, body and signature fit the algorithm the description states."""
    examples = description["components"]["parameters"]["Signature"]["examples"]
    shown = yaml.safe_load((SPEC / examples["sha256"]["$ref"]).read_text(encoding="utf-8"))
    body = b'{"data":{"from":"sender","to":"receiver","text":"a message"}}'
    assert body.decode() in shown["summary"]
    made = hmac.new(b"password", body, hashlib.sha256).digest()
    assert base64.b64encode(made).decode() == shown["value"]


def test_example_files_are_all_used_and_fit(description: dict) -> None:
    used = set()
    for media in walk({k: description[k] for k in ("paths", "webhooks")}):
        examples, schema = media.get("examples"), media.get("schema")
        if not isinstance(examples, dict) or not isinstance(schema, dict):
            continue
        validator = jsonschema_rs.Draft202012Validator({**description, **schema})
        for example in examples.values():
            used.add(SPEC / example["$ref"])
            shown = yaml.safe_load((SPEC / example["$ref"]).read_text(encoding="utf-8"))
            assert [str(e) for e in validator.iter_errors(shown["value"])] == []
    assert used | {SPEC / "examples" / "signature.yaml"} == set((SPEC / "examples").iterdir())


def test_schemathesis_loads_it() -> None:
    schema = schemathesis.openapi.from_path(SPEC / "openapi.yaml")
    assert [found.ok().label for found in schema.get_all_operations()] == ["POST /json-rpc/v1.1/"]


@pytest.mark.parametrize(
    ("place", "member", "line"),
    [
        ("DID", "local_number_f", 1324),
        ("App.Param.Vms", "timeout", 625),
        ("Media.TTS.Options", "rate", 2357),
        ("Webhook.Event", "hook_hash", 3536),
    ],
)
def test_a_property_that_is_deleted_is_missed(
    place: str, member: str, line: int, tmp_path: Path
) -> None:
    copy = tmp_path / "callr"
    shutil.copytree(SPEC, copy)
    described = yaml.load((copy / "openapi.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    del described["components"]["schemas"][place]["properties"][member]
    (copy / "openapi.yaml").write_text(json.dumps(described), encoding="utf-8")
    found = [str(d) for d in audit(copy).diagnostics]
    assert any(f"callr-objects:{line}," in text for text in found), found
