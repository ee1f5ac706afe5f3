"""What stands on a news page around the report: the rules of ``furniture.toml``, and what hangs on a paragraph."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

_TAIL = re.compile(
    r"\s*(?:"
    r"[\[(]?\b(?:read more|continue reading|click here(?: to read more)?)\b[\])»›:.…\s]*"
    r"|read or share this story:? ?(?:https?://\S+)?"
    r"|like this: ?like loading\.*"
    r"|(?:follow|find) [\w ]{1,40} on (?:twitter|facebook)\b[^.]{0,40}\.?"
    r"|\(?(?:https?://|pic\.twitter\.com/)\S+\)?"
    r")$",
    re.IGNORECASE,
)
_GLUED_TAIL = re.compile(r"(?<=[.…!?”\"])\s*read more\W*$", re.IGNORECASE)
_HEAD = re.compile(
    r"^(?:please enable javascript to watch this video|(?:buy|view) photo|[×✕•]|-(?= [A-Z\"“]))\s*",
    re.IGNORECASE,
)


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
    while (shorter := _TAIL.sub("", _GLUED_TAIL.sub("", line))) != line:
        line = shorter
    return line.strip()
