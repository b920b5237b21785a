"""Objects kept in SQLite, and the clock they are stamped with."""
