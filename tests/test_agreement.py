"""Two reviewers: their figures, the summary of a session and its files, and what is settled."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import UseApp, Using
from textual.widgets import Input, Static
from two_reports import CONFLICTS, library_of

import cli
from db import Library
from reader.nouns import Judgement
from widgets.agreement import FEW, Both, agreement, figures, side_by_side, table_lines
from widgets.compare.screen import CompareScreen
from widgets.settle_screen import DifferenceList, SettleScreen
from widgets.summary import json_of, markdown_of, rows_of, summary_of, text_of
from widgets.summary_screen import SummaryLines, SummaryScreen
from widgets.tables import csv_of, markdown, markdown_table

FIRST: tuple[Judgement, ...] = ("contradiction", "contradiction", "compatible", "unsure")
SECOND: tuple[Judgement, ...] = ("contradiction", "compatible", "compatible", "tension")


@pytest.fixture
def handed(tmp_path: Path) -> Iterator[Library]:
    """Ada judged four conflicts, ben five: they agree on two of four, and ben paired words of his own. He is not done."""
    library = library_of(tmp_path / "library.db")
    library.reviewer = "ada"
    first = library.sessions.make("Ferry =1+1 | <b>", [(1, 2)], "the ferry")
    a, b = library.articles.get_many([1, 2])
    for conflict, judgement in zip(CONFLICTS, FIRST, strict=False):
        library.verdicts.judge_conflict(a, b, conflict, judgement, note="=cmd|x", tags=["crew"])
    library.sessions.hand_over(first.id, "ben")
    library.reviewer = "ben"
    for conflict, judgement in zip(CONFLICTS, SECOND, strict=False):
        library.verdicts.judge_conflict(a, b, conflict, judgement)
    library.verdicts.judge(a, b, CONFLICTS[5].a, CONFLICTS[5].b, "contradiction", kind="polarity")
    library.reviewer = "ada"
    yield library
    library.close()


@pytest.fixture
def judged(handed: Library) -> Library:
    """The same when ben has finished."""
    handed.sessions.finish(2)
    return handed


def both(library: Library) -> list[Both]:
    return side_by_side(library, library.sessions.get(1), library.sessions.get(2))


def lines(using: Using) -> list[str]:
    """The rows of the list, without the cell of the arrow."""
    rows = using.app.screen.query_one(DifferenceList)
    return [rows.render_line(y).text[1:] for y in range(rows.count)]


# --- figures


def test_agreement_by_hand(judged: Library) -> None:
    found = agreement(both(judged), "ada", "ben")
    assert (found.both, found.alone, found.agreed) == (4, 1, 0.5)
    # Cohen: chance = (2*1 + 1*2 + 1*0 + 0*1) / 16 = 1/4, kappa = (1/2 - 1/4) / (3/4)
    assert found.kappa == pytest.approx(1 / 3)
    # Krippendorff: of 8 values contradiction 3, compatible 3, unsure 1, tension 1; two of four pairs differ
    expected = 1 - (4 / 8) / ((8 * 8 - 9 - 9 - 1 - 1) / (8 * 7))
    assert found.alpha == pytest.approx(expected)
    assert found.note == f"n = 4 is few: below {FEW} kappa and alpha may be far off."
    assert figures(found).startswith("50% alike · Cohen's kappa 0.33 · Krippendorff's alpha ")
    table = table_lines(found)
    assert table[0].split() == ["contradiction", "tension", "compatible", "unsure"]
    assert table[1].split() == ["contradiction", "1", "0", "1", "0"]


def test_one_judgement_throughout_has_no_kappa(judged: Library) -> None:
    alike = [one._replace(second=one.first) for one in both(judged)[:1]]
    found = agreement(alike, "ada", "ben")
    assert (found.agreed, found.kappa, found.alpha) == (1.0, None, None)
    assert "not defined" in found.note
    nothing = agreement([], "ada", "ben")
    assert (nothing.agreed, figures(nothing), nothing.note) == (None, "n = 0", "Nothing was judged by both yet.")
    assert table_lines(nothing) == []


# --- the summary and its files


def test_a_summary_counts_what_its_reviewer_judged(judged: Library) -> None:
    summary = summary_of(judged, 1)
    assert (len(summary.findings), len(summary.verdicts), summary.open, summary.judged_since) == (4, 4, 0, 4)
    assert [summary_of(judged, 2).open, len(summary_of(judged, 2).verdicts)] == [0, 5]
    assert summary.agreement is not None
    text = text_of(summary)
    assert "Conflicts  4, 4 judged, 0 open" in text
    assert "Judged     ✓ contradiction 2 · ✗ compatible 1 · ? unsure 1" in text
    assert "Tags       #crew 4" in text
    assert "Agreement of ada and ben" in text


def test_a_blind_reviewer_is_told_that_a_summary_hides(handed: Library) -> None:
    handed.reviewer = "ben"
    summary = summary_of(handed, 1)
    assert (summary.verdicts, summary.agreement, summary.hidden) == ([], None, "ada")
    assert "What ada judged is hidden until your review is finished." in text_of(summary)


def test_a_summary_as_files(judged: Library) -> None:
    summary = summary_of(judged, 1)
    (first, *_) = csv.DictReader(io.StringIO(csv_of(rows_of(summary))))
    assert (first["note"], first["judgement"], first["pair"]) == ("'=cmd|x", "contradiction", "1")
    record = json.loads(json_of(summary))
    assert record["format"] == "rashomon.session/1"
    assert record["judgements"] == {"contradiction": 2, "tension": 0, "compatible": 1, "unsure": 1}
    assert record["agreement"]["both"] == 4
    assert record["pairs"][0]["judged"] == 4
    assert record["rows"][0]["note"] == "=cmd|x"
    page = markdown_of(summary)
    assert page.startswith("# Ferry =1+1 \\| \\<b\\>\n")
    assert "=cmd\\|x" in page
    assert "<b>" not in page.replace("\\<b\\>", "")


def test_open_conflicts_are_rows_too(judged: Library) -> None:
    judged.reviewer = "ada"
    made = judged.sessions.make("Again", [(2, 1)])
    for verdict in judged.verdicts.of_pair(1, 2):
        if verdict.by == "ada" and verdict.judgement == "unsure":
            judged.verdicts.withdraw(verdict.id)
    rows = rows_of(summary_of(judged, made.id))
    assert [row["judgement"] for row in rows].count("open") == 1
    assert {row["title_a"] for row in rows} == {judged.articles.get(2).article.title}


def test_markdown_has_no_markup_of_others() -> None:
    assert markdown("a|b <i>[x](y)`_*\n# z") == "a\\|b \\<i\\>\\[x\\](y)\\`\\_\\* \\# z"
    assert [markdown(line) for line in ("- x", "1. x", "1.5 x", "---", "===", "+")] == [
        "\\- x",
        "1\\. x",
        "1.5 x",
        "\\---",
        "\\===",
        "\\+",
    ]
    assert markdown("&lt;b&gt; \x1b[31m \u202egnp.exe") == "\\&lt;b\\&gt; \ufffd\\[31m \ufffdgnp.exe"


def test_headings_are_guarded_as_cells_are() -> None:
    rows = [{"=Wire | <b>": 1, "quote_a": 2}]
    assert csv_of(rows).splitlines()[0] == "'=Wire | <b>,quote_a"
    assert markdown_table(rows).splitlines()[0] == "| =Wire \\| \\<b\\> | quote_a |"


def test_sessions_from_the_shell(judged: Library) -> None:
    def run(*args: str) -> str:
        done = CliRunner().invoke(cli.main, ["--db", str(judged.path), "--reviewer", "ada", *args])
        return done.stdout if done.exit_code == 0 else done.stderr

    assert "Ferry" in run("sessions")
    assert [row["reviewer"] for row in json.loads(run("sessions", "--format", "json"))] == ["ben", "ada"]
    assert "4 judged, 0 open" in run("session", "1")
    assert json.loads(run("session", "1", "--format", "json"))["name"] == "Ferry =1+1 | <b>"
    assert run("session", "1", "--format", "csv").startswith("pair,judgement,")
    assert run("session", "1", "--format", "md").startswith("# Ferry")
    assert run("session", "9").strip().endswith("there is no session 9; rashomon sessions lists them")
    ids = [v.id for v in judged.verdicts.page() if v.fingerprint == CONFLICTS[1].fingerprint]
    judged.settlements.settle(ids, "tension")
    assert len(json.loads(run("verdicts", "--format", "json"))) == 8
    assert len(json.loads(run("verdicts", "--format", "json", "--all"))) == 10


# --- on the screens


async def test_the_summary_is_read_and_written(
    judged: Library, use: UseApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with use(judged, size=(100, 40)) as using:
        await using.press("gs", "j", "s")
        screen = using.app.screen
        assert isinstance(screen, SummaryScreen)
        shown = "\n".join(screen.query_one(SummaryLines).render_line(y).text for y in range(30))
        assert "4, 4 judged, 0 open" in shown
        await using.press("E")
        prompt = using.app.screen.query_one(Input)
        assert prompt.value == "ferry-1-1-b.md"
        prompt.value = "out.pdf"
        await using.press("enter")
        assert using.said.startswith("out.pdf: end the name in .md, .csv, .json")
        for answer, said in (("n", "out.pdf"), ("y", "Written to ")):
            (tmp_path / "out.md").write_text("before", encoding="utf-8")
            await using.press("E")
            using.app.screen.query_one(Input).value = "out.md"
            await using.press("enter", answer)
            assert said in using.said
        assert (tmp_path / "out.md").read_text(encoding="utf-8").startswith("# Ferry")
        await using.press("E")
        using.app.screen.query_one(Input).value = "nowhere/out.md"
        await using.press("enter")
        assert using.said == "Writing: nowhere/out.md: No such file or directory; name another place"
        await using.press("f")
        assert judged.sessions.get(1).finished
        await using.press("u", "d")
        assert isinstance(using.app.screen, SettleScreen)
        await using.press("q", "enter")
        assert using.app.screen.SCREEN_NAME == "compare"  # type: ignore[attr-defined]


async def test_export_from_the_list(judged: Library, use: UseApp) -> None:
    async with use(judged) as using:
        await using.press("gs", "E")
        assert isinstance(using.app.screen_stack[-2], SummaryScreen)
        assert using.app.screen.query_one(Input).value.endswith(".md")


async def test_differences_are_settled_and_both_judgements_stay(judged: Library, use: UseApp, tmp_path: Path) -> None:
    before = {v.id: (v.judgement, v.note) for v in judged.verdicts.page()}
    async with use(judged, size=(130, 36)) as using:
        await using.press("gs", "d")
        screen = using.app.screen
        assert isinstance(screen, SettleScreen)
        assert "50% alike" in str(screen.query_one("#figures", Static).render())
        shown = lines(using)
        assert len(shown) == 3
        assert all(line.startswith("○") for line in shown)
        assert sum("not judged" in line for line in shown) == 1
        told = str(screen.query_one("#told > Static", Static).render())
        assert "“" in told
        assert "ben" in told
        await using.press("1")
        assert using.said == "Stored: settled: contradiction · 2 left · u undoes it"
        await using.press("E")
        using.app.screen.query_one(Input).value = str(tmp_path / "differences.csv")
        await using.press("enter")
        written = list(csv.DictReader(io.StringIO((tmp_path / "differences.csv").read_text(encoding="utf-8"))))
        assert (written[0]["first"], written[0]["second"], written[0]["holds_judgement"]) == (
            "ada",
            "ben",
            "contradiction",
        )
        assert [row["holds_judgement"] for row in written[1:]] == ["", ""]
        await using.press("2")
        assert using.said == "Stored: settled: tension · 1 left · u undoes it"
        await using.press("1")
        assert using.said.startswith("ada did not judge this: 2 takes the other's")
        await using.press("3", "m")
        assert using.said == "Stored: settled: compatible · all settled · u undoes it"
        await using.press("e")
        using.app.screen.query_one(Input).value = "spoke with both"
        await using.press("enter")
        assert all(line.startswith("✓") for line in lines(using))
        settled = [v for v in judged.verdicts.page() if v.settles]
        assert {v.judgement for v in settled} == {"contradiction", "tension", "compatible"}
        assert {v.by for v in settled} == {"ada (settled)"}
        assert [v.note for v in settled if v.judgement == "compatible"] == ["spoke with both"]
        for number, said in before.items():
            verdict = judged.verdicts.get(number)
            assert (verdict.judgement, verdict.note) == said
        await using.press("gg", "enter")
        compared = using.app.screen
        assert isinstance(compared, CompareScreen)
        assert compared.current is not None
        assert compared.current.verdict in settled
        await using.press("q", "u", "u")
        assert [line[0] for line in lines(using)].count("○") == 1
        assert using.said.startswith("Undone: settled ")
        judged.reviewer = "ben"
        await using.press("G", "k", "enter")
        compared = using.app.screen
        assert isinstance(compared, CompareScreen)
        assert compared.current is not None, (
            "it stands on the conflict, though ada's verdict was named and ben's is shown"
        )


async def test_what_cannot_be_settled_yet_says_why(handed: Library, use: UseApp) -> None:
    alone = handed.sessions.make("Alone", [(1, 2)])
    async with use(handed) as using:
        for session, says in ((alone.id, "H in gs hands it"), (1, "ben has not finished: ")):
            using.app.push_screen(SettleScreen(handed, session))
            await using.settle()
            rows = using.app.screen.query_one(DifferenceList)
            assert says in "\n".join(rows.render_line(y).text for y in range(rows.size.height))
            for key in ("1", "3", "e", "enter"):
                await using.press(key)
                assert using.said == "Nothing to settle here"
