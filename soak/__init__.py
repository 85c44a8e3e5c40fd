"""What takes too long for every run of the tests: the same promises, with so much more of everything."""
