"""Resources: what the attributes of `JsonApi` are."""
