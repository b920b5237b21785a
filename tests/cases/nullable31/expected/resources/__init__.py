"""Resources: what the attributes of `Nullable31` are."""
