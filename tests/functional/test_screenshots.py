"""Every page that people see fits a desktop and a phone, light and dark, and logs no error."""

import subprocess
import sys
from pathlib import Path

import pytest
from selenium import webdriver

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.exhaustive
def test_pictures_of_all_pages(tmp_path: Path, browser: webdriver.Chrome) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "screenshots.py", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    pictures = list(tmp_path.glob("*.png"))
    assert len(pictures) == 36
    assert all(picture.stat().st_size > 5_000 for picture in pictures)
