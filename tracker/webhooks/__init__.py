"""Webhooks: other systems are told of each change by a call, in the form of Standard Webhooks."""
