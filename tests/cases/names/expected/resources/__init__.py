"""Resources: what the attributes of `Names` are."""
