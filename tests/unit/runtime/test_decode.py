from __future__ import annotations

import datetime
import json
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, ValidationError

from trunkline.runtime.decode import Decoder, construct, problems, walk
from trunkline.runtime.models import Model, OpenStrEnum


class Plan(OpenStrEnum):
    US = "us"


class Inner(Model):
    when: datetime.datetime
    from_: str = Field(alias="from")


class Profile(Model):
    id: str
    name: str
    plan: Plan | None = None
    inner: Inner | None = None
    many: list[Inner] = Field(default_factory=list)
    by_name: dict[str, Inner] = Field(default_factory=dict)


class Cat(Model):
    kind: Literal["cat"]
    lives: int


class Dog(Model):
    kind: Literal["dog"]
    tricks: list[str]


GOOD = {
    "id": "1",
    "name": "n",
    "plan": "mars",
    "inner": {"when": "2024-01-02T03:04:05Z", "from": "x"},
}


def encoded(value: object) -> bytes:
    return json.dumps(value).encode()


def test_a_value_is_decoded_under_its_payload_in_one_pass():
    decoder = Decoder(Profile, ("result", "data"))
    profile = decoder(encoded({"result": {"data": GOOD, "x": 1}, "y": 2}))
    assert isinstance(profile, Profile)
    assert profile.plan == "mars"
    assert profile.inner is not None
    assert profile.inner.when.tzinfo is not None


def test_the_rest_of_the_body_stays_plain():
    document = Decoder(list[Profile], ("data",)).document(
        encoded({"data": [GOOD], "meta": {"total": 1}})
    )
    assert isinstance(document["data"][0], Profile)
    assert walk(document, ("meta", "total")) == 1
    assert walk(document, ("meta", "none", "deeper")) is None


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        (list[Profile], [GOOD]),
        (dict[str, Profile], {"a": GOOD}),
        (Profile | None, None),
        (int | str, 3),
        (Any, {"a": [1, None]}),
    ],
)
def test_types_that_are_not_models_are_decoded_too(type_, value):
    found = Decoder(type_)(encoded(value))
    if type_ == list[Profile]:
        assert found == [Profile.model_validate(GOOD)]
    elif type_ == dict[str, Profile]:
        assert found == {"a": Profile.model_validate(GOOD)}
    else:
        assert found == value


def test_missing_and_misfitting_members_do_not_hide_the_others():
    body = {
        "data": {
            "id": 7,
            "plan": "us",
            "inner": {"when": "not a date", "from": "x", "new": 1},
            "many": [{"when": "2024-01-02T03:04:05Z", "from": "y"}, {"from": "z"}],
            "by_name": {"k": {"from": "w"}},
            "extra": {"deep": [1]},
        },
        "meta": 1,
    }
    decoder = Decoder(Profile, ("data",))
    with pytest.raises(ValidationError) as caught:
        decoder(encoded(body))
    assert ("data.name", "Field required") in problems(caught.value)
    assert not any("not a date" in sentence for _, sentence in problems(caught.value))
    profile, document = decoder.lenient(encoded(body))
    assert document == body
    assert isinstance(profile, Profile)
    assert profile.id == 7
    assert profile.plan is Plan.US
    assert profile.inner is not None
    assert profile.inner.when == "not a date"
    assert profile.inner.from_ == "x"
    assert profile.inner.model_extra == {"new": 1}
    assert profile.many[0].when == datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
    assert profile.many[1].from_ == "z"
    assert profile.by_name["k"].from_ == "w"
    assert profile.model_extra == {"extra": {"deep": [1]}}
    assert not hasattr(profile, "name")
    assert profile.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False) == {
        **body["data"],
        "many": [{"when": "2024-01-02T03:04:05Z", "from": "y"}, {"from": "z"}],
    }


def test_a_union_is_told_apart_by_its_tag_even_when_the_member_does_not_fit():
    dog = construct(Cat | Dog, {"kind": "dog", "lives": 9})
    assert isinstance(dog, Dog)
    tagged = construct(Annotated[Cat | Dog, Field(discriminator="kind")], {"kind": "cat"})
    assert isinstance(tagged, Cat)
    assert construct(Cat | Dog, {"kind": "cow"}) == {"kind": "cow"}
    assert construct(Cat | None, 3) == 3


def test_what_is_not_json_or_has_no_payload_cannot_be_decoded():
    with pytest.raises(ValueError):
        Decoder(Profile).lenient(b"<html>")
    with pytest.raises(ValueError, match="'data'"):
        Decoder(Profile, ("data",)).lenient(b'{"id": "1"}')
