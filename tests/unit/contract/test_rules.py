"""The table of rules is complete and every check in it can be explained."""

import re

from trunkline import contract
from trunkline.contract.checks import about
from trunkline.contract.fuzzing import RULE_OF_CHECK
from trunkline.contract.model import (
    EvidenceStep,
    Finding,
    Findings,
    Request,
    Secrets,
    Shard,
    is_loopback,
)
from trunkline.contract.reports import html, junit


def test_every_rule_has_words():
    for rule in contract.RULES.values():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.id)
        assert not rule.title.endswith(".")
        assert rule.why.endswith(".")


def test_every_rule_is_somebodys():
    held = {rule for check in contract.CHECKS.values() for rule in check.rules}
    passive = set(contract.RULES) - held
    assert {contract.RULES[r].family for r in passive} <= {
        contract.Family.CONTRACT,
        contract.Family.VALIDATION,
        contract.Family.SECURITY,
        contract.Family.CRUD,
        contract.Family.RECEIVER,  # rules for the user's own server: no check of a service
    }
    assert set(RULE_OF_CHECK.values()) <= set(contract.RULES)


def test_a_fault_seen_twice_is_one_with_the_shorter_evidence():
    findings = Findings()
    step = EvidenceStep("curl", 200, "")
    findings.add(Finding("create-read", "op", "name", "long", (step, step)))
    findings.add(Finding("create-read", "op", "name", "short", (step,)))
    (only,) = findings.all
    assert (only.times, only.message, len(only.steps)) == (2, "short", 1)


def test_loopback_is_known_by_address():
    assert is_loopback("http://127.0.0.1:1/x")
    assert is_loopback("http://[::1]/")
    assert is_loopback("http://localhost:8000")
    assert not is_loopback("http://127.0.0.1.example.com/")
    assert not is_loopback("http://10.0.0.1/")


def test_a_curl_command_holds_no_secret_and_survives_the_shell():
    secrets = Secrets({"s3cret": "$TOKEN"})
    request = Request(
        method="POST",
        url="http://h/x?key=s3cret",
        headers={"Authorization": "Bearer s3cret", "X": "it's"},
        body=b'{"a": "it\'s s3cret"}',
    )
    text = request.curl(secrets)
    assert "s3cret" not in text
    assert "'Authorization: Bearer '\"$TOKEN\"" in text


def hostile_report():
    report = contract.RunReport("api", "<script>alert(1)</script>", "http://x", 0, "smoke")
    text = "<img src=x onerror=alert(1)>\x00\x0b"
    report.findings.add(Finding("create-read", text, text, text, (EvidenceStep(text, 200, text),)))
    return report


def test_reports_escape_what_servers_say():
    page = html(hostile_report())
    assert page.count("<script") == 1
    assert "alert(1)</script>" not in page
    assert "<img" not in page
    assert "default-src 'none'" in page
    assert not re.search(r"(src|href)=", page.replace("src=x", ""))


def test_junit_is_valid_xml_whatever_servers_say():
    from xml.etree import ElementTree as ET

    suite = ET.fromstring(junit(hostile_report()))
    assert suite.attrib["failures"] == "1"
    assert suite.find(".//failure").attrib["type"] == "create-read"


def test_a_shard_is_understood():
    assert Shard.parse("2/3") == Shard(2, 3)


def test_every_rule_says_how_it_is_tried_and_what_to_do():
    assert all(rule.remediation for rule in contract.RULES.values())
    for rule in contract.RULES:
        told = about(rule)
        assert told.remedy.endswith(".")
        assert told.tried.endswith(".")
        assert len(told.tried) > 20
