"""Resources: what the attributes of `Callbacks` are."""
