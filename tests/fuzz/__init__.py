"""Fuzzing of what reads bytes from outside: ``python -m tests.fuzz TARGET SECONDS`` (needs atheris), and the finds kept."""
