"""Resources: what the attributes of `Composition` are."""
