"""Resources: what the attributes of `Responses` are."""
