"""`trunkline diff` and `trunkline version`: every kind of side, every format, every way to fail."""

import json
import subprocess
import threading
import xml.etree.ElementTree as ET
import zipfile
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from trunkline.evolve import BY_ID

ROOT = Path(__file__).parents[3]

SCHEMAS = {
    "Thing": {
        "type": "object",
        "required": ["id"],
        "properties": {
            "id": {"type": "string", "format": "uuid", "readOnly": True},
            "name": {"type": "string", "maxLength": 20},
        },
    }
}


def described(maximum=20, *, extra=None, external=False):
    thing = {"$ref": "schemas/thing.yaml" if external else "#/components/schemas/Thing"}
    content = {"application/json": {"schema": thing}}
    schemas = json.loads(json.dumps(SCHEMAS))
    schemas["Thing"]["properties"]["name"]["maxLength"] = maximum
    if extra:
        schemas["Thing"]["properties"][extra] = {"type": "integer"}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {
            "/things": {
                "post": {
                    "operationId": "createThing",
                    "requestBody": {"required": True, "content": content},
                    "responses": {"201": {"description": "Made", "content": content}},
                }
            }
        },
        **({} if external else {"components": {"schemas": schemas}}),
    }


def write(path: Path, document) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(document, sort_keys=False))
    return path


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path):
    """A project whose description was committed and then narrowed."""
    spec = write(tmp_path / "specs" / "things" / "openapi.yaml", described())
    (spec.parent / "package.toml").write_text('version = "0.3.1"\n')
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "one")
    git(tmp_path, "tag", "v1")
    write(spec, described(10))
    return tmp_path


def test_files(trunkline, tmp_path):
    old, new = write(tmp_path / "a.yaml", described()), write(tmp_path / "b.yaml", described(10))
    done = trunkline("diff", str(old), str(new))
    assert done.returncode == 1
    summary, first, place, *_ = done.stdout.splitlines()
    assert summary == "1 breaking, 0 dangerous, 1 compatible; version: major"
    assert first.startswith("breaking   the length may go up to 10 only, not to 20")
    assert "at client.things.create (POST /things) › request body" in place
    assert "request-max-length-decreased" in done.stdout
    assert f"old {old}:" in done.stdout
    assert f"new {new}:" in done.stdout
    assert "HTTP breaking, Python compatible" in done.stdout
    assert "The generated package stays as it is." in done.stdout
    assert trunkline("diff", str(new), str(new)).stdout == "Nothing changed.\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("main", "things"),
        ("v1", "specs/things/openapi.yaml"),
        ("HEAD", "specs/things"),
        ("main:specs/things/openapi.yaml", "things"),
        ("main:things", "things"),
    ],
)
def test_revisions(trunkline, repository, old, new):
    done = trunkline("diff", old, new, "--format", "json", cwd=repository)
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)
    assert found["bump"] == "major"
    (broken,) = [c for c in found["changes"] if c["verdict"] == "breaking"]
    revision = old.partition(":")[0]
    assert broken["old"]["file"] == f"{revision}:specs/things/openapi.yaml"
    assert broken["new"]["file"] == "specs/things/openapi.yaml"
    text = (repository / "specs/things/openapi.yaml").read_text().splitlines()
    assert (
        "maxLength" in text[broken["new"]["line"] - 1] or "name" in text[broken["new"]["line"] - 1]
    )


def test_a_path_from_the_current_folder(trunkline, repository):
    folder = repository / "specs" / "things"
    assert trunkline("diff", "main:openapi.yaml", "openapi.yaml", cwd=folder).returncode == 1
    assert trunkline("diff", "main", "openapi.yaml", cwd=folder).returncode == 1


def test_references_are_read_at_the_revision(trunkline, repository):
    spec = repository / "specs" / "things" / "openapi.yaml"
    write(spec, described(external=True))
    thing = write(spec.parent / "schemas" / "thing.yaml", SCHEMAS["Thing"])
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "two")
    assert trunkline("diff", "main", "things", cwd=repository).stdout == "Nothing changed.\n"
    narrowed = json.loads(json.dumps(SCHEMAS["Thing"]))
    narrowed["properties"]["name"]["maxLength"] = 10
    write(thing, narrowed)
    done = trunkline("diff", "main", "things", "--format", "json", cwd=repository)
    (broken,) = [c for c in json.loads(done.stdout)["changes"] if c["verdict"] == "breaking"]
    assert broken["old"]["file"] == "main:specs/things/schemas/thing.yaml"


def test_references_do_not_leave_the_folder_at_a_revision(trunkline, repository):
    spec = repository / "specs" / "things" / "openapi.yaml"
    document = described()
    document["components"]["schemas"]["Thing"] = {"$ref": "../../secret.yaml"}
    write(spec, document)
    write(repository / "secret.yaml", SCHEMAS["Thing"])
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "three")
    done = trunkline("diff", "main", "main:specs/things/openapi.yaml", cwd=repository)
    assert done.returncode == 2
    done = trunkline("diff", "main:things", "v1:things", cwd=repository)
    assert done.returncode == 1
    assert "outside the description's folder" in done.stderr
    assert "main:specs/things/openapi.yaml:" in done.stderr


