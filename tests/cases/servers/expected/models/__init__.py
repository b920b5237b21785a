"""Models of Servers."""
