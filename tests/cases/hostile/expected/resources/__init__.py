"""Resources: what the attributes of `Hostile` are."""
