"""What goes out in files: comparisons and verdicts in forms that people and other programs read (docs/formats.md)."""
