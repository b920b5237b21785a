"""Resources: what the attributes of `Enums` are."""
