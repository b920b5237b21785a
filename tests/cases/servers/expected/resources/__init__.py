"""Resources: what the attributes of `Servers` are."""
