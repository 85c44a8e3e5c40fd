"""The door for other systems: where every directive stands, as JSON."""
