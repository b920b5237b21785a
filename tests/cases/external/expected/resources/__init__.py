"""Resources: what the attributes of `External` are."""