def test_formats(trunkline, tmp_path):
    sides = [
        str(write(tmp_path / "a.yaml", described())),
        str(write(tmp_path / "b.yaml", described(10, extra="size"))),
    ]

    def said(form, *more):
        done = trunkline("diff", *sides, "--format", form, *more)
        assert done.returncode == (0 if "never" in more else 1)
        assert done.stderr == ""
        return done.stdout

    assert said("markdown").startswith("## ")
    found = json.loads(said("json"))
    assert {c["rule"] for c in found["changes"]} <= set(BY_ID)
    assert found["counts"]["breaking"] == 1
    suite = ET.fromstring(said("junit")).find("testsuite")
    assert (suite.get("failures"), suite.get("tests")) == ("1", str(len(found["changes"])))
    assert (
        ET.fromstring(said("junit", "--fail-on", "never")).find("testsuite").get("failures") == "0"
    )
    assert said("html").startswith("<!doctype html>")
    (run,) = json.loads(said("sarif"))["runs"]
    assert len(run["results"]) == len(found["changes"])
    lines = said("github").splitlines()
    assert lines[0].startswith("::error ")
    assert f"file={tmp_path}/b.yaml" in lines[0]


def test_what_is_printed_can_be_narrowed(trunkline, tmp_path):
    sides = [
        str(write(tmp_path / "a.yaml", described())),
        str(write(tmp_path / "b.yaml", described(10, extra="size"))),
    ]
    for option in (("--only", "response-property-added"), ("--operation", "GET *")):
        done = trunkline("diff", *sides, *option)
        assert done.returncode == 1, "the exit code counts everything"
        assert "1 breaking" in done.stdout
        assert "the length may go up" not in done.stdout
    done = trunkline("diff", *sides, "--operation", "client.things.*")
    assert "the length may go up to 10" in done.stdout


def test_fail_on(trunkline, tmp_path):
    old = str(write(tmp_path / "a.yaml", described()))
    document = described()
    document["components"]["schemas"]["Thing"]["properties"]["name"]["default"] = "x"
    new = str(write(tmp_path / "b.yaml", document))
    assert trunkline("diff", old, new).returncode == 0
    assert trunkline("diff", old, new, "--fail-on", "dangerous").returncode == 1
    assert trunkline("diff", old, new, "--fail-on", "never").returncode == 0


def test_waivers(trunkline, tmp_path):
    old = str(write(tmp_path / "a.yaml", described()))
    new = str(write(tmp_path / "b.yaml", described(10)))
    waivers = write(
        tmp_path / "waivers.yaml",
        {"waivers": [{"rule": "request-max-length-decreased", "reason": "Nobody sent more."}]},
    )
    done = trunkline("diff", old, new, "--waivers", str(waivers))
    assert done.returncode == 0, done.stderr
    assert "because Nobody sent more." in done.stdout
    stale = trunkline("diff", old, old, "--waivers", str(waivers))
    assert stale.returncode == 1
    assert "[E002]" in stale.stderr


@pytest.mark.parametrize(
    ("old", "new", "said", "code"),
    [
        ("nowhere.yaml", "things", "neither a file nor a revision", "U001"),
        ("nothing", "things", "neither a file nor a revision", "U001"),
        ("main:nowhere.yaml", "things", "main has no nowhere.yaml", "S001"),
        ("gone:things", "things", "'gone' is no revision here", "E003"),
        ("--x:things", "things", "No such option", ""),
        ("main", "v1", "of which file?", "U002"),
        ("missing.whl", "things", "Cannot read missing.whl", "S001"),
        ("bad.whl", "things", "damaged, or no package", "E005"),
        ("empty.whl", "things", "carries no description", "E005"),
        ("bad.tar.gz", "things", "damaged, or no package", "E005"),
    ],
)
def test_bad_sides(trunkline, repository, old, new, said, code):
    (repository / "bad.whl").write_bytes(b"PK\x03\x04 no")
    (repository / "bad.tar.gz").write_bytes(b"\x1f\x8b no")
    with zipfile.ZipFile(repository / "empty.whl", "w") as archive:
        archive.writestr("a/__init__.py", "")
    done = trunkline("diff", old, new, cwd=repository)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert code in done.stderr
    assert len([line for line in done.stderr.splitlines() if "error:" in line]) == 1
    assert "Traceback" not in done.stderr


def test_outside_a_repository(trunkline, tmp_path):
    spec = write(tmp_path / "a.yaml", described())
    done = trunkline("diff", "main", str(spec), cwd=tmp_path, env={"GIT_CEILING_DIRECTORIES": "/"})
    assert done.returncode == 2
    assert "not in a git repository" in done.stderr


