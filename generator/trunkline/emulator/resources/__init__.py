"""What is worked out once about every resource and operation."""
