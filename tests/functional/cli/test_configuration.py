"""What a project says once: which file counts, for which command, and what comes first."""

from pathlib import Path

import pytest

from trunkline.cli.main import run

PETS = (
    "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths: {}\n"
    "components:\n  schemas:\n    A:\n      type: object\n      properties:\n"
    + "".join(f"        p{n}: {{type: string, nullable: true}}\n" for n in range(9))
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "pets.yaml").write_text(PETS)
    (tmp_path / "zoo.yaml").write_text(PETS.replace("Pets", "Zoo"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> int:
    """How many slips of one kind a command prints, which `max` says."""
    assert run(arguments) in (0, 1)
    return capsys.readouterr().err.count("[D004]")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("trunkline.toml", "[validate]\nmax = 4\n"),
        ("pyproject.toml", "[tool.trunkline.validate]\nmax = 4\n"),
        ("pyproject.toml", "[tool.trunkline]\nvalidate = { max = 4 }\n"),
    ],
)
def test_either_file_speaks(project, capsys, name, text):
    (project / name).write_text(text)
    assert told(capsys, "validate", "pets.yaml") == 4
    assert told(capsys, "validate", "pets.yaml", "--max", "2") == 2
    assert told(capsys, "--isolated", "validate", "pets.yaml") == 9


def test_the_table_of_a_description_comes_before_that_of_the_command(project, capsys):
    (project / "trunkline.toml").write_text(
        '[validate]\nmax = 4\nspec = "zoo.yaml"\n[apis.pets.validate]\nmax = 3\n'
        '[apis."./zoo.yaml".test]\nmax-seconds = 1\n'
    )
    assert told(capsys, "validate", "pets.yaml") == 3
    assert told(capsys, "validate") == 4, "the description is said by the configuration"
    assert told(capsys, "validate", "pets.yaml", "--max", "2") == 2


def test_the_nearest_file_counts_and_paths_lead_from_it(project, capsys, monkeypatch):
    (project / "trunkline.toml").write_text('[validate]\nmax = 4\nspec = "zoo.yaml"\n')
    below = project / "below"
    below.mkdir()
    monkeypatch.chdir(below)
    assert told(capsys, "validate") == 4
    (below / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert told(capsys, "validate") == 4, "one that says nothing of this is passed over"
    (below / "other.toml").write_text("[validate]\nmax = 1\n")
    assert told(capsys, "--config", "other.toml", "validate", "../pets.yaml") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[validat]\n", "trunkline.toml:1:2: error: 'validat' is not known here"),
        ("[validate]\nmx = 1\n", "trunkline.toml:2:1: error: 'mx' is not known here"),
        ("[validate]\nmax = 'many'\n", "trunkline.toml:2:1: error: max is a number"),
        ("[validate]\nmax = [1]\n", "trunkline.toml:2:1: error: max is one value, not a list"),
        ("[test]\nallow-writes = 1\n", "trunkline.toml:2:1: error: allow-writes is true or false"),
        ("[test]\nonly = [1]\n", "trunkline.toml:2:1: error: only is text"),
        ("validate = 1\n", "trunkline.toml:1:1: error: validate is a table"),
        ("apis = 1\n", "trunkline.toml:1:1: error: apis has a table for each description"),
        ("[apis.pets.validate]\nmx = 1\n", "trunkline.toml:2:1: error: 'mx' is not known here"),
        ("[validate]\nmax 1\n", "trunkline.toml:2:5: error: No TOML"),
        ("[test]\ntoken = 'abc'\n", "trunkline.toml:2:1: error: token is a secret"),
        ("[test]\nheader = ['X-Api-Key: a']\n", "trunkline.toml:2:1: error: header is a secret"),
        ("[test]\ncredential = 'key=a'\n", "trunkline.toml:2:1: error: credential is a secret"),
    ],
)
def test_what_is_not_understood_is_said_and_nothing_done(project, capsys, text, said):
    (project / "trunkline.toml").write_text(text)
    assert run(["validate", "pets.yaml"]) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert not shown.out
    assert run(["--isolated", "validate", "pets.yaml"]) == 0
    assert run(["validate", "--help"]) == 0


def test_every_command_and_option_can_be_said(project, capsys):
    """Each option of each command under its own name, with a value of its kind."""
    from typer.main import get_command

    from trunkline.cli.configuration import names
    from trunkline.cli.main import application

    values = {int: "1", float: "1.5", bool: "true"}
    lines = []
    for command, one in get_command(application()).commands.items():
        inner = one.commands if hasattr(one, "commands") else {"": one}
        for part, leaf in inner.items():
            lines.append(f"[{command}{'.' if part else ''}{part}]")
            for parameter in leaf.params:
                annotation = parameter.type_descriptor.annotation
                value = values.get(annotation, '"@x"')
                if isinstance(annotation, type) and hasattr(annotation, "__members__"):
                    value = f'"{next(iter(annotation)).value}"'
                if list in (annotation, getattr(annotation, "__origin__", None)):
                    value = '["@x"]'
                lines += [f"{name} = {value}" for name in names(parameter)]
    assert len(lines) > 150
    (project / "trunkline.toml").write_text("\n".join(lines) + "\n")
    run(["validate", "pets.yaml"])
    assert "[U005]" not in capsys.readouterr().err
