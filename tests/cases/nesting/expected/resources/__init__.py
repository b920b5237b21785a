"""Resources: what the attributes of `Nesting` are."""
