"""Class names: as short as their words allow, told apart by words, kept where they are given."""

import pytest
import yaml

from trunkline.diagnostics import Diagnostics
from trunkline.names import default_package, plan
from trunkline.names.short import SHORT, shorter
from trunkline.names.words import words
from trunkline.pipeline.load import load_api


@pytest.mark.parametrize(
    ("name", "short"),
    [
        # Filler goes before context, the version before that, roles last.
        ("CreateApplicationRequestVoiceFallbackMethod", "CreateApplicationVoiceFallbackMethod"),
        ("PatchV1AccountPlansByIdRequestColourDetails", "PatchAccountPlansRequestColourDetails"),
        (
            "JourneyPlanExpiresAtDetailsLimitDetailsTotalDetails",
            "JourneyPlanExpiresAtLimitTotalDetails",
        ),
        # A word that comes again is said once.
        (
            "ListReceivedEmailsResponseSuccessDataItemEmailsOrigin",
            "ListReceivedResponseSuccessEmailsOrigin",
        ),
        # What it is part of, and what it is.
        (
            "GatewayFirmwareCampaignTargetSelectionHardwareRevisionRange",
            "GatewayFirmwareCampaignRevisionRange",
        ),
    ],
)
def test_words_that_tell_least_go_first(name, short):
    assert next(shorter(name)) == short


@pytest.mark.parametrize("count", [7, 9, 14, 40])
def test_whatever_the_words_the_best_name_is_short_and_the_last_is_whole(count):
    name = "".join(f"{'Abcdefghij'[: 3 + n % 7]}x" for n in range(count))
    found = list(shorter(name))
    assert len(found[0]) <= SHORT
    assert words(found[0])[-1] == words(name)[-1]
    assert found[-1] == name


def text(**more):
    return {"type": "string", **more}


def inline(**members):
    return {"type": "object", "properties": members}


@pytest.fixture
def named(tmp_path):
    """Names of the classes of a description by the name of their schema, and what it says."""

    def build(schemas):
        file = tmp_path / "openapi.yaml"
        described = {
            "openapi": "3.1.0",
            "info": {"title": "Names", "version": "1"},
            "paths": {},
            "components": {"schemas": schemas},
        }
        file.write_text(yaml.safe_dump(described, sort_keys=False), encoding="utf-8")
        classes = plan(load_api(file).api, default_package("x"), Diagnostics()).classes
        return {name: cls.name for name, cls in classes.items()}

    return build


def test_what_a_description_names_keeps_its_name(named):
    long = "ServerEventConversationItemInputAudioTranscriptionSegmentWasCompleted"
    assert named({long: inline(id=text())}) == {long: long}


def test_what_stands_in_it_has_a_short_one(named):
    inner = inline(deeper=inline(deepest=inline(word=text(enum=["one", "two"]))))
    found = named({"AccountBillingStatement": inline(adjustment=inner)})
    assert len(set(found.values())) == len(found) == 5
    assert max(map(len, found.values())) <= SHORT
    assert all(name.startswith("AccountBillingStatement") for name in found.values())


def test_words_tell_apart_what_would_be_called_alike(named):
    found = named(
        {
            "Location": inline(city=text()),
            "location": inline(street=text()),
            "LOCATION": text(enum=["here", "there"]),
        }
    )
    assert found == {
        "Location": "Location",
        "location": "LocationObject",
        "LOCATION": "LOCATIONEnum",
    }


def test_one_more_property_renames_nothing(named):
    part = {"one": inline(setting=inline(value=text(enum=["a", "b"])))}
    owner = "OrganizationAuditSubscriptionSettings"
    before = named({owner: inline(**part)})
    after = named({owner: inline(**part, two=inline(setting=inline(value=text(enum=["c"]))))})
    assert {name: after[name] for name in before} == before
