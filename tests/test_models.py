"""Other pipelines and other vague words: what each is used for, and that facts of one are never taken for another's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import spacy

from db import Library
from reader import models, pipeline, settings
from reader.analysis import VERSION, analyse, version
from reader.comparison import VERSION as COMPARISON
from reader.comparison import compare
from reader.comparison import version as comparison_version
from reader.nouns import Article
from reader.numerals import VagueError
from reader.settings import Settings
from widgets.understanding import comparison_of, facts_of

REPORT = Article(body="Dozens of dockers left Ovary Fen on Friday, said Brassica Holm. The Quay Guild denied it.")


def ruler(folder: Path, label: str, *names: str) -> str:
    """A pipeline that finds names by a list, and nothing else, saved."""
    nlp = spacy.blank("en")
    nlp.meta["name"] = "tiny"
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": name} for name in names])  # type: ignore[attr-defined]
    nlp.to_disk(folder)
    return str(folder)


def clearnlp(folder: Path) -> str:
    """A pipeline with a parser whose labels are ClearNLP's, and names."""
    nlp = spacy.blank("en")
    parser = nlp.add_pipe("parser")
    for label in ("nsubj", "nsubjpass", "dobj", "prep", "pobj", "neg"):
        parser.add_label(label)  # type: ignore[attr-defined]
    nlp.initialize()
    ner = nlp.add_pipe("entity_ruler")
    ner.add_patterns([{"label": "GPE", "pattern": "Ovary Fen"}])  # type: ignore[attr-defined]
    nlp.to_disk(folder)
    return str(folder)


def labels(article: Article) -> dict[str, str]:
    return {m.of(article.body): m.label for m in analyse(article).body.mentions}


def test_the_package_alone_has_the_plain_version() -> None:
    assert (version(), comparison_version()) == (VERSION, COMPARISON)
    settings.use(Settings(model=str(models.BUNDLED)))
    assert version() == VERSION


def test_only_names_are_taken_from_a_pipeline_without_trees(tmp_path: Path) -> None:
    plain = analyse(REPORT)
    settings.use(Settings(model=ruler(tmp_path / "tiny", "PER", "Brassica Holm")))
    read = analyse(REPORT)
    assert labels(REPORT)["Brassica Holm"] == "PERSON"
    assert (read.body.words, read.body.sentences, read.body.quantities) == (
        plain.body.words,
        plain.body.sentences,
        plain.body.quantities,
    )
    assert [ent.text for p in pipeline.parse(REPORT.body) for ent in p.doc.ents] == ["Brassica Holm"]


def test_trees_with_other_labels_are_not_used(tmp_path: Path) -> None:
    plain = {t.dep_ for p in pipeline.parse(REPORT.body) for t in p.doc}
    settings.use(Settings(model=clearnlp(tmp_path / "other")))
    assert models.pipelines().parser is models.own()
    parsed = pipeline.parse(REPORT.body)
    assert {t.dep_ for p in parsed for t in p.doc} == plain
    assert [(e.text, e.label_) for p in parsed for e in p.doc.ents] == [("Ovary Fen", "GPE")]


def test_a_pipeline_with_our_labels_parses(tmp_path: Path) -> None:
    spacy.load(models.BUNDLED).to_disk(tmp_path / "copy")
    settings.use(Settings(model=str(tmp_path / "copy")))
    used = models.pipelines()
    assert used.parser is not models.own()
    assert used.namer is None
    assert analyse(REPORT).body == analyse_plainly(REPORT)


def analyse_plainly(article: Article) -> object:
    settings.use(Settings())
    return analyse(article).body


def test_a_parser_without_names_gets_ours(tmp_path: Path) -> None:
    spacy.load(models.BUNDLED, exclude=["ner"]).to_disk(tmp_path / "trees")
    settings.use(Settings(model=str(tmp_path / "trees")))
    used = models.pipelines()
    assert used.parser is not models.own()
    assert used.namer is models.own()
    assert analyse(REPORT).body.mentions == analyse_plainly(REPORT).mentions  # type: ignore[attr-defined]


def test_names_in_words_of_another_tokenizer_cover_whole_words(tmp_path: Path) -> None:
    settings.use(Settings(model=ruler(tmp_path / "tiny", "ORG", "Quay")))
    (paragraph,) = pipeline.parse("The Quay-Guild left. Quay stayed.")
    assert all(paragraph.text[e.start_char : e.end_char] == e.text for e in paragraph.doc.ents)
    assert [e.label_ for e in paragraph.doc.ents] == ["ORG", "ORG"]


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ("en_core_web_nowhere", "spacy download en_core_web_nowhere"),
        ("/nowhere/at/all", "no such folder"),
        ("json", "not a spaCy pipeline"),
        ("os", "is a module, not a spaCy pipeline; name an installed package"),
        ("__main__", "is a module, not a spaCy pipeline"),
    ],
)
def test_a_pipeline_that_is_not_there_is_one_clear_line(model: str, said: str) -> None:
    settings.use(Settings(model=model))
    for use in (version, models.chosen, lambda: analyse(REPORT)):
        with pytest.raises(models.PipelineError, match=said) as failed:
            use()
        assert model in str(failed.value)
        assert "\n" not in str(failed.value)


def test_a_name_is_a_package_and_no_folder_of_the_current_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ruler(tmp_path / "tiny", "PER", "Brassica Holm")
    monkeypatch.chdir(tmp_path)
    settings.use(Settings(model="tiny"))
    with pytest.raises(models.PipelineError, match="not installed"):
        models.chosen()


