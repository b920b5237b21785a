"""Names of a package: `package.toml` and defaults."""

from pathlib import Path

from trunkline.diagnostics import Code, Diagnostics
from trunkline.names import Author, Versioning, default_package, load_package


def test_defaults_come_from_the_name() -> None:
    package = default_package("my-Voice api")
    assert package.distribution == "trunkline-my-voice-api"
    assert package.module == "trunkline_my_voice_api"
    assert package.client == "MyVoiceApi"
    assert package.prefix == "MYVOICEAPI"


def test_a_file_overrides_each_default(tmp_path: Path) -> None:
    path = tmp_path / "package.toml"
    path.write_text('class = "Telnyx"\nversion = "1.2.0"\n[environment]\ntoken = "T_KEY"\n')
    found = Diagnostics()
    package = load_package(path, "x", found)
    assert not list(found)
    assert (package.client, package.version) == ("Telnyx", "1.2.0")
    assert package.environment == {"token": "T_KEY"}
    assert package.module == "trunkline_x"


def test_values_that_could_escape_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "package.toml"
    path.write_text('module = "../evil"\nclass = "a b"\ndistribution = "x\\ny"\nmodul = "m"\n')
    found = Diagnostics()
    package = load_package(path, "x", found)
    assert [d.code for d in found] == [Code.BAD_VALUE] * 4
    assert (package.module, package.client, package.distribution) == (
        "trunkline_x",
        "X",
        "trunkline-x",
    )


def test_broken_toml_is_reported_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "package.toml"
    path.write_text('class = "A"\nversion = = 1\n')
    found = Diagnostics()
    load_package(path, "x", found)
    (one,) = found
    assert one.code is Code.SYNTAX
    assert one.position is not None
    assert one.position.line == 2


def test_what_a_page_on_an_index_says(tmp_path: Path) -> None:
    path = tmp_path / "package.toml"
    path.write_text(
        'unofficial = true\nlicense = "Apache-2.0 OR MIT"\ndescription = "Calls people."\n'
        'authors = ["Ann Example <ann@example.com>", "Bo"]\nversioning = "package"\n'
        '[urls]\nHomepage = "https://example.com/a"\n'
    )
    found = Diagnostics()
    package = load_package(path, "x", found)
    assert not list(found)
    assert package.unofficial
    assert package.license == "Apache-2.0 OR MIT"
    assert package.description == "Calls people."
    assert package.authors == (
        Author(name="Ann Example", email="ann@example.com"),
        Author(name="Bo"),
    )
    assert package.urls == {"Homepage": "https://example.com/a"}
    assert package.versioning is Versioning.PACKAGE


def test_nothing_is_said_that_nobody_said() -> None:
    package = default_package("x")
    assert not package.unofficial
    assert (package.license, package.authors, package.urls) == (None, (), {})


def test_values_that_would_be_markup_or_code_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "package.toml"
    path.write_text(
        'license = "MIT\\nimport os"\nauthors = ["a <b", "c\\nd"]\nunofficial = "yes"\n'
        'versioning = "never"\ndescription = " "\n'
        "[urls]\nHomepage = 'javascript:alert(1)'\nDocs = 'https://a.example/\"x'\n"
    )
    found = Diagnostics()
    package = load_package(path, "x", found)
    assert [d.code for d in found] == [Code.BAD_VALUE] * 8
    assert package == default_package("x")
