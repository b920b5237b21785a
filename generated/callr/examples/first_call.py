"""A first call. Credentials and, if it is another, the address come from the environment."""

import sys

from trunkline_callr import APIError, Callr


def main() -> int:
    with Callr() as client:
        try:
            print(client.api_key.all())
        except APIError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
