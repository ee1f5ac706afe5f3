"""Addresses that may stand in what goes out."""

from __future__ import annotations

from widgets.opening import CannotOpen, checked


def web_address(address: str) -> str:
    """``address`` if it is one of the web and nothing but an address, else ""."""
    try:
        return checked(address)
    except CannotOpen:
        return ""
