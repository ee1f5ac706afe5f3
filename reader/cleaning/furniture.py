"""What stands on a news page around the report: the rules of ``furniture.toml``, and what hangs on a paragraph."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

_TAIL = re.compile(
    r"(?:"
    r"(?<=[.…!?”\"])\s*[\[(]?(?:read more|continue reading|click here(?: to read more| for more)?)\b[\])»›:.…\s]*"
    r"|\s*read or share this story:? ?(?:https?://\S+)?"
    r"|\s*like this: ?like loading\.*"
    r"|\s*pic\.twitter\.com/\S+"
    r")$",
    re.IGNORECASE,
)
_HEAD = re.compile(r"^(?:please enable javascript to watch this video|(?:buy|view) photo|[×✕])\s*", re.IGNORECASE)


@cache
def _rules() -> list[tuple[str, int, re.Pattern[str]]]:
    text = resources.files(__package__).joinpath("furniture.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    lists = {name: "(?:" + "|".join(table[name]) + ")" for name in ("site", "button")}
    lists["button"] = f"(?:{lists['site']}|{lists['button']})"
    rules = []
    for rule in table["rule"]:
        lines = "|".join(rule["lines"]).replace("{site}", lists["site"]).replace("{button}", lists["button"])
        rules.append((rule["name"], rule["most"], re.compile(lines, re.IGNORECASE)))
    return rules


@lru_cache(maxsize=1024)
def furniture(line: str) -> str:
    """The name of the rule by which ``line`` is furniture, "" if it is report."""
    line = line.strip()
    for name, most, pattern in _rules():
        if len(line) <= most and pattern.fullmatch(line):
            return name
    return ""


def opens_list(line: str) -> bool:
    """Whether headlines of other reports may follow on this line of furniture ("Trending stories:")."""
    return furniture(line) == "related" and not re.search(r"[:»›>|]\s*\w", line)


def trim(line: str) -> str:
    """A paragraph without the buttons and links that hang on its start and its end."""
    line = _HEAD.sub("", line, count=1)
    while (shorter := _TAIL.sub("", line)) != line:
        line = shorter
    return line.strip()
