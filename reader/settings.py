"""What the user chose for the reading of texts. One choice for the whole process; it changes no text and no rule.

The default is the package as it is: our own pipeline and our own table of vague words.
"""

from __future__ import annotations

from typing import NamedTuple


class SettingsError(ValueError):
    """What the user chose cannot be used; the message is one line that says why and what to do."""


class Settings(NamedTuple):
    """``model`` is a folder or an installed package, ``vague`` a TOML file; "" is our own.

    ``private`` lets pages be fetched from addresses of this machine and of private networks.
    """

    model: str = ""
    vague: str = ""
    private: bool = False


_chosen = Settings()


def use(settings: Settings) -> None:
    """Understand texts by ``settings`` from now on."""
    global _chosen
    _chosen = settings


def in_use() -> Settings:
    """The settings that texts are understood by now."""
    return _chosen
