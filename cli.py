"""The ``rashomon`` command."""

import click


@click.group()
def main() -> None:
    """Rashomon."""
