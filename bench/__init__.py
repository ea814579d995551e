"""Benchmarks: each prints its figures beside a peer of the same run, and writes them to bench/results as JSON."""
