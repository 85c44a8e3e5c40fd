"""The doors through which a tick enters: read the clock, make one call, return a count."""
