"""The command line: the only module that prints."""


def main() -> None:
    """Entry point of the console script."""
    raise SystemExit(2)
