"""The table of vague words: what they stand for, and how hedges loosen a number."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any, Final, NamedTuple

from reader import settings
from reader.numerals.words import TOKEN

Bound = float | None
"""A bound of an interval; `None` is none."""


class Hedge(NamedTuple):
    """How a loosening word changes an interval: its name in vague.toml and its tolerance as a share."""

    name: str
    tolerance: float = 0.0

    def apply(self, low: Bound, high: Bound) -> tuple[Bound, Bound]:
        """The interval [``low``, ``high``] under this hedge."""
        slack_low = abs(low or 0.0) * self.tolerance
        slack_high = abs(high or 0.0) * self.tolerance
        match self.name:
            case "around":
                return (None if low is None else low - slack_low, None if high is None else high + slack_high)
            case "almost":
                return (None if low is None else low - slack_low, high)
            case "slightly-over":
                return (low, None if high is None else high + slack_high)
            case "more-than" | "at-least":
                return (low, None)
            case "up-to":
                return (min(0.0, high) if high is not None else 0.0, high)
            case _:
                return (None, high)


@dataclass(frozen=True)
class Vague:
    """The table of vague words: intervals by phrase, hedges by the phrase before or after a number."""

    words: Mapping[str, tuple[Bound, Bound]]
    before: Mapping[str, Hedge]
    after: Mapping[str, Hedge]
    heads: frozenset[str] = field(init=False)
    longest_word: int = field(init=False)
    longest_before: int = field(init=False)
    longest_after: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "heads", frozenset(phrase.split(" ", 1)[0] for phrase in self.words))
        for name, table in (("word", self.words), ("before", self.before), ("after", self.after)):
            object.__setattr__(self, f"longest_{name}", max((len(split(k)) for k in table), default=0))


class VagueError(settings.SettingsError):
    """A table of vague words that cannot be used; the message is one clear line."""


def split(phrase: str) -> list[str]:
    return [m.group().casefold() for m in TOKEN.finditer(phrase)]


@lru_cache(maxsize=8)
def load_vague(override: Path | None = None) -> Vague:
    """The table in reader/vague.toml, with the entries of the file ``override`` in place of those of the same name.

    Raises `VagueError` where that file cannot be read or says something that is not an interval.
    """
    own = tomllib.loads((Path(__file__).parent.with_name("vague.toml")).read_text(encoding="utf-8"))
    if override is not None:
        try:
            theirs = tomllib.loads(override.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise VagueError(f"{override}: the table of vague words cannot be read ({reason}); {_CORRECT}") from error
        for section, mine in theirs.items():
            if section not in own:
                raise VagueError(
                    f"{override}: there is no [{section}]; vague words stand in {', '.join(own)}; {_CORRECT}"
                )
            if not isinstance(mine, dict):
                raise VagueError(f"{override}: {section} is not a table; write [{section}] on a line of its own there")
            own[section].update(mine)
    try:
        return Vague(
            words={_phrase("words", k): _interval(k, v) for k, v in own["words"].items()},
            before=_hedges("before", own["before"]),
            after=_hedges("after", own["after"]),
        )
    except VagueError as error:
        raise VagueError(f"{override or 'vague.toml'}: {error}; {_CORRECT}") from None


def vague() -> Vague:
    """The table in use: our own, with what the user changed (`reader.settings`)."""
    chosen = settings.in_use().vague
    return load_vague(Path(chosen).expanduser() if chosen else None)


def mark() -> str:
    """What a version of the analysis adds for the table: nothing where it says what ours says."""
    own, used = load_vague(), vague()
    if used == own:
        return ""
    said = [sorted(used.words.items()), sorted(used.before.items()), sorted(used.after.items())]
    return f"+vague-{hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]}"


_CORRECT: Final = "correct it there"


def _phrase(section: str, phrase: Any) -> str:
    """A phrase as it is looked up: its words in small letters."""
    if not isinstance(phrase, str) or not split(phrase):
        raise VagueError(f"[{section}] {phrase!r} is no phrase of words")
    return " ".join(split(phrase))


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _interval(phrase: str, bounds: Any) -> tuple[Bound, Bound]:
    if not isinstance(bounds, list) or len(bounds) != 2 or not all(b == "none" or _number(b) for b in bounds):
        raise VagueError(f'[words] "{phrase}" needs [low, high], each a number or "none"')
    low, high = (None if b == "none" else float(b) for b in bounds)
    if low is not None and high is not None and low > high:
        raise VagueError(f'[words] "{phrase}": {low:g} is more than {high:g}')
    return low, high


_HEDGES: Final = ("around", "almost", "slightly-over", "more-than", "at-least", "less-than", "at-most", "up-to")


def _hedges(section: str, table: Mapping[str, Any]) -> dict[str, Hedge]:
    hedges: dict[str, Hedge] = {}
    for name, entry in table.items():
        if name not in _HEDGES:
            raise VagueError(f'[{section}] no hedge is called "{name}"; there are {", ".join(_HEDGES)}')
        if not isinstance(entry, dict) or not isinstance(entry.get("words"), list):
            raise VagueError(f'[{section}] "{name}" needs words = [...], and may have a tolerance')
        tolerance = entry.get("tolerance", 0.0)
        if not _number(tolerance) or not 0 <= tolerance < 1:
            raise VagueError(f'[{section}] the tolerance of "{name}" is not a number from 0 up to 1 (0.1 is 10%)')
        hedge = Hedge(name, float(tolerance))
        hedges.update((_phrase(f"{section}.{name}", phrase), hedge) for phrase in entry["words"])
    return hedges
