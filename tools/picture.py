"""Draw docs/images/run.svg: a real run that finds a real fault, as a terminal shows it.

python tools/picture.py
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "run.svg"
COMMAND = ["trunkline", "test", "telnyx", "--defect", "total-too-high", "--only", "page-numbers"]
WIDTH = 104


def main() -> None:
    """Run the command and draw what it prints."""
    done = subprocess.run(
        [Path(sys.executable).with_name(COMMAND[0]), *COMMAND[1:]],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 1:
        sys.exit(f"the run did not end with findings: {done.stderr}")
    console = Console(record=True, width=WIDTH, file=io.StringIO(), highlight=False)
    console.print(Text("$ " + " ".join(COMMAND), style="bold green"))
    for line in done.stdout.rstrip().splitlines():
        style = "bold red" if re.match(r"\d+\. ", line) else ""
        if line.lstrip().startswith("says "):
            style = "cyan"
        elif line.lstrip().startswith("> "):
            style = "yellow"
        elif line.lstrip().startswith(("$ ", ">>> ")):
            style = "green"
        console.print(Text(line, style=style), no_wrap=True, overflow="ellipsis")
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    svg = console.export_svg(title="trunkline", unique_id="run", font_aspect_ratio=0.61)
    # The fonts that rich would have fetched from elsewhere stay out.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    PICTURE.write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