@pytest.fixture
def built(trunkline, repository):
    """The package of the first version: its wheel and its sdist."""
    write(repository / "specs" / "things" / "openapi.yaml", described())
    done = trunkline("generate", "things", cwd=repository)
    assert done.returncode == 0, done.stderr
    done = trunkline("build", "things", cwd=repository)
    assert done.returncode == 0, done.stderr
    write(repository / "specs" / "things" / "openapi.yaml", described(10, extra="size"))
    return sorted((repository / "dist").glob("*.[wt]*"))


def test_packages_carry_their_description(trunkline, repository, built):
    assert {path.suffix for path in built} == {".whl", ".gz"}
    for path in built:
        done = trunkline("diff", str(path), "things", "--format", "json", cwd=repository)
        assert done.returncode == 1, done.stderr
        found = json.loads(done.stdout)
        assert found["old"] == "trunkline-things==0.3.1"
        (broken,) = [c for c in found["changes"] if c["verdict"] == "breaking"]
        assert broken["old"]["file"] == "trunkline-things==0.3.1/openapi.yaml"


def published(repository: Path) -> None:
    """Keep the version that was built as a published one, as `trunkline publish` does."""
    from trunkline.release.bundle import bundle_text, read_distribution

    (wheel,) = (repository / "dist").glob("*.whl")
    bundle = read_distribution(wheel.read_bytes(), wheel.name)
    place = repository / "specs" / "things" / "published" / f"{bundle.version}.json"
    place.parent.mkdir(parents=True)
    place.write_text(bundle_text(bundle))


def test_the_version_follows_from_what_was_published(trunkline, repository, built):
    published(repository)
    done = trunkline("version", "things", "--write", cwd=repository)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("published trunkline-things==0.3.1, bump major, next 0.4.0\n")
    folder = repository / "specs" / "things"
    assert 'version = "0.4.0"' in (folder / "package.toml").read_text()
    log = (folder / "CHANGELOG.md").read_text()
    assert log.startswith("# Changelog\n\n## 0.4.0\n\n### Breaking\n")
    assert "client.root.create" in log or "client.things.create" in log
    assert "Check what you send." in log
    again = trunkline("version", "things", "--write", cwd=repository)
    assert again.stderr == "", "nothing is left to write"
    assert (folder / "CHANGELOG.md").read_text() == log

    write(folder / "openapi.yaml", described(20, extra="size"))
    done = trunkline("version", "things", "--write", cwd=repository)
    assert "bump minor, next 0.3.2" in done.stdout
    assert trunkline("generate", "things", cwd=repository).returncode == 0
    assert trunkline("build", "things", cwd=repository).returncode == 0
    (wheel,) = (repository / "dist").glob("*0.3.2*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert "## 0.3.2" in archive.read("trunkline_things/CHANGELOG.md").decode()


def test_a_first_version_is_the_one_in_the_package_file(trunkline, repository):
    done = trunkline("version", "things", cwd=repository)
    assert done.stdout.startswith("published nothing, bump none, next 0.3.1\n")


def test_a_damaged_record_is_said(trunkline, repository):
    place = repository / "specs" / "things" / "published" / "0.3.0.json"
    place.parent.mkdir()
    place.write_text("{")
    done = trunkline("version", "things", cwd=repository)
    assert done.returncode == 2
    assert "[E005]" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def index(tmp_path):
    """A folder served as an index; returns its address and the folder of the project's files."""
    files = tmp_path / "index" / "simple" / "trunkline-things"
    files.mkdir(parents=True)

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(tmp_path / "index"))

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", files
    server.shutdown()
    server.server_close()


def test_a_version_on_an_index(trunkline, repository, built, index):
    address, files = index
    for path in built:
        (files / path.name).write_bytes(path.read_bytes())

    def diff(old):
        return trunkline("diff", old, "things", "--index", address, cwd=repository)

    done = diff("Trunkline_Things==0.3.1")
    assert done.returncode == 1, done.stderr
    assert "old trunkline-things==0.3.1/openapi.yaml:" in done.stdout
    next(files.glob("*.whl")).unlink()
    assert diff("trunkline-things==0.3.1").stdout == done.stdout, "the sdist does as well"
    for old in ("trunkline-things==0.3.2", "trunkline-other==0.3.1", "trunkline-things==0.3"):
        missing = diff(old)
        assert missing.returncode == 2
        assert f"The index has no {old}" in missing.stderr
        assert "[E004]" in missing.stderr


def test_an_index_that_sends_something_else(trunkline, repository, built, index):
    address, files = index
    (wheel,) = (path for path in built if path.suffix == ".whl")
    (files / wheel.name).write_bytes(wheel.read_bytes()[:-100])
    link = f'<a href="{wheel.name}#sha256={"0" * 64}">{wheel.name}</a>'
    (files / "index.html").write_text(link)
    done = trunkline(
        "diff", "trunkline-things==0.3.1", "things", "--index", address, cwd=repository
    )
    assert done.returncode == 1
    assert "not what it lists" in done.stderr
    (files / "index.html").write_text(f'<a href="{wheel.name}">{wheel.name}</a>')
    done = trunkline(
        "diff", "trunkline-things==0.3.1", "things", "--index", address, cwd=repository
    )
    assert done.returncode == 2
    assert "damaged, or no package" in done.stderr
