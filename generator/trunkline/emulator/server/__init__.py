"""Sockets, connections and threads."""
