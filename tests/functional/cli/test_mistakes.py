"""Wrong input: one clear message with a position where there is one, an exit code, no traceback."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

VALID = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
paths:
  /items:
    get:
      operationId: listItems
      responses:
        "200":
          description: Items.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Item'}
components:
  schemas:
    Item: {type: object, properties: {name: {type: string}}}
"""


def failed(done: "subprocess.CompletedProcess[str]", code: int, *said: str) -> None:
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    for text in said:
        assert text in done.stderr
    assert done.stderr.count("error:") == 1, done.stderr


def test_missing_file(trunkline: Run, tmp_path: Path) -> None:
    failed(trunkline("generate", "nowhere.yaml", cwd=tmp_path), 2, "nowhere.yaml", "[S001]")


def test_name_with_a_typo_offers_the_nearest(trunkline: Run) -> None:
    failed(trunkline("generate", "telnix"), 2, "telnix", "Did you mean 'telnyx'?", "[U001]")


def test_syntax_error_has_a_position(trunkline: Run, tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text("openapi: 3.1.0\ninfo: {title: Shop, version: [\n")

    failed(trunkline("generate", "api.yaml", cwd=tmp_path), 1, "api.yaml:3:1", "[S002]")
    assert not (tmp_path / "generated").exists()


def test_invalid_description_has_a_position(trunkline: Run, tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(VALID.replace("description: Items.", "descripton: Items."))

    done = trunkline("validate", "api.yaml", cwd=tmp_path)
    assert done.returncode == 1
    assert 'api.yaml:9:11: error: "description" is a required property [D001]' in done.stderr
    # What changes the meaning of nothing else does not keep a client from being made.
    done = trunkline("generate", "api.yaml", "--out", "client", cwd=tmp_path)
    assert done.returncode == 0
    assert "api.yaml:9:11: warning:" in done.stdout + done.stderr


def test_broken_description_has_a_position(trunkline: Run, tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: a, version: '1'}\npaths: {}\nwebhooks: 7\n"
    )

    failed(trunkline("generate", "api.yaml", cwd=tmp_path), 1, "api.yaml:4:", "7", "[D001]")
    assert not (tmp_path / "generated").exists()


def test_a_slip_that_leaves_the_rest_readable_is_a_warning(trunkline: Run, tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(VALID + "servers: 7\n")

    done = trunkline("generate", "api.yaml", "--out", "out", cwd=tmp_path)
    assert done.returncode == 0
    assert '7 is not of type "array" [D004]' in done.stderr
    assert (tmp_path / "out" / "pyproject.toml").exists()


def test_reference_to_nothing_has_a_position_and_the_nearest_name(
    trunkline: Run, tmp_path: Path
) -> None:
    (tmp_path / "api.yaml").write_text(VALID.replace("schemas/Item'", "schemas/Itme'"))

    done = trunkline("generate", "api.yaml", cwd=tmp_path)
    failed(done, 1, "api.yaml:12:", "Itme", "Item", "[S004]")
    assert not (tmp_path / "generated").exists()


def test_swagger_1_is_refused_with_advice(trunkline: Run, tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text("swagger: '1.2'\ninfo: {title: Shop, version: '1'}\n")

    failed(trunkline("generate", "api.yaml", cwd=tmp_path), 1, "[D003]", "hint:")


def test_unreachable_server(trunkline: Run) -> None:
    done = trunkline("test", "telnyx", "--base-url", "http://127.0.0.1:9", "--token", "x")
    failed(done, 3, "127.0.0.1:9", "[T001]")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("test", "telnyx", "--profile", "smok"), "smoke"),
        (("test", "telnyx", "--shard", "3/2"), "3/2"),
        (("test", "telnyx", "--header", "no colon"), "no colon"),
        (("test", "telnyx", "--base-url", "ftp://x"), "ftp://x"),
        (("test", "telnyx", "--only", "create-reed"), "create-reed"),
        (("serve", "telnyx", "--port", "99999"), "99999"),
        (("serve", "telnyx", "--defect", "no-such"), "no-such"),
        (("genrate",), "generate"),
        (("generate", "--chek"), "--check"),
        (("diff", "telnyx", "telnyx", "--format", "xml"), "'--format': 'xml' is not one of"),
        (("explain", "X999"), "X999"),
    ],
)
def test_wrong_arguments(trunkline: Run, arguments: tuple[str, ...], said: str) -> None:
    failed(trunkline(*arguments), 2, said)


def test_generating_over_a_hand_edit_is_refused(trunkline: Run, tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(VALID)
    assert trunkline("generate", "api.yaml", cwd=tmp_path).returncode == 0
    (client,) = tmp_path.glob("generated/*/trunkline_*/client.py")
    edited = client.read_text() + "\n# mine\n"
    client.write_text(edited)
    (tmp_path / "api.yaml").write_text(VALID.replace("Shop", "Store"))

    failed(trunkline("generate", "api.yaml", cwd=tmp_path), 1, "client.py", "[G002]")
    assert client.read_text() == edited
    assert trunkline("generate", "api.yaml", "--force", cwd=tmp_path).returncode == 0
    assert "# mine" not in client.read_text()
