"""`trunkline generate` on descriptions that are not ours: files and addresses, no configuration."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

DESCRIPTION = """
openapi: 3.1.0
info: {title: Shop, version: "1"}
paths:
  /orders:
    get:
      operationId: listOrders
      tags: [orders]
      responses:
        "200":
          description: Orders.
          content: {application/json: {schema: {type: array, items: {$ref: "%s"}}}}
"""
ORDER = "Order: {type: object, required: [id], properties: {id: {type: string}}}\n"
INLINE = DESCRIPTION % "#/components/schemas/Order" + f"components:\n  schemas:\n    {ORDER}"
USE = """
import inspect
from trunkline_shop import Shop
from trunkline_shop.models import Order
with Shop(base_url="http://127.0.0.1:9") as client:
    assert "list[Order]" in str(inspect.signature(client.orders.list).return_annotation)
assert Order(id="1").model_dump() == {"id": "1"}
"""


class Web:
    """A web server on loopback; `pages` maps a path to (status, headers, body)."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[str] = []
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web.asked.append(self.path)
                status, headers, body = web.pages.get(self.path, (404, {}, b"nothing here"))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def put(self, path: str, text: str, status: int = 200, **headers: str) -> None:
        self.pages[path] = (status, headers, text.encode())


@pytest.fixture
def web() -> Iterator[Web]:
    one = Web()
    yield one
    one.server.shutdown()
    one.server.server_close()


def works(package: Path) -> None:
    subprocess.run([sys.executable, "-c", USE], cwd=package, check=True, timeout=60)


