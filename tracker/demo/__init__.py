"""What only the demo shows: the mail that it would have sent."""
