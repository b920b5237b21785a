"""Pictures of every page that people see: report, emulator's page, documentation, README.

    python tools/screenshots.py [FOLDER]

Each page on a desktop and on a phone, light and dark, as `FOLDER/PAGE-WIDTH-SCHEME.png`
(`build/screenshots` where none is given). Everything is made here: a report of a run with three
defects, an emulator with objects, the site and the README as HTML. Exit status 1 when a page is
wider than the screen or its browser logs an error. Needs Chromium and its driver.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx2
import markdown  # type: ignore[import-untyped]  # ships none
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from trunkline.contract import Profile
from trunkline.contract.reports import html
from trunkline.emulator import running
from trunkline.pipeline import load_api
from trunkline.pipeline.testing import RunOptions, Target, run_suite

ROOT = Path(__file__).resolve().parent.parent
SCREENS = {"desktop": (1280, 900), "phone": (390, 844)}
SCHEMES = ("light", "dark")
DEFECTS = ("update-not-kept", "filter-ignored", "page-repeats-one")
DOCUMENTATION = ("index", "tutorial", "how-to/use-a-client", "reference/rules", "apis/telnyx")
README = """<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>README</title>
<style>body {{ font: 16px/1.5 sans-serif; margin: 1rem auto; max-width: 52rem; padding: 0 1rem }}
pre, table {{ display: block; overflow-x: auto }} img {{ max-width: 100% }}
td, th {{ border: 1px solid #8888; padding: .3rem .6rem }}</style>{body}"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # inherited name
        """Nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder on a port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def site(folder: Path) -> Path:
    """The documentation, built in `folder`."""
    shutil.copy(ROOT / "zensical.toml", folder)
    shutil.copytree(ROOT / "docs", folder / "docs")
    subprocess.run(
        [Path(sys.executable).parent / "zensical", "build", "--strict"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return folder / "site"


def readme(file: Path) -> str:
    """A README as a page."""
    text = file.read_text(encoding="utf-8")
    return README.format(body=markdown.markdown(text, extensions=["tables", "fenced_code"]))


@contextmanager
def pages() -> Iterator[dict[str, str]]:
    """Name of a page → its address."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        run = run_suite("telnyx", Target(defects=DEFECTS), RunOptions(profile=Profile.SMOKE))
        (folder / "report.html").write_text(html(run), encoding="utf-8")
        shutil.copytree(ROOT / "docs" / "images", folder / "docs" / "images")
        for name, file in {
            "readme": ROOT / "README.md",
            "readme-telnyx": ROOT / "generated" / "telnyx" / "README.md",
        }.items():
            (folder / f"{name}.html").write_text(readme(file), encoding="utf-8")
        files = stack.enter_context(served(folder))
        documentation = stack.enter_context(served(site(Path(stack.enter_context(
            tempfile.TemporaryDirectory())))))  # fmt: skip
        server = stack.enter_context(running(load_api("telnyx").api))
        for name in ("office", "night shift"):
            httpx2.post(
                f"{server.url}/outbound_voice_profiles",
                json={"name": name},
                headers={"Authorization": f"Bearer {server.credentials['token']}"},
            )
        yield {
            **{name: f"{files}/{name}.html" for name in ("report", "readme", "readme-telnyx")},
            "emulator": f"{server.origin}/__trunkline__/",
            **{p.replace("/", "-"): f"{documentation}/{p}.html" for p in DOCUMENTATION},
        }


@contextmanager
def browser(scheme: str) -> Iterator[webdriver.Chrome]:
    """Headless Chromium with an empty profile, that prefers the colours of `scheme`."""
    with tempfile.TemporaryDirectory() as profile:
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        for argument in ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"):
            options.add_argument(argument)
        options.add_argument(f"--user-data-dir={profile}")
        driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        wanted = [{"name": "prefers-color-scheme", "value": scheme}]
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": wanted})
        yield driver
        driver.quit()


def taken(folder: Path) -> list[str]:
    """Take every picture; what is wrong with pages."""
    wrong: list[str] = []
    with pages() as found:
        for scheme in SCHEMES:
            with browser(scheme) as driver:
                for screen, (width, height) in SCREENS.items():
                    driver.execute_cdp_cmd(
                        "Emulation.setDeviceMetricsOverride",
                        {"width": width, "height": height, "deviceScaleFactor": 1,
                         "mobile": screen == "phone"},
                    )  # fmt: skip
                    for name, address in found.items():
                        driver.get(address)
                        driver.implicitly_wait(1)
                        driver.save_screenshot(str(folder / f"{name}-{screen}-{scheme}.png"))
                        wide = driver.execute_script("return document.documentElement.scrollWidth")
                        if wide > width:
                            wrong.append(f"{name} is {wide} wide on a {screen} of {width}")
                        wrong += [f"{name}: {e['message']}" for e in driver.get_log("browser")  # type: ignore[no-untyped-call]  # selenium's
                                  if "favicon" not in e["message"]]  # fmt: skip
    return wrong


def main() -> int:
    """Take the pictures and say where they are."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    wrong = taken(folder)
    for line in dict.fromkeys(wrong):
        print(line, file=sys.stderr)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
