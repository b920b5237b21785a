"""Everything that has an id can be explained, under one id only."""

from collections import Counter

import pytest

from trunkline.cli.main import run
from trunkline.cli.topics import Kind, find, topics
from trunkline.contract import RULES
from trunkline.diagnostics import Code
from trunkline.emulator.defects import CATALOGUE
from trunkline.evolve import RULES as CHANGES

ALL = list(topics())


def test_no_two_tables_share_an_id() -> None:
    counts = Counter(topic.id.lower() for topic in ALL)
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_table_is_complete() -> None:
    ids = {kind: {topic.id for topic in ALL if topic.kind is kind} for kind in Kind}
    assert ids[Kind.DIAGNOSTIC] == set(Code)
    assert ids[Kind.RULE] == set(RULES)
    assert ids[Kind.DEFECT] == set(CATALOGUE)
    assert ids[Kind.CHANGE] == {rule.id for rule in CHANGES}


def test_nothing_is_left_unsaid() -> None:
    assert [t.id for t in ALL if not (t.title.strip() and t.why.strip() and t.remedy.strip())] == []


def test_case_does_not_matter() -> None:
    found = find("s004")
    assert found is not None
    assert found.id == "S004"


@pytest.mark.parametrize("kind", list(Kind))
def test_explained_on_the_command_line(kind: Kind, capsys: pytest.CaptureFixture[str]) -> None:
    topic = next(topic for topic in ALL if topic.kind is kind)
    assert run(["explain", topic.id]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(f"{topic.id} {topic.title} ({kind}")
    assert topic.why in printed
    assert topic.remedy in printed


def test_a_near_miss_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "no-server-eror"]) == 2
    assert "did you mean no-server-error?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("createOutboundVoiceProfile", "client.outbound_voice_profiles.create("),
        ("sms.send", "client.sms.send("),
        ("telnyx-005", "- Ruling: The label belongs to status 422"),
    ],
)
def test_operations_methods_and_errata_are_explained(
    name: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", name]) == 0
    printed = capsys.readouterr().out
    assert told in printed
    assert "<details" not in printed
