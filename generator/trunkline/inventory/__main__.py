"""`python -m trunkline.inventory TEXT FOLDER`: write the inventory of a document into a folder."""

import sys
from pathlib import Path

from trunkline.diagnostics import TrunklineError
from trunkline.inventory import inventory, parse, to_yaml


def main(text: str, folder: str) -> None:
    """Parse `text` and write `<folder>/<source id>.yaml`."""
    source = Path(text)
    data = inventory(parse(source.read_text(encoding="utf-8"), str(source)))
    Path(folder, f"{data['source']}.yaml").write_text(to_yaml(data), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m trunkline.inventory TEXT FOLDER")
    try:
        main(*sys.argv[1:])
    except (TrunklineError, OSError) as error:
        sys.exit(str(error))
