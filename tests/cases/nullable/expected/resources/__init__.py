"""Resources: what the attributes of `Nullable` are."""
