"""Resources: what the attributes of `Styles` are."""
