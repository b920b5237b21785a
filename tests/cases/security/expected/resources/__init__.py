"""Resources: what the attributes of `Security` are."""
