"""Opening an address in the browser that the system is set to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from urllib.parse import urlsplit


class CannotOpen(Exception):
    """The address cannot be opened; the message is one line."""


def checked(address: str) -> str:
    """``address`` if it is one of the web, in which nothing but an address can be; raises `CannotOpen`."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        parts, host = None, None
    if parts is None or parts.scheme not in ("http", "https") or not host:
        raise CannotOpen(f"{address[:200]}: only addresses that begin with http:// or https:// are opened")
    if any(character.isspace() or not character.isprintable() for character in address):
        raise CannotOpen("the address holds characters that belong in none, so it is not opened")
    return address


def opener(platform: str = sys.platform, environment: Mapping[str, str] = os.environ) -> list[str]:
    """The command that hands an address to the browser; raises `CannotOpen` where there is none.

    Over ssh, and on Linux without a display, a browser would open on a machine nobody sits at, or take the terminal.
    """
    names = {"darwin": ("open",), "win32": ("explorer",)}.get(platform, ("xdg-open", "gio", "wslview"))
    shown = platform in ("darwin", "win32") or environment.keys() & {"DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"}
    for name in names:
        if shown and (path := shutil.which(name, path=environment.get("PATH"))):
            return [path, "open"] if name == "gio" else [path]
    raise CannotOpen("no browser to open here")


def open_address(address: str) -> None:
    """Open ``address``; raises `CannotOpen`. No shell reads it, and nothing waits for the browser."""
    command = [*opener(), checked(address)]
    try:
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise CannotOpen(f"{command[0]}: {error.strerror or error}") from error
