"""What is in use and what is wrong, for a person who asks, or who reports a mistake."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

import msgspec

from db import Library, LibraryError
from reader.settings import SettingsError
from widgets.config import Config, check_theme

PACKAGES = ("rashomon-reader", "textual", "spacy", "rapidfuzz", "sqlite-utils", "trafilatura")


def examine(db: Path, config: Config, problem: str = "", reviewer: str = "") -> dict[str, Any]:
    """What is in use, by name, and a list of ``problems``. ``problem`` is that of the configuration, "" if it has none.

    What ``reviewer`` judges blind is not counted.

    Loads spaCy and the model, to see that they work.
    """
    problems = [problem] if problem else []
    found: dict[str, Any] = {"python": ".".join(map(str, sys.version_info[:3]))}
    found |= {package: version_of(package) for package in PACKAGES}
    found |= _terminal()
    found["config"] = f"{config.path}{'' if config.exists or problem else ' (not there, nothing is changed)'}"
    analysis = ""
    try:
        check_theme(config)
        found["model"], found["reads"] = _model()
        found["vague words"] = config.reading.vague or "our own"
        analysis = _analysis()
        found["analysis"] = analysis
    except SettingsError as error:
        problems.append(str(error))
    found["library"] = str(db)
    try:
        found |= _library(db, analysis, problems, reviewer)
    except LibraryError as error:
        problems.append(str(error))
    return {**found, "problems": problems}


def _terminal() -> dict[str, str]:
    from rich.console import Console

    console = Console()
    colours = console.color_system or "none"
    if "NO_COLOR" in os.environ:
        colours = "none (NO_COLOR is set)"
    columns = f"{console.width} columns" if sys.stdout.isatty() else "not a terminal"
    encoding = sys.stdout.encoding or "unknown"
    return {"terminal": f"{os.environ.get('TERM', 'unknown')}, {columns}, colours: {colours}, encoding: {encoding}"}


def _model() -> tuple[str, str]:
    """The model in use, and what it is used for."""
    from reader import models

    model, used = models.chosen(), models.pipelines()
    own = used.parser is models.own()
    described = f"{model.name} {model.version}, {model.bytes / 1e6:.1f} MB, {model.folder}"
    if used.namer is None:
        return described, "sentences, trees and names with this model"
    ours = models.BUNDLED.name
    if own:
        return described, f"names with this model; sentences and trees with our own {ours}"
    return described, f"sentences and trees with this model; names with our own {ours}"


def _analysis() -> str:
    from reader.analysis import version

    return version()


def _library(db: Path, analysis: str, problems: list[str], reviewer: str) -> dict[str, Any]:
    if not db.exists():
        return {"reports": "no library yet: rashomon add PATH makes it"}
    with Library.open(db, reviewer=reviewer) as library:
        held = library.stats()
        problems += held.problems
        stats = {
            name: value for name, value in msgspec.structs.asdict(held).items() if name not in ("path", "problems")
        }
        if analysis:
            stats["without facts"] = len(library.facts.missing(analysis))
    return stats
