"""Each rule objects to what it is about, at its place, and to nothing in a sound description."""

import pytest

from trunkline.diagnostics import CATALOGUE, Code, ExitCode, TrunklineError
from trunkline.rules import RULES, validate

SOUND = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
tags: [{name: Pets}]
security: [{token: []}]
paths:
  /pets:
    post:
      operationId: createPet
      summary: Create a pet
      tags: [Pets]
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Pet'}
            example: {name: Tom}
      responses:
        "200": {$ref: '#/components/responses/Fine'}
        "401": {description: Who is it}
        "422": {description: Refused}
components:
  securitySchemes:
    token: {type: http, scheme: bearer, description: A token}
  responses:
    Fine: {description: Done}
  schemas:
    Pet:
      type: object
      description: An animal
      required: [name]
      properties:
        name: {type: string, description: What it is called, minLength: 2, maxLength: 9}
        kind: {type: string, enum: [cat, dog], default: cat, description: What it is}
"""


@pytest.fixture
def checked(tmp_path):
    def run(*replacements, waivers=None, text=SOUND):
        for old, new in replacements:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
            text = text.replace(old, new)
        path = tmp_path / "openapi.yaml"
        path.write_text(text)
        if waivers is not None:
            (tmp_path / "waivers.yaml").write_text(waivers)
        return validate(path)

    return run


def test_nothing_is_wrong_with_a_sound_description(checked):
    assert [str(d) for d in checked().diagnostics] == []


ODD = "        Name: {type: string, description: Same}\n"
MIXED = "        isOld: {description: Old}\n        is_big: {description: Big}\n"
BREAKS = [
    (Code.RULE_OPERATION_ID, "      operationId: createPet\n", "", "    post:"),
    (Code.RULE_DESCRIPTION, "      description: An animal\n", "", "    Pet:"),
    (Code.RULE_DESCRIPTION, "      summary: Create a pet\n", "", "    post:"),
    (Code.RULE_DESCRIPTION, ", description: What it is}", "}", "kind: {"),
    (Code.RULE_UNREACHABLE, "  schemas:\n", "  schemas:\n    Toy: {description: X}\n", "Toy:"),
    (Code.RULE_EXAMPLE, "{name: Tom}", "{name: T}", "{name: T}"),
    (Code.RULE_EXAMPLE, "default: cat", "examples: [bird]", "[bird]"),
    (Code.RULE_BLANK, "[cat, dog]", "[cat, ' dog']", "' dog'"),
    (Code.RULE_FORMAT, "minLength: 2", "format: petname", "petname"),
    (
        Code.RULE_NO_FAILURE,
        '        "401": {description: Who is it}\n        "422": {description: Refused}\n',
        "",
        "    post:",
    ),
    (
        Code.RULE_NO_SUCCESS,
        "        \"200\": {$ref: '#/components/responses/Fine'}\n",
        "",
        "    post:",
    ),
    (Code.RULE_SIMILAR_NAMES, "        kind: {", ODD + "        kind: {", "Name: {type"),
    (Code.RULE_NAMING, "        kind: {", MIXED + "        kind: {", "isOld"),
    (Code.RULE_REQUIRED, "required: [name]", "required: [name, age]", "age"),
    (
        Code.RULE_DIRECTION,
        "name: {type: string,",
        "name: {type: string, readOnly: true,",
        "readOnly",
    ),
    (Code.RULE_ENUM, "[cat, dog]", "[cat, dog, cat]", "dog, cat"),
    (Code.RULE_ENUM, "[cat, dog]", "[cat, dog, 7]", "dog, 7"),
    (Code.RULE_RANGE, "maxLength: 9", "maxLength: 1", "maxLength: 1"),
    (Code.RULE_TAG, "tags: [Pets]", "tags: [Dogs]", "[Dogs]"),
    (Code.RULE_SECURITY, "security: [{token: []}]\n", "", "    post:"),
    (Code.RULE_REFUSALS, '        "401": {description: Who is it}\n', "", "    post:"),
    (Code.RULE_REFUSALS, '"422": {description: Refused}', '"409": {description: No}', "    post:"),
    (
        Code.RULE_IMPOSSIBLE,
        "required: [name]",
        "required: [name, kind]\n      maxProperties: 1",
        "    Pet:",
    ),
]


@pytest.mark.parametrize(("code", "old", "new", "place"), BREAKS)
def test_a_break_is_found_at_its_line(checked, tmp_path, code, old, new, place):
    report = checked((old, new))
    lines = (tmp_path / "openapi.yaml").read_text().split("\n")
    line = next(number for number, text in enumerate(lines, 1) if place in text)
    found = [d for d in report.diagnostics if d.code is code]
    assert [d.position.line for d in found] == [line], [str(d) for d in report.diagnostics]


def test_every_rule_has_a_case_and_an_entry_in_the_catalogue():
    assert {rule.code for rule in RULES} == {code for code, *_ in BREAKS}
    assert [str(rule.code) for rule in RULES] == sorted(str(rule.code) for rule in RULES)
    assert all(CATALOGUE[rule.code].why for rule in RULES)


def test_two_ids_that_differ_in_case_only(checked):
    second = (
        "    get:\n      operationId: create_pet\n      summary: Read\n"
        "      responses: {default: {description: X}}\n"
    )
    report = checked(("    post:\n", second + "    post:\n"))
    assert [d.code for d in report.diagnostics] == [Code.RULE_OPERATION_ID]


def test_an_older_dialect_is_understood(checked):
    above_zero = (
        "kind: {type: integer, nullable: true, minimum: 0, exclusiveMinimum: true, default: %s,"
    )
    report = checked(
        ("openapi: 3.1.0", "openapi: 3.0.3"),
        ("kind: {type: string, enum: [cat, dog], default: cat,", above_zero % "null"),
        ("example: {name: Tom}", "example: {name: Tom, kind: 0}"),
    )
    (found,) = report.diagnostics
    assert (str(found.code), found.position.line) == ("V004", 15), "null is allowed, 0 is not"


def test_the_specification_comes_first(checked):
    report = checked(("  /pets:", "  pets:"), ("default: cat", "default: bird"))
    assert report.diagnostics
    assert {str(d.code)[0] for d in report.diagnostics} == {"D"}


def test_a_file_that_is_missing_is_a_matter_of_usage(tmp_path):
    with pytest.raises(TrunklineError) as caught:
        validate(tmp_path / "none.yaml")
    assert [d.code for d in caught.value.diagnostics] == [Code.FILE_MISSING]
    assert caught.value.exit_code is ExitCode.USAGE


def test_a_file_that_does_not_parse_is_in_the_report(tmp_path):
    (tmp_path / "bad.yaml").write_text("a: [")
    (found,) = validate(tmp_path / "bad.yaml").diagnostics
    assert (found.code, found.position.line) == (Code.SYNTAX, 1)


WAIVER = """\
waivers:
  - rule: V006
    at: '#/components/schemas/Pet/*'
    reason: The vendor names the format and nobody knows it.
"""


def test_a_waiver_accepts_its_findings_and_keeps_them_in_the_report(checked):
    report = checked(("minLength: 2", "format: petname"), waivers=WAIVER)
    assert report.ok
    assert report.diagnostics == ()
    ((finding, waiver),) = report.waived
    assert (str(finding.code), waiver.reason[:10]) == ("V006", "The vendor")
    assert report.to_json()["waived"][0]["reason"] == waiver.reason


def test_a_waiver_that_accepts_nothing_is_stale(checked):
    report = checked(waivers=WAIVER)
    (found,) = report.diagnostics
    assert (found.code, found.position.line) == (Code.WAIVER, 2)
    assert not report.ok


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    reason: The vendor names the format and nobody knows it.\n", ""),
        ("reason: The vendor names the format and nobody knows it.", "reason: because"),
        ("rule: V006", "rule: V999"),
        ("at: '#/", "at: '/"),
        ("    at:", "    where: x\n    at:"),
    ],
)
def test_a_malformed_waiver_accepts_nothing(checked, old, new):
    report = checked(("minLength: 2", "format: petname"), waivers=WAIVER.replace(old, new))
    assert {str(d.code) for d in report.diagnostics} == {"V000", "V006"}
