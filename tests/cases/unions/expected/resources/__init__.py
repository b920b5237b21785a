"""Resources: what the attributes of `Unions` are."""
