"""Words, spellings and namespaces."""

import keyword

import pytest

from trunkline.ir import Enumeration
from trunkline.names.classes import member_names
from trunkline.names.scope import Scope
from trunkline.names.words import LONGEST, constant, pascal, snake, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("outbound_voice_profile", "outbound_voice_profile"),
        ("createdAt", "created_at"),
        ("DIDCountry", "did_country"),
        ("userIDs", "user_ids"),
        ("filter[name][contains]", "filter_name_contains"),
        ("X-Request-ID", "x_request_id"),
        ("oauth2Token", "oauth2_token"),
        ("$ref", "ref"),
        ("ünïcode", "unicode"),
        ("straße", "strasse"),
        ("2fa", "field_2fa"),
        ("", "field"),
        ("日本", "u26085_u26412"),
        ("🚀 launch", "rocket_launch"),
        ("a\u202eb", "a_b"),
        ("<=", "less_than_sign_equals_sign"),
        ("don't", "dont"),
    ],
)
def test_snake_case_is_what_a_person_would_write(text: str, expected: str) -> None:
    assert snake(text, empty="field") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DIDCountry", "DIDCountry"),
        ("CDR.In", "CDRIn"),
        ("cdr_in", "CdrIn"),
        ("ERROR_CODE", "ErrorCode"),
        ("api.v2010.account", "ApiV2010Account"),
        ("file--full", "FileFull"),
        ("a 1 2", "A1_2"),
        ("3d model", "Value3dModel"),
    ],
)
def test_pascal_case_keeps_acronyms_as_written(text: str, expected: str) -> None:
    assert pascal(text) == expected


def test_words_keep_digits_with_the_word_before_them() -> None:
    assert words("sha256Hash of HTTPServer2") == ["sha256", "Hash", "of", "HTTP", "Server2"]


def test_long_names_are_cut_and_stay_apart() -> None:
    first, second = snake("a" * 10_000), snake("a" * 9_999 + "b")
    assert len(first) <= LONGEST
    assert first != second
    assert snake("a" * 10_000) == first


def test_signs_before_a_value_of_an_enumeration_are_told_apart() -> None:
    assert constant("-created_at") == "MINUS_CREATED_AT"
    assert constant("+1") == "PLUS_1"
    assert constant("created_at") == "CREATED_AT"
    assert constant("") == "EMPTY"


def test_keywords_and_reserved_names_get_an_underscore() -> None:
    scope = Scope({"json"})
    assert scope.take("class", "class") == "class_"
    assert scope.take("json", "json") == "json_"
    assert not keyword.iskeyword(scope.take("from", "from"))


def test_a_clash_is_won_by_the_exact_spelling_and_stable_for_the_others() -> None:
    names = Scope().take_all([("foo_bar", "foo-bar"), ("foo_bar", "foo_bar")])
    assert names[1] == "foo_bar"
    assert names[0].startswith("foo_bar_")
    more = Scope().take_all(
        [("foo_bar", "foo.bar"), ("foo_bar", "foo-bar"), ("foo_bar", "foo_bar")]
    )
    assert more[1:] == names
    assert len(set(more)) == 3


def test_names_that_differ_in_case_alone_differ_on_any_file_system() -> None:
    scope = Scope(fold=True)
    first, second = scope.take("Foo", "Foo"), scope.take("FOO", "FOO")
    assert first.casefold() != second.casefold()


def test_members_of_an_enumeration_keep_values_and_order() -> None:
    members = member_names(Enumeration(values=("a", "A", "mro", "1", "")))
    assert [value for _, value in members] == ["a", "A", "mro", "1", ""]
    names = [name for name, _ in members]
    assert len(set(names)) == 5
    assert names[1:] == ["A", "MRO_", "VALUE_1", "EMPTY"]


def test_names_given_for_values_are_used() -> None:
    members = member_names(Enumeration(values=(0, 1), names=("PLAYING", "STREAMING")))
    assert members == (("PLAYING", 0), ("STREAMING", 1))


def test_whole_numbers_become_members() -> None:
    assert member_names(Enumeration(values=(2, -1))) == (
        ("VALUE_2", 2),
        ("VALUE_MINUS_1", -1),
    )
