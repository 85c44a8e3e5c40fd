"""From `seeds/` into the database: reference rows as data, and the demo's work through the actions."""
