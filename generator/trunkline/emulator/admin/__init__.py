"""The reserved prefix: what those who run a server see and set."""
