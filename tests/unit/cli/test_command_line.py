"""The command that a report shows holds no secret."""

import pytest

from trunkline.cli.command_line import without_secrets


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (["--token", "hush"], ["--token", "…"]),
        (["--token=hush"], ["--token=…"]),
        (["--token", "@file"], ["--token", "@file"]),
        (["--other-token", "hush", "--seed", "3"], ["--other-token", "…", "--seed", "3"]),
        (["--credential", "key=hush"], ["--credential", "key=…"]),
        (["--credential", "key=@file"], ["--credential", "key=@file"]),
        (["--header", "X-Key: hush"], ["--header", "X-Key: …"]),
        (["--header=X-Key: hush"], ["--header=X-Key: …"]),
        (["--secret", "hush", "--login", "me:hush"], ["--secret", "…", "--login", "…"]),
        (["test", "telnyx", "--only", "create-read"], ["test", "telnyx", "--only", "create-read"]),
    ],
)
def test_values_that_may_be_secret_are_left_out(given, shown):
    assert without_secrets(given) == shown
