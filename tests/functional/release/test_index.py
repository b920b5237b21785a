"""What an index can do to an upload: one message for each, and repeating it is safe."""

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest

from trunkline.diagnostics import Code, ExitCode, TrunklineError
from trunkline.release import build
from trunkline.release.credential import Credential
from trunkline.release.index import Address, Index

PROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "trunkline-example"
version = "1.2.3"
readme = "README.md"
requires-python = ">=3.11"
license = "MIT"
license-files = ["LICENSE"]
dependencies = ["pydantic>=2", "httpx2>=2"]
[tool.hatch.build.targets.wheel]
packages = ["trunkline_example"]
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example")
    root = folder / "example"
    (root / "trunkline_example").mkdir(parents=True)
    (root / "pyproject.toml").write_text(PROJECT)
    (root / "README.md").write_text("# Example\n\nText.\n")
    (root / "LICENSE").write_text("MIT License\n")
    for name in ("__init__.py", "py.typed"):
        (root / "trunkline_example" / name).write_text("")
    return build(root, folder / "dist").wheel


def open_index(scripted: Any, timeout: float = 30) -> Index:
    address = Address.of(f"{scripted.url}/upload/")
    return Index(address, Credential("__token__", "pypi-secret"), timeout)


def fails(scripted: Any, wheel: Path, timeout: float = 30) -> TrunklineError:
    with open_index(scripted, timeout) as index, pytest.raises(TrunklineError) as raised:
        index.upload(wheel)
    assert len(raised.value.diagnostics) == 1
    assert "pypi-secret" not in str(raised.value)
    return raised.value


def test_an_upload_is_the_form_that_indexes_take(scripted: Any, wheel: Path) -> None:
    with open_index(scripted) as index:
        assert index.files("trunkline-example") == {}
        index.upload(wheel)

    ((headers, body),) = scripted.uploads
    fields = re.findall(
        rb'name="([^"]+)"(?:; filename="[^"]+")?\r\n(?:[^\r]+\r\n)*\r\n([^\r]*)', body
    )
    sent = {name.decode(): value.decode("utf-8", "replace") for name, value in fields}
    assert headers["Authorization"] == "Basic X190b2tlbl9fOnB5cGktc2VjcmV0"
    assert sent[":action"] == "file_upload"
    assert sent["name"] == "trunkline-example"
    assert sent["version"] == "1.2.3"
    assert sent["filetype"] == "bdist_wheel"
    assert sent["sha256_digest"] == hashlib.sha256(wheel.read_bytes()).hexdigest()
    assert [v.decode() for n, v in fields if n == b"requires_dist"] == ["httpx2>=2", "pydantic>=2"]
    assert scripted.listing[wheel.name][1] == wheel.read_bytes()


@pytest.mark.parametrize("status", ["400", "401", "403", "409", "429", "500", "503"])
def test_an_answer_that_says_no_is_told_and_may_be_repeated(
    scripted: Any, wheel: Path, status: str
) -> None:
    scripted.answers = [status]

    error = fails(scripted, wheel)

    assert error.exit_code is ExitCode.FINDINGS
    assert error.diagnostics[0].code is Code.INDEX
    assert f"answered {status} (said by the index) to uploading {wheel.name}" in str(error)
    with open_index(scripted) as index:
        index.upload(wheel)
    assert scripted.listing[wheel.name][1] == wheel.read_bytes()


def test_an_index_that_hangs_is_not_waited_for(scripted: Any, wheel: Path) -> None:
    scripted.answers = ["hang"]

    error = fails(scripted, wheel, timeout=0.5)

    assert error.exit_code is ExitCode.UNREACHABLE
    assert "did not answer in time" in str(error)


def test_a_connection_that_breaks_off_is_told(scripted: Any, wheel: Path) -> None:
    scripted.answers = ["cut"]

    error = fails(scripted, wheel)

    assert error.exit_code is ExitCode.UNREACHABLE
    assert "broke off" in str(error)
    assert scripted.listing == {}


