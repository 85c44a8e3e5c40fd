"""The leaders' page: how the work of a committee or an agency stands at the end of a day, and which rows say so."""
