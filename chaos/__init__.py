"""Chaos: the whole machinery of sending under kills, and the proof that it kept its word. `make chaos`."""
