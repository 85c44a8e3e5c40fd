"""What the API takes and says, as OpenAPI 3.1: read off its declarations, and described here where there are none."""