def test_nobody_at_the_address(wheel: Path) -> None:
    with Index(Address.of("http://127.0.0.1:9/")) as index, pytest.raises(TrunklineError) as raised:
        index.files("trunkline-example")

    assert raised.value.exit_code is ExitCode.UNREACHABLE


def test_a_file_whose_confirmation_was_lost_is_recognised(scripted: Any, wheel: Path) -> None:
    scripted.answers = ["lost"]
    fails(scripted, wheel)

    with open_index(scripted) as index:
        assert index.has(wheel, index.files("trunkline-example"))


def test_a_conflict_over_the_same_bytes_is_none(scripted: Any, wheel: Path) -> None:
    scripted.listing[wheel.name] = ("", wheel.read_bytes())
    scripted.answers = ["409"]

    with open_index(scripted) as index:
        index.upload(wheel)


def test_a_conflict_over_other_bytes_is_refused(scripted: Any, wheel: Path) -> None:
    scripted.listing[wheel.name] = ("", b"other")
    scripted.answers = ["400"]

    error = fails(scripted, wheel)

    assert error.diagnostics[0].code is Code.PUBLISHED


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize("digest", ["sha256", "sha512", "md5", ""])
@pytest.mark.parametrize("same", [True, False])
def test_what_is_there_is_compared(
    scripted: Any, wheel: Path, digest: str, same: bool, as_json: bool
) -> None:
    content = wheel.read_bytes() if same else b"other"
    stated = f"{digest}={hashlib.new(digest, content).hexdigest()}" if digest else ""
    scripted.json = as_json
    scripted.listing[wheel.name] = (stated, content)

    with open_index(scripted) as index:
        listed = index.files("Trunkline.Example")
        if same:
            assert index.has(wheel, listed)
        else:
            with pytest.raises(TrunklineError) as raised:
                index.has(wheel, listed)
            assert raised.value.diagnostics[0].code is Code.PUBLISHED
        downloads = [path for _, path, *_ in scripted.requests if path.startswith("/files/")]
        assert bool(downloads) is (digest not in {"sha256", "sha512"})


def test_a_weak_digest_is_not_believed(scripted: Any, wheel: Path) -> None:
    stated = f"md5={hashlib.md5(wheel.read_bytes()).hexdigest()}"
    scripted.listing[wheel.name] = (stated, b"other")

    with open_index(scripted) as index, pytest.raises(TrunklineError):
        index.has(wheel, index.files("trunkline-example"))


@pytest.mark.parametrize(
    "address",
    [
        "ftp://packages.example.org/",
        "packages.example.org",
        "http://packages.example.org/upload/",
        "https://user:hunter2@packages.example.org/",
    ],
)
def test_addresses_that_are_none_or_not_safe_are_refused(address: str) -> None:
    with pytest.raises(TrunklineError) as raised:
        Address.of(address)

    assert raised.value.exit_code is ExitCode.USAGE
    assert "hunter2" not in str(raised.value)


def test_known_indexes_have_names() -> None:
    assert Address.of("pypi").upload == "https://upload.pypi.org/legacy/"
    assert Address.of("testpypi").simple == "https://test.pypi.org/simple/"
    private = Address.of("https://host/up", "https://host/api/simple")
    assert private.simple == "https://host/api/simple/"


def test_a_credential_is_not_taken_to_another_host(scripted: Any, wheel: Path) -> None:
    scripted.listing[wheel.name] = ("", wheel.read_bytes())
    other = scripted.url.replace("127.0.0.1", "localhost")
    elsewhere = Address.of(f"{scripted.url}/upload/", f"{other}/upload/simple")

    with Index(elsewhere, Credential("__token__", "pypi-secret")) as index:
        assert index.has(wheel, index.files("trunkline-example"))

    assert len(scripted.requests) == 2
    assert not any("Authorization" in headers for *_, headers, _ in scripted.requests)
