"""Resources: what the attributes of `Telnyx` are."""
