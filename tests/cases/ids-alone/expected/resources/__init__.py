"""Resources: what the attributes of `IdsAlone` are."""
