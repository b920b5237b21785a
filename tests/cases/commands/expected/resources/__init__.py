"""Resources: what the attributes of `Commands` are."""
