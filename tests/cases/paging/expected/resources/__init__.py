"""Resources: what the attributes of `Paging` are."""
