"""Resources: what the attributes of `Ambiguous` are."""
