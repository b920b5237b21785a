"""Questions about schemas: members, validity, values."""
