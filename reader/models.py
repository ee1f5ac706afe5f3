"""The trained pipelines: our own, and the one that the user named, each used for what it can do.

Our rules read trees with Universal Dependencies labels. Another pipeline parses only if its trees carry them, with
lemmas and parts of speech; from any other (`en_core_web_lg` and its like label by ClearNLP) only the names are taken,
and our own still parses. Besides `reader.pipeline` this is the only module that touches spaCy, on first use.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import platformdirs

from reader import settings

if TYPE_CHECKING:
    from spacy.language import Language

BUNDLED: Final = Path(__file__).parent / "model" / "en_news_ud_sm"
NAME_LABELS: Final = {
    "PERSON": "PERSON",
    "PER": "PERSON",
    "ORG": "ORG",
    "NORP": "NORP",
    "LOC": "LOC",
    "GPE": "GPE",
    "FAC": "FAC",
}
"""Labels of names as pipelines write them (OntoNotes, CoNLL, ours), and as our rules know them."""
_UD: Final = frozenset(("nsubj", "obj", "obl", "nmod", "case"))
_PARSED: Final = frozenset(("token.dep", "token.pos", "token.lemma"))


class PipelineError(settings.SettingsError):
    """The pipeline that the user named cannot be used; the message is one line."""


@dataclass(frozen=True)
class Model:
    """A pipeline on this machine. ``files`` are what it was trained to: all of its folder but code."""

    name: str
    version: str
    folder: Path
    files: tuple[Path, ...]

    @property
    def bytes(self) -> int:
        """The size of its files together."""
        return sum(file.stat().st_size for file in self.files)


@dataclass(frozen=True)
class Pipelines:
    """Who does what: ``parser`` makes the trees; ``namer`` finds the names, ``None`` where the parser does both."""

    parser: Language
    namer: Language | None = None


def chosen() -> Model:
    """The pipeline that the user named, or our own. Loads no spaCy. Raises `PipelineError` where it is not there."""
    return _described(settings.in_use().model)


def mark() -> str:
    """What a version of the analysis adds for the pipeline: nothing for our own."""
    model = chosen()
    return "" if model.folder.resolve() == BUNDLED.resolve() else f"+{model.name}-{model.version}-{digest(model)}"


@lru_cache(maxsize=4)
def digest(model: Model) -> str:
    """Twelve hexadecimal digits over the contents of a pipeline.

    Half a gigabyte takes a second, so the digest is kept in the user's cache, under the paths, sizes and times of the
    files: it is worked out anew when one of them changes.
    """
    looks = [[str(file), (seen := file.stat()).st_size, seen.st_mtime_ns] for file in model.files]
    kept = platformdirs.user_cache_path("rashomon", appauthor=False) / f"model-{_sha256(json.dumps(looks))}"
    with suppress(OSError, ValueError):
        known = kept.read_text(encoding="ascii")
        if re.fullmatch("[0-9a-f]{12}", known):
            return known
    contents = [[file.relative_to(model.folder).as_posix(), _sha256_of(file)] for file in model.files]
    made = _sha256(json.dumps(contents))[:12]
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(made, encoding="ascii")
    return made


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _sha256_of(file: Path) -> str:
    with file.open("rb") as contents:
        return hashlib.file_digest(contents, "sha256").hexdigest()


def pipelines() -> Pipelines:
    """The pipelines in use, loaded. Raises `PipelineError` where that which the user named cannot be used."""
    return _loaded(settings.in_use().model)


def own() -> Language:
    """Our own pipeline, whose tables of English words serve whatever parses."""
    return _own()


@lru_cache(maxsize=4)
def _described(name: str) -> Model:
    folder = _folder(name) if name else BUNDLED
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        title, version = f"{meta['lang']}_{meta['name']}", str(meta["version"])
    except (OSError, ValueError, KeyError, TypeError):
        raise PipelineError(
            f"the model {name} is not a spaCy pipeline (no meta.json that can be read in {folder}); "
            "name a folder that nlp.to_disk wrote, or an installed package"
        ) from None
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix not in (".py", ".pyc"))
    return Model(title, version, folder, tuple(files))


def _folder(name: str) -> Path:
    """Where the package or the folder ``name`` lies."""
    if name.isidentifier():
        return _package(name)
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder
    raise PipelineError(
        f"the model {name}: no such folder; name one that holds a spaCy pipeline, or a package (en_core_web_lg)"
    )


def _package(name: str) -> Path:
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):  # "__main__" and whatever else has no specification
        spec = None
    if spec is not None and spec.origin is not None and spec.submodule_search_locations:
        return Path(spec.origin).parent
    if spec is not None or name in sys.modules:
        raise PipelineError(
            f"the model {name} is a module, not a spaCy pipeline; name an installed package (en_core_web_lg) or a folder"
        )
    raise PipelineError(
        f"the model {name} is not installed; install it where Rashomon is (python -m spacy download {name}, or "
        "pip install its wheel), or take it out of the configuration"
    )


def _load(name: str) -> Language:
    import spacy

    try:
        return spacy.load(name if name.isidentifier() else Path(name).expanduser(), exclude=["number_ruler"])
    except Exception as error:  # a pipeline of others runs code of others
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise PipelineError(f"the model {name} cannot be loaded ({reason}); name another, or none") from error


@lru_cache(maxsize=1)
def _own() -> Language:
    return _with_affixes(_load(str(BUNDLED)))


@lru_cache(maxsize=2)
def _loaded(name: str) -> Pipelines:
    if not name:
        return Pipelines(_own())
    model = _described(name)
    ours, theirs = _own(), _load(name)
    parses, names = _parses(theirs), _names(theirs)
    if parses:
        return Pipelines(_with_affixes(theirs), None if names else ours)
    if not names:
        raise PipelineError(
            f"the model {model.name} finds no names ({', '.join(sorted(set(NAME_LABELS)))}) and makes no trees with "
            "Universal Dependencies labels; name another, or none"
        )
    # Names rest on neither, and both take time.
    theirs.select_pipes(disable=[n for n in theirs.pipe_names if n in ("parser", "lemmatizer")])
    return Pipelines(ours, theirs)


def _parses(nlp: Language) -> bool:
    """Whether it makes the trees that our rules read, with lemmas and parts of speech."""
    assigned = {what for name in nlp.pipe_names for what in nlp.get_pipe_meta(name).assigns}
    return assigned >= _PARSED and any(_labels(nlp, name) >= _UD for name in nlp.pipe_names)


def _names(nlp: Language) -> bool:
    """Whether it finds names of persons, bodies or places."""
    return any(
        "doc.ents" in nlp.get_pipe_meta(name).assigns and not _labels(nlp, name).isdisjoint(NAME_LABELS)
        for name in nlp.pipe_names
    )


def _labels(nlp: Language, pipe: str) -> set[str]:
    return set(getattr(nlp.get_pipe(pipe), "labels", ()))


def _with_affixes(nlp: Language) -> Language:
    """A sentence may follow its neighbour without a space ("He left.She stayed", "no.”Then"), a word its bullet."""
    import spacy

    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = spacy.util.compile_infix_regex([*(nlp.Defaults.infixes or ()), *_GLUE]).finditer
    tokenizer.prefix_search = spacy.util.compile_prefix_regex([*(nlp.Defaults.prefixes or ()), _BULLET]).search
    return nlp


_BULLET: Final = r"[•‣·∙▪●◦]"
_GLUE: Final = (
    r"(?<=[a-z0-9)])[.!?]+(?=[\"”’]*[“A-Z])",
    r"(?<=[.!?])[\"”’](?=[“\"A-Z])",
    r"(?<=[.!?\"”’])[“\"](?=[A-Z])",
)
