"""From the text of a request to values, and who is asking."""
