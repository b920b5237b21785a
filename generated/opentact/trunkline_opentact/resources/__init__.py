"""Resources: what the attributes of `OpenTact` are."""
