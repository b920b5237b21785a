"""Resources: what the attributes of `AddressedMethods` are."""
