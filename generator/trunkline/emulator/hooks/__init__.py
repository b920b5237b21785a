"""Where decisions of the server can be observed and changed."""
