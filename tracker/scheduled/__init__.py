"""Scheduled papers on pages: the same form and the same list at the desk and on the agency's pages."""
