"""What inline schemas are called."""

# ruff: noqa: E501  # descriptions read best with one thing on a line

from __future__ import annotations

import pytest

from trunkline import ir
from trunkline.lower.words import joined, pascal, singular, singular_phrase, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("outbound_voice_profile", ["outbound", "voice", "profile"]),
        ("createHTTPRoute2x", ["create", "HTTP", "Route2", "x"]),
        ("page[number]", ["page", "number"]),
        ("emails/send-batch", ["emails", "send", "batch"]),
        ("oauth2", ["oauth2"]),
        ("élan vital", ["élan", "vital"]),
        ("💥", []),
    ],
)
def test_words(text, expected):
    assert list(words(text)) == expected


@pytest.mark.parametrize(
    ("plural", "single"),
    [
        ("profiles", "profile"), ("Codecs", "Codec"), ("policies", "policy"), ("addresses", "address"),
        ("boxes", "box"), ("status", "status"), ("data", "data"), ("people", "person"), ("Indices", "Index"),
        ("sms", "sms"), ("statuses", "status"), ("leases", "lease"), ("churches", "church"), ("bus", "bus"),
        ("is", "is"), ("analysis", "analysis"), ("series", "series"),
    ],
)  # fmt: skip
def test_singular(plural, single):
    assert singular(plural) == single


@pytest.mark.parametrize(
    ("parent", "child", "name"),
    [
        ("OutboundVoiceProfile", "call_recording", "OutboundVoiceProfileCallRecording"),
        ("Payment", "payment_type", "PaymentType"),
        ("Record", "record", "RecordRecord"),
        ("api.v2010.account", "capabilities", "ApiV2010AccountCapabilities"),
        ("us_components", "type", "UsComponentsType"),
        ("VoiceMessage", "message_voice_id", "VoiceMessageVoiceId"),
    ],
)
def test_joined(parent, child, name):
    assert joined(parent, child) == name


def test_singular_phrase_and_pascal():
    assert singular_phrase("ProfileCodecs") == "ProfileCodec"
    assert pascal("list outbound-voice_profiles") == "ListOutboundVoiceProfiles"


def test_members_items_and_values_are_named_after_their_parent(schemas):
    found = schemas(
        """
        OutboundVoiceProfile:
          type: object
          properties:
            call_recording: {type: object, properties: {type: {type: string, enum: [all, none]}}}
            codecs: {type: array, items: {type: string, enum: [G711, G722]}}
            sms: {type: array, items: {type: object, properties: {x: {}}}}
            limits: {type: object, additionalProperties: {type: object, properties: {x: {}}}}
            flag: {type: boolean, enum: [true, false]}
            one: {type: string, enum: [only]}
            empty: {type: object}
            either: {anyOf: [{type: string}, {type: object, properties: {x: {}}}]}
        """
    )
    assert list(found.api.schemas) == [
        "OutboundVoiceProfile",
        "OutboundVoiceProfileCallRecording",
        "OutboundVoiceProfileCallRecordingType",
        "OutboundVoiceProfileCodec",
        "OutboundVoiceProfileSmsItem",
        "OutboundVoiceProfileLimitsValue",
        "OutboundVoiceProfileEitherObject",
    ]
    shape = found["OutboundVoiceProfile"].shape
    assert isinstance(shape.property("flag").schema.shape, ir.Enumeration)
    assert shape.property("one").schema.shape.values == ("only",)


def test_titles_name_only_where_one_schema_has_them(schemas):
    found = schemas(
        """
        A:
          type: object
          properties:
            a: {type: object, title: Postal address, properties: {x: {}}}
            b: {type: object, title: Twice, properties: {x: {}}}
            c: {type: object, title: Twice, properties: {x: {}}}
            d: {type: object, title: a, properties: {x: {}}}
            e: {type: object, title: 'A sentence that goes on and on and on', properties: {x: {}}}
            f: {type: object, title: "'''; import os", properties: {x: {}}}
        """
    )
    assert list(found.api.schemas)[1:] == ["PostalAddress", "AB", "AC", "AD", "AE", "ImportOs"]


