"""Resources: what the attributes of `MissingRef` are."""
