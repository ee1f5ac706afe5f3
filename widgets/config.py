"""The configuration file: which model and vague words to read with, the theme, who judges, and the keys.

Every error is one line that names the file, the setting, why it cannot be used and what to do.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from reader.settings import Settings, SettingsError
from widgets.actions import BY_ID, NAMED_KEYS, SCREENS, commands_of, parse_keys
from widgets.nearest import nearest

TEMPLATE = Path(__file__).with_name("config.toml")
"""A configuration with every setting, each commented out."""
LONGEST = 2
"""Keys in one command, at most."""
_SECTIONS: Mapping[str, tuple[str, ...]] = {"reading": ("model", "vague"), "fetching": ("private",)}
_WAYS_OUT = ("app.quit_app", "app.help", "app.palette")
"""Actions of which one must have a key: each leads to quitting, the last two by the name of the action."""
_TAKEN = frozenset("czsqimhjba[")
"""Letters that with Ctrl belong to the terminal (signals, flow control, Tab, Enter, Backspace), tmux or screen."""
_MODIFIERS = frozenset(("ctrl", "shift", "alt", "super"))


class ConfigError(SettingsError):
    """The configuration cannot be used; the message is one line."""


@dataclass(frozen=True)
class Config:
    """What the user configured. ``exists`` tells whether the file is there; without it everything is as it comes."""

    path: Path
    exists: bool = False
    reading: Settings = field(default_factory=Settings)
    theme: str = ""
    reviewer: str = ""
    """Who judges, "" for the name of the login."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys by action id, in place of the action's own."""


def default_path() -> Path:
    """``config.toml`` in the user's configuration directory."""
    return platformdirs.user_config_path("rashomon", appauthor=False) / "config.toml"


def load(path: Path | None = None) -> Config:
    """Read the configuration in ``path``, or in the default place, where it may be missing.

    Paths in it start from its own folder. Raises `ConfigError`.
    """
    where = path or default_path()
    try:
        table = tomllib.loads(where.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        if path is None:
            return Config(where)
        raise ConfigError(f"{where}: no such file; name another, or make it with rashomon config --init") from None
    except OSError as error:
        raise ConfigError(f"{where}: it cannot be read ({error.strerror or error})") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{where}: not TOML ({error}); correct it there") from None
    try:
        return _config(where, table)
    except ConfigError as error:
        raise ConfigError(f"{where}: {error}") from None


def check_theme(config: Config) -> None:
    """Raise `ConfigError` if there is no such theme. Imports Textual, so only what draws screens or checks asks."""
    from textual.theme import BUILTIN_THEMES

    from widgets.themes import THEMES

    names = (*(theme.name for theme in THEMES), *BUILTIN_THEMES)
    if config.theme and config.theme not in names:
        hint = nearest(config.theme, names) or f"choose one of {', '.join(sorted(names))}"
        raise ConfigError(f'{config.path}: theme: there is no theme "{config.theme}"; {hint}')


def write_template(path: Path) -> None:
    """Write a configuration with every setting commented out. Raises `ConfigError` where there is one already."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=False)
        with path.open("w", encoding="utf-8") as file:
            file.write(TEMPLATE.read_text(encoding="utf-8"))
    except FileExistsError:
        raise ConfigError(f"{path}: there is one already, and it stays as it is") from None
    except OSError as error:
        raise ConfigError(f"{path}: it cannot be written ({error.strerror or error}); name another place") from None


def _config(where: Path, table: dict[str, Any]) -> Config:
    for name in table:
        _known(name, (*_SECTIONS, "keys", "reviewer", "theme"), "setting")
    for section, names in _SECTIONS.items():
        for name in _table(table, section):
            _known(name, names, "setting", section)
    reading = _table(table, "reading")
    model = _text(reading, "model", "reading")
    vague = _text(reading, "vague", "reading")
    if model and (not model.isidentifier() or (where.parent / model).is_dir()):
        model = str(_there(where, model, "reading.model", "folder"))
    if vague:
        vague = str(_there(where, vague, "reading.vague", "file"))
    theme, reviewer = _text(table, "theme"), _text(table, "reviewer")
    private = _table(table, "fetching").get("private", False)
    if not isinstance(private, bool):
        raise ConfigError("fetching.private: it is true or false; write one of them without quotes")
    return Config(where, True, Settings(model, vague, private), theme, reviewer, _keys(_table(table, "keys")))


def _table(table: dict[str, Any], name: str) -> dict[str, Any]:
    value = table.get(name, {})
    if not isinstance(value, dict):
        raise ConfigError(f"{name}: it is a table; write [{name}] on a line of its own")
    return value


def _text(table: dict[str, Any], name: str, section: str = "") -> str:
    value = table.get(name, "")
    if not isinstance(value, str):
        raise ConfigError(f"{_dotted(section, name)}: it is text; write it in quotes")
    return value


def _dotted(section: str, name: str) -> str:
    return f"{section}.{name}" if section else name


def _there(where: Path, written: str, name: str, kind: str) -> Path:
    path = where.parent.absolute() / Path(written).expanduser()
    if not (path.is_dir() if kind == "folder" else path.is_file()):
        raise ConfigError(f"{name}: there is no {kind} {path}; correct it, or take the line out")
    return path


def _known(name: str, names: Iterable[str], what: str, section: str = "") -> None:
    """Raise an error that offers the nearest of ``names`` unless ``name`` is one of them."""
    known = tuple(names)
    if name in known:
        return
    hint = nearest(name, known) or ("there are " + ", ".join(known) if len(known) < 10 else "")
    raise ConfigError(f"{_dotted(section, name)}: there is no such {what}; {hint or 'take the line out'}")


def _keys(table: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    keys: dict[str, tuple[str, ...]] = {}
    for action, written in _flat(table):
        _known(action, BY_ID, "action", "keys")
        if BY_ID[action].takes_key:
            raise ConfigError(f"keys.{action}: its keys are digits and stay; take the line out")
        one_or_more = [written] if isinstance(written, str) else written
        if not isinstance(one_or_more, list) or not all(isinstance(one, str) for one in one_or_more):
            raise ConfigError(f'keys.{action}: write one command in quotes, or several as ["gm", "f2"]')
        for one in one_or_more:
            _check_command(action, one)
        keys[action] = tuple(one_or_more)
    if not any(keys.get(action, BY_ID[action].keys) for action in _WAYS_OUT):
        raise ConfigError(f"keys: {', '.join(_WAYS_OUT)} have no key, so nothing leads out; give one of them a key")
    for screen in SCREENS:
        try:
            commands_of(screen, keys)
        except ValueError as error:
            raise ConfigError(f"keys: {error}; give one of them another key") from None
    return keys


def _flat(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Action ids with what is written for them, whether they stand in quotes or not (TOML takes a dot for a table)."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _check_command(action: str, written: str) -> None:
    keys = parse_keys(written)
    if len(keys) == 1 and len(keys[0]) > 1:
        *modifiers, key = keys[0].split("+")
        if modifiers == ["ctrl"] and key.lower() in _TAKEN:
            raise ConfigError(f'keys.{action}: "{written}" belongs to the terminal; write another key')
        if _MODIFIERS.issuperset(modifiers) and (
            key in NAMED_KEYS or (modifiers and len(key) == 1 and key.isprintable())
        ):
            return
    elif 0 < len(keys) <= LONGEST and all(key.isprintable() and key != " " for key in keys):
        return
    hint = nearest(written, sorted(NAMED_KEYS)) or 'write a key, two after each other ("]c"), "f2" or "ctrl+k"'
    raise ConfigError(f'keys.{action}: "{written}" is no key; {hint}')
