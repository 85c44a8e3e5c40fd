"""Lists of directives as offices keep them in tables: what the columns say, and whom the cells name."""
