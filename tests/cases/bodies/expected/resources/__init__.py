"""Resources: what the attributes of `Bodies` are."""
