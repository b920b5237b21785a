"""Resources: what the attributes of `Callr` are."""
