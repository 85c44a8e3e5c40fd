"""The desk of the secretariat, the administrator and the auditor: rows to read, verbs to do."""
