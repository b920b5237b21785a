"""What operations do: objects created, shown, listed, changed and deleted."""
