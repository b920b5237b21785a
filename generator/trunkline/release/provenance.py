"""What a release was made from, as an in-toto statement with a SLSA provenance predicate.

The statement is not signed: it says what was done, and proves nothing about who says so. CI
systems that sign (GitHub's artifact attestations, PyPI's trusted publishing) attest the same files
by the same digests.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from trunkline.version import __version__

BUILD_TYPE = "urn:trunkline:build:v1"
"""External parameters: `description`, the name. Internal ones: none. The build is hatchling's."""


def statement(
    subjects: Mapping[str, str],
    materials: Mapping[str, str],
    *,
    description: str,
    revision: str | None = None,
    builder: str = "urn:trunkline:builder:local",
) -> str:
    """The statement as JSON.

    `subjects` and `materials` map file names to hexadecimal SHA-256: what was made, and the files
    it was made from. `revision` is the git commit, where the files are committed. No clock, no
    place and no name of a machine is in it.
    """
    dependencies: list[dict[str, object]] = [
        {"name": name, "digest": {"sha256": digest}} for name, digest in sorted(materials.items())
    ]
    if revision is not None:
        dependencies.append({"name": "source", "digest": {"gitCommit": revision}})
    return (
        json.dumps(
            {
                "_type": "https://in-toto.io/Statement/v1",
                "subject": [
                    {"name": name, "digest": {"sha256": digest}}
                    for name, digest in sorted(subjects.items())
                ],
                "predicateType": "https://slsa.dev/provenance/v1",
                "predicate": {
                    "buildDefinition": {
                        "buildType": BUILD_TYPE,
                        "externalParameters": {"description": description},
                        "internalParameters": {},
                        "resolvedDependencies": dependencies,
                    },
                    "runDetails": {
                        "builder": {"id": builder, "version": {"trunkline": __version__}},
                    },
                },
            },
            indent=1,
        )
        + "\n"
    )
