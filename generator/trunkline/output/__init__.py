"""Files on disk: formatting, comparing, writing, pruning."""

from trunkline.output.changes import Change, ChangeKind, Changes, plan_changes
from trunkline.output.formatting import formatted
from trunkline.output.manifest import MANIFEST, manifest_text
from trunkline.output.write import write

__all__ = [
    "MANIFEST",
    "Change",
    "ChangeKind",
    "Changes",
    "formatted",
    "manifest_text",
    "plan_changes",
    "write",
]
