"""Resources: what the attributes of `Keywords` are."""
