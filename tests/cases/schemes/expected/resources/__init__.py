"""Resources: what the attributes of `Schemes` are."""
