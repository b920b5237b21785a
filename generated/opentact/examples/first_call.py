"""A first call. Credentials and, if it is another, the address come from the environment."""

import sys

from trunkline_opentact import APIError, OpenTact


def main() -> int:
    with OpenTact() as client:
        try:
            print(client.outbound_voice_profiles.list())
        except APIError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
