"""A first call. Credentials and, if it is another, the address come from the environment."""

import sys

from trunkline_telnyx import APIError, Telnyx


def main() -> int:
    with Telnyx() as client:
        try:
            for item in client.outbound_voice_profiles.list():
                print(item)
        except APIError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
