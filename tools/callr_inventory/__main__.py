"""`python -m callr_inventory TEXT FOLDER`, in `tools/`: write the inventory of a document."""

import sys
from pathlib import Path

from callr_inventory import inventory, parse, to_yaml
from trunkline.diagnostics import TrunklineError


def main(text: str, folder: str) -> None:
    """Parse `text` and write `<folder>/<source id>.yaml`."""
    source = Path(text)
    data = inventory(parse(source.read_text(encoding="utf-8"), str(source)))
    Path(folder, f"{data['source']}.yaml").write_text(to_yaml(data), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m callr_inventory TEXT FOLDER")
    try:
        main(*sys.argv[1:])
    except (TrunklineError, OSError) as error:
        sys.exit(str(error))
