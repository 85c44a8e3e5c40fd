"""Notices: what was concluded, paragraph by paragraph, and what it gives to whom."""
