"""Resources: what the attributes of `Openapi32` are."""
