"""Resources: what the attributes of `Rpc` are."""
