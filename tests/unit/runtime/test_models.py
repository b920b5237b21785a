from __future__ import annotations

import pickle
from typing import Literal

import pytest
from pydantic import TypeAdapter, ValidationError

from trunkline.runtime.models import Model, OpenIntEnum, OpenStrEnum, TaggedModel, dump


class Plan(OpenStrEnum):
    US = "us"
    GLOBAL = "global"


class Version(OpenIntEnum):
    ONE = 1


class Profile(Model):
    name: str
    plan: Plan = Plan.GLOBAL
    limit: int | None = None


class Play(TaggedModel):
    kind: Literal["play"] = "play"
    loops: int = 1


def test_an_unknown_value_is_the_string_it_is():
    plan = Plan("galactic")
    assert plan == "galactic"
    assert str(plan) == f"{plan}" == "galactic"
    assert hash(plan) == hash("galactic")
    assert plan == Plan("galactic")
    assert pickle.loads(pickle.dumps(plan)) == plan
    assert not plan.is_known
    assert Plan("us").is_known
    assert Plan("us") is Plan.US


def test_unknown_values_do_not_become_members_for_everybody():
    Plan("passing")
    assert [member.value for member in Plan] == ["us", "global"]
    assert "passing" not in Plan.__members__


def test_an_unknown_number_is_the_number_it_is():
    version = Version(9)
    assert version == 9
    assert version + 1 == 10
    assert pickle.loads(pickle.dumps(version)) == 9
    assert not version.is_known


def test_enumerations_accept_values_of_their_own_kind_only():
    for enumeration, value in ((Plan, 3), (Version, "x"), (Version, True)):
        adapter = TypeAdapter(enumeration)
        if value is True:
            assert adapter.validate_python(value) == Version.ONE
            continue
        with pytest.raises(ValidationError):
            adapter.validate_python(value)


def test_unknown_values_and_members_survive_a_round_trip():
    wire = {"name": "x", "plan": "galactic", "new": {"a": [1]}}
    profile = Profile.model_validate(wire)
    assert profile.plan == "galactic"
    assert dump(profile) == wire


def test_only_what_was_set_is_sent():
    assert dump(Profile(name="x")) == {"name": "x"}
    assert dump(Profile(name="x", limit=None)) == {"name": "x", "limit": None}


def test_tags_are_sent_without_being_given():
    assert dump(Play()) == {"kind": "play"}
    assert dump(Play(loops=2)) == {"kind": "play", "loops": 2}
