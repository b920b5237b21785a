"""Resources: what the attributes of `Parameters` are."""
