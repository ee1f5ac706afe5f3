"""What speed and memory cost, as ratios to a named baseline measured in the same run: ``python -m benchmarks``."""
