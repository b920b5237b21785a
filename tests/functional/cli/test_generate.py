"""`trunkline generate` and `build` as their users see them."""

import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
ROOT = Path(__file__).parents[3]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of its own, with the descriptions and the packages as they are committed."""
    for folder in ("specs", "generated"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_committed_packages_are_what_the_descriptions_generate(trunkline: Run) -> None:
    done = trunkline("generate", "--check")

    assert done.returncode == 0, done.stdout + done.stderr


def test_generating_again_changes_not_one_byte(trunkline: Run, checkout: Path) -> None:
    before = tree(checkout / "generated")

    done = trunkline("generate", cwd=checkout, env={"PYTHONHASHSEED": "7", "LC_ALL": "C"})

    assert done.returncode == 0, done.stderr
    assert "nothing to do" in done.stdout
    assert tree(checkout / "generated") == before


def test_check_fails_with_a_diff_after_an_edit(trunkline: Run, checkout: Path) -> None:
    client = checkout / "generated" / "telnyx" / "trunkline_telnyx" / "client.py"
    client.write_text(client.read_text().replace("class Telnyx", "class Telynx", 1))

    done = trunkline("generate", "telnyx", "--check", cwd=checkout)

    assert done.returncode == 1
    assert "-class Telynx(" in done.stdout
    assert "+class Telnyx(" in done.stdout
    assert "[G003]" in done.stderr


def test_file_of_a_resource_that_is_gone_is_pruned(trunkline: Run, checkout: Path) -> None:
    package = checkout / "generated" / "telnyx"
    (package / "lib").mkdir()
    (package / "lib" / "mine.py").write_text("ANSWER = 42\n")
    spec = checkout / "specs" / "telnyx" / "openapi.yaml"
    text = spec.read_text()
    start = text.index("  /credential_connections:")
    end = text.index("components:", start)
    spec.write_text(text[:start] + text[end:])
    spec.with_name("emulator.yaml").unlink()  # which says how connections behave

    done = trunkline("generate", "telnyx", cwd=checkout)

    assert done.returncode == 0, done.stderr
    resources = package / "trunkline_telnyx" / "resources"
    assert not (resources / "credential_connections.py").exists()
    assert (resources / "outbound_voice_profiles.py").exists()
    assert (package / "lib" / "mine.py").read_text() == "ANSWER = 42\n"


def test_build_refuses_a_package_that_was_edited(trunkline: Run, checkout: Path) -> None:
    client = checkout / "generated" / "telnyx" / "trunkline_telnyx" / "client.py"
    client.write_text(client.read_text() + "\n")

    done = trunkline("build", "telnyx", "--out", str(checkout / "dist"), cwd=checkout)

    assert done.returncode == 1
    assert "[G003]" in done.stderr
    assert not (checkout / "dist").exists()


def test_wheel_works_in_an_empty_environment(
    trunkline: Run, checkout: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    dist = checkout / "dist"
    done = trunkline("build", "telnyx", "--out", str(dist), cwd=checkout)
    assert done.returncode == 0, done.stderr
    (wheel,) = dist.glob("*.whl")
    environment = tmp_path_factory.mktemp("empty") / "venv"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "-c", ROOT / "constraints.txt", wheel],
        check=True,
        cwd=environment,
    )
    script = (
        "import sys; from trunkline_telnyx import NotFoundError, Telnyx\n"
        "with Telnyx(api_key='trunkline-token-1', base_url=sys.argv[1]) as client:\n"
        "    made = client.outbound_voice_profiles.create(name='office')\n"
        "    assert [p.id for p in client.outbound_voice_profiles.list()] == [made.id]\n"
        "    client.outbound_voice_profiles.delete(made.id)\n"
        "    try:\n"
        "        client.outbound_voice_profiles.retrieve(made.id)\n"
        "    except NotFoundError as error:\n"
        "        print(error.status_code, 'trunkline' in sys.modules)\n"
    )
    server = subprocess.Popen(
        [Path(sys.executable).with_name("trunkline"), "serve", "telnyx", "--json"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        assert server.stdout is not None
        url = server.stdout.readline().split('"url": "')[1].split('"')[0]
        ran = subprocess.run(
            [python, "-c", script, url], capture_output=True, text=True, cwd=environment, check=True
        )
    finally:
        server.kill()
        server.communicate()

    assert ran.stdout.split() == ["404", "False"]
