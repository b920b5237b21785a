"""Names of a package: `package.toml` and defaults."""

from pathlib import Path

from trunkline.diagnostics import Code, Diagnostics
from trunkline.names import default_package, load_package


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
