"""What says of itself that it was deleted."""

import pytest

from trunkline.contract.model import reads_deleted


@pytest.mark.parametrize(
    ("shown", "before", "said"),
    [
        ({"deleted_at": "2026-01-02T03:04:05Z"}, {"deleted_at": None}, True),
        ({"deletedAt": "2026-01-02T03:04:05Z"}, None, True),
        ({"isDeleted": True}, {"isDeleted": False}, True),
        ({"status": "archived"}, {"status": "open"}, True),
        ({"state": "CANCELLED"}, None, True),
        ({"deleted_at": None, "is_deleted": False, "status": "open"}, {}, False),
        ({"status": "archived"}, {"status": "archived"}, False),
        ({"updated_at": "2026-01-02T03:04:05Z"}, {"updated_at": "2025-01-02T03:04:05Z"}, False),
        ({"title": "cancelled"}, {"title": "other"}, False),
        (None, {}, False),
        ([], None, False),
    ],
)
def test_reads_deleted(shown, before, said):
    assert reads_deleted(shown, before) is said
