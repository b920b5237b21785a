"""Resources: what the attributes of `Sparse` are."""
