"""Models of Security."""
