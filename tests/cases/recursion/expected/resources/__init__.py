"""Resources: what the attributes of `Recursion` are."""
