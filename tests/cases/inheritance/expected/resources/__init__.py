"""Resources: what the attributes of `Inheritance` are."""