def test_names_never_clash_whatever_the_case(schemas):
    found = schemas(
        """
        A: {type: object, properties: {bC: {type: object, properties: {x: {}}},
                                       b_c: {type: object, properties: {x: {}}}}}
        aBC: {type: string}
        """
    )
    assert list(found.api.schemas) == ["A", "aBC", "ABC2", "ABC3"]


def test_union_members_are_named_by_constant_title_or_place(schemas):
    found = schemas(
        """
        Event:
          oneOf:
            - {type: object, properties: {type: {const: call.started}, x: {}}}
            - {type: object, title: Hang up, properties: {y: {}}}
            - {type: object, properties: {z: {}}}
            - allOf: [{$ref: '#/components/schemas/Base'}, {properties: {type: {enum: [moved]}}}]
        Base: {type: object, properties: {id: {}}}
        """
    )
    names = [m.shape.name for m in found["Event"].shape.members]
    assert names == ["EventCallStarted", "HangUp", "EventVariant3", "EventMoved"]


def test_bodies_and_parameters_are_named_after_the_operation(lowered):
    found = lowered(
        """
        paths:
          /profiles/{id}:
            put:
              operationId: replace_profile
              parameters:
                - {name: id, in: path, required: true, schema: {type: string}}
                - {name: sort, in: query, schema: {type: string, enum: [a, b]}}
                - {$ref: '#/components/parameters/Mode'}
              requestBody:
                content:
                  application/json: {schema: {type: object, properties: {a: {}}}}
                  application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {}}}}
                  multipart/form-data: {schema: {type: object, properties: {b: {type: string, format: binary}}}}
              responses:
                '200': {description: ok, content: {application/json: {schema: {type: array, items: {type: object, properties: {x: {}}}}}}}
                '404': {description: no, content: {application/json: {schema: {type: object, properties: {x: {}}}}}}
                default: {$ref: '#/components/responses/Broken'}
            get:
              parameters: [{name: id, in: path, required: true, schema: {type: string}}]
              responses:
                '200': {description: ok, content: {application/json: {schema: {type: object, properties: {x: {}}}}}}
        components:
          parameters: {Mode: {name: mode, in: query, schema: {type: string, enum: [x, y]}}}
          responses: {Broken: {description: b, content: {application/json: {schema: {type: object, properties: {e: {}}}}}}}
        """
    )
    assert list(found.api.schemas) == [
        "ReplaceProfileSort",
        "Mode",
        "ReplaceProfileRequest",
        "ReplaceProfileRequestMultipart",
        "ReplaceProfileResponseItem",
        "ReplaceProfileResponse404",
        "BrokenResponse",
        "GetProfilesByIdResponse",
    ]
    json_body, form, _ = found.api.operations[0].body.contents
    assert json_body.schema.shape == form.schema.shape


def test_references_into_the_middle_are_named_and_shared(schemas):
    found = schemas(
        """
        A: {type: object, properties: {b: {type: object, properties: {x: {type: string}}}},
            $defs: {Inner: {type: integer}}}
        B: {type: object, properties: {
              one: {$ref: '#/components/schemas/A/properties/b'},
              two: {$ref: '#/components/schemas/A/$defs/Inner'},
              three: {$ref: '#/components/schemas/A/properties/b/properties/x'}}}
        """
    )
    members = {p.name: p.schema.shape for p in found["B"].shape.properties}
    assert members["one"] == found["A"].shape.property("b").schema.shape == ir.Reference("AB")
    assert found[members["two"].name].shape == ir.Integer()
    assert members["two"].name == "Inner"
    assert found[members["three"].name].shape == ir.String()


def test_lowering_is_deterministic(schemas):
    text = "A: {type: object, properties: {b: {oneOf: [{type: object, properties: {x: {}}}, {type: object, properties: {y: {}}}]}}}"
    assert schemas(text).api == schemas(text).api