def test_a_pipeline_trained_on_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Training changes the weights in files of the same names and sizes."""
    weights = Path(ruler(tmp_path / "tiny", "PER", "Brassica Holm")) / "weights"
    hashed: list[Path] = []
    sha256_of = models._sha256_of
    monkeypatch.setattr(models, "_sha256_of", lambda file: hashed.append(file) or sha256_of(file))

    def digest() -> str:
        """As in a new process."""
        models._described.cache_clear()
        models.digest.cache_clear()
        settings.use(Settings(model=str(weights.parent)))
        return version().rpartition("-")[2]

    weights.write_bytes(b"abc")
    first = digest()
    assert weights in hashed
    hashed.clear()
    assert digest() == first
    assert not hashed, "worked out once"
    weights.write_bytes(b"abd")
    os.utime(weights, ns=(1, 1))
    assert digest() != first
    (kept,) = (
        path for path in models.platformdirs.user_cache_path("rashomon").glob("model-*") if path.read_text() != first
    )
    kept.write_text("damaged", encoding="ascii")
    assert digest() != first


def test_our_own_pipeline_is_never_hashed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "digest", lambda _: pytest.fail("hashed"))
    assert version() == VERSION


def test_a_pipeline_that_can_do_nothing_for_us_is_refused(tmp_path: Path) -> None:
    settings.use(Settings(model=ruler(tmp_path / "tiny", "DRUG", "aspirin")))
    with pytest.raises(models.PipelineError, match="finds no names"):
        analyse(REPORT)


def test_a_damaged_pipeline_is_one_line(tmp_path: Path) -> None:
    folder = Path(ruler(tmp_path / "tiny", "ORG", "Quay Guild"))
    (folder / "config.cfg").write_text("[nlp\n", encoding="utf-8")
    settings.use(Settings(model=str(folder)))
    with pytest.raises(models.PipelineError, match="cannot be loaded") as failed:
        analyse(REPORT)
    assert "\n" not in str(failed.value)


def vague_words(path: Path, low: int, high: int) -> str:
    path.write_text(f"[words]\ndozens = [{low}, {high}]\n", encoding="utf-8")
    return str(path)


def test_vague_words_are_read_as_the_user_says(tmp_path: Path) -> None:
    def dozens() -> tuple[float | None, float | None]:
        return next((q.low, q.high) for q in analyse(REPORT).body.quantities if q.counted == "docker")

    assert dozens() == (24, 99)
    settings.use(Settings(vague=vague_words(tmp_path / "vague.toml", 30, 80)))
    assert dozens() == (30, 80)
    assert version().startswith(f"{VERSION}+vague-")
    settings.use(Settings(vague=vague_words(tmp_path / "same.toml", 24, 99)))
    assert version() == VERSION, "a table that says what ours says makes the same facts"


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[wrods]\n", r"no \[wrods\]"),
        ("[words]\ndozens = '24'\n", '"dozens" needs'),
        ("[words]\ndozens = [9, 3]\n", "9 is more than 3"),
        ("[before]\naround = 3\n", '"around" needs words'),
        ("words = 3\n", r"not a table; write \[words\]"),
        ("[words]\ndozens = [true, 9]\n", r'\[words\] "dozens" needs .*; correct it there'),
        ("[words]\ndozens = ['3', 9]\n", '"dozens" needs'),
        ("[words]\ndozens = [nan, 'none']\n", '"dozens" needs'),
        ("[words]\n'' = [3, 9]\n", "is no phrase of words; correct"),
        ("[before.around]\nwords = [1]\n", r"\[before.around\] 1 is no phrase of words; correct it there"),
        ("[after.around]\nwords = []\ntolerance = 'x'\n", r'\[after\] the tolerance of "around" is not a number'),
        ("[before.arond]\nwords = []\n", 'no hedge is called "arond"; .*; correct it there'),
        ("[words\n", "cannot be read"),
    ],
)
def test_a_wrong_table_of_vague_words_is_one_line(tmp_path: Path, toml: str, said: str) -> None:
    path = tmp_path / "vague.toml"
    path.write_text(toml, encoding="utf-8")
    settings.use(Settings(vague=str(path)))
    with pytest.raises(VagueError, match=said) as failed:
        analyse(REPORT)
    assert str(path) in str(failed.value)
    assert "\n" not in str(failed.value)


def test_facts_and_comparisons_of_one_choice_are_not_taken_for_those_of_another(tmp_path: Path) -> None:
    loose = Settings(vague=vague_words(tmp_path / "vague.toml", 30, 80))
    with Library.open(tmp_path / "library.db") as library:
        ids = [library.articles.add(REPORT).id, library.articles.add(Article(body="20 dockers left Ovary Fen.")).id]
        a, b = library.articles.get_many(ids)
        made = []
        for chosen in (Settings(), loose, Settings()):
            settings.use(chosen)
            known = version() in {facts.version for facts, _ in made}
            assert (library.facts.get(a, version()) is not None) == known
            facts, compared = facts_of(library, a), comparison_of(library, a, b).comparison
            assert facts == facts_of(library, a) == analyse(REPORT)
            assert compared == compare(a.article, b.article)
            made.append((facts, compared))
        assert made[0] == made[2] != made[1]
        assert {f.version for f, _ in made} == {VERSION, f"{VERSION}{version_of(loose)}"}


def version_of(chosen: Settings) -> str:
    settings.use(chosen)
    return version().removeprefix(VERSION)
