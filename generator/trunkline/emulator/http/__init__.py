"""HTTP messages: what is received and sent, which operation and media type are meant."""
