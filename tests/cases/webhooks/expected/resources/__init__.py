"""Resources: what the attributes of `Webhooks` are."""
