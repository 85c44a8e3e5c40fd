"""Benchmarks: ratios measured in one run on one machine. `make bench`; figures go to `docs/benchmarks.md`."""
