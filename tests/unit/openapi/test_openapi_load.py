"""Versions and validity."""

from __future__ import annotations

from pathlib import Path

import pytest

from trunkline.diagnostics import Code, Diagnostics, Severity, TrunklineError
from trunkline.openapi import Description, Version, load
from trunkline.source import Document, parse

HEAD = "info: {title: t, version: '1'}\n"


def _load(text: str, *, validate: bool = True) -> tuple[Description, Diagnostics]:
    found = Diagnostics()
    document = Document(parse("api.yaml", text.encode()), Path(), found, None)
    return load(document, found, validate=validate), found


@pytest.mark.parametrize(
    ("written", "version"),
    [
        ("3.0.0", Version.V30),
        ("3.0.4", Version.V30),
        ("3.1.0", Version.V31),
        ("3.1.2", Version.V31),
        ("3.1", Version.V31),
        ("3.2.0", Version.V32),
        ("3.1.0-rc1", Version.V31),
    ],
)
def test_versions(written, version):
    description, _ = _load(f"openapi: {written}\n{HEAD}paths: {{}}\n")
    assert description.version is version
    assert description.written == written
    assert description.nullable_keyword is (version is Version.V30)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (f"{HEAD}swagger: '1.2'\n", Code.OPENAPI_VERSION, 2, 10),
        (f"openapi: 4.0.0\n{HEAD}", Code.OPENAPI_VERSION, 1, 10),
        (f"openapi: 3.10.0\n{HEAD}", Code.OPENAPI_VERSION, 1, 10),
        (f"openapi: [3]\n{HEAD}", Code.OPENAPI_VERSION, 1, 10),
        (HEAD, Code.INVALID_DESCRIPTION, 1, 1),
        ("- a\n", Code.INVALID_DESCRIPTION, 1, 1),
        ("", Code.INVALID_DESCRIPTION, 1, 1),
    ],
)
def test_what_is_no_openapi_3_ends_the_run(text, code, line, column):
    with pytest.raises(TrunklineError) as caught:
        _load(text)
    (only,) = caught.value.diagnostics
    assert only.code is code
    assert (only.position.line, only.position.column) == (line, column)


INVALID = {
    "a member missing": ("paths: {}\n", "", (1, 1), "info"),
    "unknown place of a parameter": (
        "paths:\n  /a:\n    get:\n      parameters:\n        - {name: x, in: body, schema: {}}\n"
        "      responses: {'200': {description: ok}}\n",
        HEAD,
        (7, 25),
        "body",
    ),
    "an answer that is no answer": (
        "paths:\n  /a:\n    get:\n      responses:\n        '200': {content: {}}\n",
        HEAD,
        (7, 16),
        "description",
    ),
    "an operationId used twice": (
        "paths:\n  /a:\n    get: {operationId: x, responses: {'200': {description: ok}}}\n"
        "    put: {operationId: x, responses: {'200': {description: ok}}}\n",
        HEAD,
        (6, 10),
        "'x'",
    ),
    "a path parameter without description": (
        "paths:\n  /a/{id}:\n    get: {responses: {'200': {description: ok}}}\n",
        HEAD,
        (5, 10),
        "'id'",
    ),
    "a default that its schema refuses": (
        "paths: {}\ncomponents:\n  schemas:\n    A:\n      type: object\n      properties:\n"
        "        n: {type: integer, default: many}\n",
        HEAD,
        (9, 12),
        "many",
    ),
}


@pytest.mark.parametrize("case", INVALID)
def test_what_is_invalid_is_an_error_at_its_position(case):
    text, head, place, says = INVALID[case]
    _, found = _load(f"openapi: 3.1.0\n{head}{text}")
    assert [d.code for d in found] == [Code.INVALID_DESCRIPTION], list(map(str, found))
    (only,) = found
    assert (only.position.line, only.position.column) == place
    assert says in only.message
    assert "\n" not in only.message
    assert len(only.message) < 200


def test_broken_structure_is_a_warning_without_full_validation():
    text = "paths:\n  /a:\n    get:\n      responses:\n        '200': wrong\n"
    _, found = _load(f"openapi: 3.1.0\n{HEAD}{text}", validate=False)
    assert [d.code for d in found] == [Code.NONCONFORMING]
    (only,) = found
    assert (only.position.line, only.position.column) == (7, 16)


@pytest.mark.parametrize("text", ["paths: []\n", "paths: 7\n", "paths: {}\ncomponents: []\n"])
def test_what_leaves_nothing_to_read_is_an_error_all_the_same(text):
    _, found = _load(f"openapi: 3.1.0\n{HEAD}{text}", validate=False)
    assert Code.INVALID_DESCRIPTION in [d.code for d in found]


def test_an_answer_without_a_description_is_only_a_warning_without_full_validation():
    text, head, place, _ = INVALID["an answer that is no answer"]
    _, found = _load(f"openapi: 3.1.0\n{head}{text}", validate=False)
    (only,) = found
    assert (only.code, only.severity) == (Code.NONCONFORMING, Severity.WARNING)
    assert (only.position.line, only.position.column) == place


@pytest.mark.parametrize("name", ["Page[Order]", "a b", "ü" * 300])
def test_names_of_components_may_have_any_characters_without_full_validation(name):
    text = f"paths: {{}}\ncomponents: {{schemas: {{'{name}': {{type: string}}}}}}\n"
    _, found = _load(f"openapi: 3.1.0\n{HEAD}{text}", validate=False)
    assert [d.severity for d in found] == [Severity.WARNING]


def test_unknown_key_is_only_a_warning_without_full_validation():
    head = "openapi: 3.0.3\ninfo: {title: t, version: '1', flavour: sweet}\npaths: {}\n"
    _, found = _load(head, validate=False)
    assert [d.code for d in found] == [Code.NONCONFORMING]
    assert next(iter(found)).severity is Severity.WARNING
    _, found = _load(head, validate=True)
    assert [d.code for d in found] == [Code.INVALID_DESCRIPTION]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
def test_valid_descriptions_have_no_findings(version):
    _, found = _load(
        f"openapi: {version}\n{HEAD}"
        "paths:\n  /a/{id}:\n    get:\n      operationId: x\n      parameters:\n"
        "        - {name: id, in: path, required: true, schema: {type: string}}\n"
        "      responses: {'200': {description: ok}}\n"
    )
    assert list(found) == []