def test_a_file_anywhere(trunkline: Run, tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(INLINE)

    done = trunkline("generate", "api.yaml", "--out", "here", "--name", "shop", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    works(tmp_path / "here")


def test_a_file_is_named_after_its_folder_where_its_own_name_says_nothing(
    trunkline: Run, tmp_path: Path
) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "openapi.yml").write_text(INLINE)

    done = trunkline("generate", "openapi.yml", cwd=tmp_path / "shop")

    assert done.returncode == 0, done.stderr
    works(tmp_path / "shop" / "generated" / "shop")


def test_an_address(trunkline: Run, tmp_path: Path, web: Web) -> None:
    web.put("/shop.json?v=1", INLINE)

    done = trunkline("generate", f"{web.url}/shop.json?v=1", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert web.asked == ["/shop.json?v=1"]
    works(tmp_path / "generated" / "shop")


def test_a_redirect_on_the_same_host_is_followed(trunkline: Run, tmp_path: Path, web: Web) -> None:
    web.put("/old", "", 302, Location="/new/shop.yaml")
    web.put("/new/shop.yaml", INLINE)

    done = trunkline("generate", f"{web.url}/old", "--name", "shop", "--out", "x", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    works(tmp_path / "x")


def test_a_redirect_to_another_host_is_not(trunkline: Run, tmp_path: Path, web: Web) -> None:
    elsewhere = web.url.replace("127.0.0.1", "localhost")
    web.put("/shop.yaml", "", 301, Location=f"{elsewhere}/other.yaml")
    web.put("/other.yaml", INLINE)

    done = trunkline("generate", f"{web.url}/shop.yaml", cwd=tmp_path)

    assert done.returncode == 2
    assert "on another host" in done.stderr
    assert web.asked == ["/shop.yaml"]
    assert not (tmp_path / "generated").exists()


def test_redirects_in_a_circle_end(trunkline: Run, tmp_path: Path, web: Web) -> None:
    web.put("/a", "", 302, Location="/a")

    done = trunkline("generate", f"{web.url}/a", cwd=tmp_path)

    assert done.returncode == 2
    assert "more than 5 redirects" in done.stderr
    assert len(web.asked) == 6


@pytest.mark.parametrize(
    ("path", "said"),
    [("/nowhere", "the server answered 404"), ("/page.html", "Not an OpenAPI description")],
)
def test_what_is_no_description_is_refused(
    trunkline: Run, tmp_path: Path, web: Web, path: str, said: str
) -> None:
    web.put("/page.html", "just some text")

    done = trunkline("generate", web.url + path, cwd=tmp_path)

    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert web.url + path in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_too_large_is_not_read_to_its_end(monkeypatch, web: Web) -> None:
    from trunkline.diagnostics import TrunklineError
    from trunkline.pipeline import fetch

    monkeypatch.setattr(fetch, "MAX_BYTES", 2**20)
    web.put("/big.json", " " * 2**22)
    with pytest.raises(TrunklineError, match="larger than 1 MiB"):
        fetch.download(f"{web.url}/big.json")


def test_nobody_there_is_one_message(trunkline: Run, tmp_path: Path, web: Web) -> None:
    web.server.shutdown()
    web.server.server_close()

    done = trunkline("generate", f"{web.url}/shop.yaml", cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr.count("error:") == 1


def test_credentials_in_an_address_are_not_sent(trunkline: Run, tmp_path: Path, web: Web) -> None:
    address = web.url.replace("://", "://me:hush@") + "/shop.yaml"

    done = trunkline("generate", address, cwd=tmp_path)

    assert done.returncode == 2
    assert "hush" not in done.stdout + done.stderr
    assert web.asked == []


def test_references_below_the_address_are_read(trunkline: Run, tmp_path: Path, web: Web) -> None:
    web.put("/v1/shop.yaml", DESCRIPTION % "parts/schemas.yaml#/Order")
    web.put("/v1/parts/schemas.yaml", ORDER)

    done = trunkline("generate", f"{web.url}/v1/shop.yaml", "--out", "x", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    works(tmp_path / "x")


@pytest.mark.parametrize(
    "reference",
    ["../schemas.yaml#/Order", "/schemas.yaml#/Order", "a/%2e%2e/%2e%2e/schemas.yaml#/Order"],
)
def test_references_beside_the_address_are_read_only_where_allowed(
    trunkline: Run, tmp_path: Path, web: Web, reference: str
) -> None:
    web.put("/v1/shop.yaml", DESCRIPTION % reference)
    web.put("/schemas.yaml", ORDER)
    command = ("generate", f"{web.url}/v1/shop.yaml", "--out", "x")

    refused = trunkline(*command, cwd=tmp_path)

    assert refused.returncode == 1
    assert "[S005]" in refused.stderr
    assert "--allow-ref" in refused.stderr
    assert "shop.yaml:12:76:" in refused.stderr
    assert web.asked == ["/v1/shop.yaml"]

    allowed = trunkline(*command, "--allow-ref", web.url, cwd=tmp_path)

    if "%2e" in reference:
        assert "[S005]" in allowed.stderr
    else:
        assert allowed.returncode == 0, allowed.stderr
        works(tmp_path / "x")


@pytest.mark.parametrize("reference", ["file:///etc/passwd", "ftp://127.0.0.1/x.yaml#/Order"])
def test_other_schemes_are_never_read(
    trunkline: Run, tmp_path: Path, web: Web, reference: str
) -> None:
    web.put("/shop.yaml", DESCRIPTION % reference)

    done = trunkline(
        "generate", f"{web.url}/shop.yaml", "--allow-ref", "/", "--allow-ref", web.url, cwd=tmp_path
    )

    assert done.returncode == 1
    assert "[S005]" in done.stderr


def test_a_file_may_refer_to_what_is_allowed(trunkline: Run, tmp_path: Path, web: Web) -> None:
    web.put("/schemas.yaml", "Id: {type: string}\n")
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "order.yaml").write_text(
        ORDER.replace("id: {type: string}", f"id: {{$ref: '{web.url}/schemas.yaml#/Id'}}")
    )
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "shop.yaml").write_text(DESCRIPTION % "../shared/order.yaml#/Order")
    command = ("generate", "mine/shop.yaml", "--out", "x", "--allow-ref", "shared")

    assert "[S005]" in trunkline(*command, cwd=tmp_path).stderr

    done = trunkline(*command, "--allow-ref", web.url, cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    works(tmp_path / "x")


def test_the_start_of_a_host_or_folder_is_not_below_it() -> None:
    from trunkline.pipeline.fetch import Fetcher
    from trunkline.source import RefusedError

    fetch = Fetcher(["http://127.0.0.1:1/v1", "/tmp/one"])
    for name in (
        "http://127.0.0.1:1/v10/x",
        "http://127.0.0.1:12/v1/x",
        "https://127.0.0.1:1/v1/x",
        "http://127.0.0.1:1@example.com/v1/x",
        "http://127.0.0.1:1/v1/../x",
        "/tmp/one-more/x",
        "/tmp/one/../two",
    ):
        with pytest.raises(RefusedError):
            fetch(name)


def test_our_templates_can_be_replaced(trunkline: Run, tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(INLINE)
    own = tmp_path / "own" / "python"
    own.mkdir(parents=True)
    (own / "README.md.jinja").write_text("House style for {{ package.title }}.\n")
    models = tmp_path / "own" / "models" / "pydantic_v2"
    models.mkdir(parents=True)
    ours = Path(__file__).parents[3] / "templates" / "models" / "pydantic_v2" / "BaseModel.jinja2"
    marked = ours.read_text().replace(
        "class {{ class_name }}", "# house style\nclass {{ class_name }}"
    )
    (models / "BaseModel.jinja2").write_text(marked)

    done = trunkline(
        "generate", "api.yaml", "--name", "shop", "--out", "x", "--templates", "own", cwd=tmp_path
    )

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "x" / "README.md").read_text() == "House style for Shop.\n"
    printed = "".join(
        p.read_text()
        for p in (tmp_path / "x" / "trunkline_shop" / "models").iterdir()
        if p.is_file()
    )
    assert "# house style\nclass Order(" in printed
    works(tmp_path / "x")


def test_what_cannot_be_expressed_is_named_and_left_out_only_when_told_to(
    trunkline: Run, tmp_path: Path
) -> None:
    odd = INLINE.replace(
        "      tags: [orders]",
        "      tags: [orders]\n      parameters: [{name: odd, in: nowhere, schema: {}}]",
    )
    (tmp_path / "api.yaml").write_text(odd)
    command = ("generate", "api.yaml", "--name", "shop", "--out", "x")

    refused = trunkline(*command, cwd=tmp_path)

    assert refused.returncode == 1
    assert "api.yaml:9:20: " in refused.stderr
    assert "'odd'" in refused.stderr
    assert "--allow-skips" in refused.stderr
    assert not (tmp_path / "x").exists()

    done = trunkline(*command, "--allow-skips", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert "'odd' skipped" in done.stderr
    works(tmp_path / "x")


def test_a_security_scheme_of_no_known_kind_is_left_out_with_what_asks_for_it(
    trunkline: Run, tmp_path: Path
) -> None:
    odd = INLINE.replace("      tags:", "      security: [{weird: []}]\n      tags:")
    odd += "  securitySchemes:\n    weird: {type: telepathy}\n"
    (tmp_path / "api.yaml").write_text(odd)
    command = ("generate", "api.yaml", "--name", "shop", "--out", "x")

    refused = trunkline(*command, cwd=tmp_path)

    assert refused.returncode == 1
    assert "'weird' skipped: type 'telepathy' [L003]" in refused.stderr
    assert "[D001]" not in refused.stderr

    assert trunkline(*command, "--allow-skips", cwd=tmp_path).returncode == 0
    works(tmp_path / "x")


def test_swagger_2_is_generated_served_and_tested(trunkline: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.yaml").write_text(
        "swagger: '2.0'\n"
        "info: {title: Notes, version: '1'}\n"
        "basePath: /v1\n"
        "paths:\n"
        "  /notes:\n"
        "    post:\n"
        "      operationId: createNote\n"
        "      parameters:\n"
        "        - {name: note, in: body, required: true, schema: {$ref: '#/definitions/Note'}}\n"
        "      responses:\n"
        "        201: {description: Made, schema: {$ref: '#/definitions/Note'}}\n"
        "        422: {description: Wrong}\n"
        "  /notes/{id}:\n"
        "    get:\n"
        "      operationId: getNote\n"
        "      parameters: [{name: id, in: path, required: true, type: string}]\n"
        "      responses:\n"
        "        200: {description: One, schema: {$ref: '#/definitions/Note'}}\n"
        "        404: {description: None}\n"
        "definitions:\n"
        "  Note:\n"
        "    type: object\n"
        "    required: [text]\n"
        "    properties: {id: {type: string, readOnly: true}, text: {type: string, maxLength: 9}}\n"
    )
    made = trunkline("generate", "notes.yaml", "--out", "client", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    use = (
        "from trunkline_notes import Notes\n"
        "from trunkline_notes.models import Note\n"
        "assert Note(text='a').model_dump(exclude_unset=True) == {'text': 'a'}\n"
        "assert Notes(base_url='http://127.0.0.1:9').notes.create\n"
    )
    subprocess.run([sys.executable, "-c", use], cwd=tmp_path / "client", check=True)
    held = trunkline("test", "notes.yaml", cwd=tmp_path)
    assert held.returncode == 0, held.stdout + held.stderr
    assert trunkline("validate", "notes.yaml", cwd=tmp_path).returncode in (0, 1)
