"""Real PostgreSQL and Valkey without anything to install: for the demo, for commands and for the tests."""
