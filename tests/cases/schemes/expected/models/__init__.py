"""Models of Schemes."""
