"""Print every figure beside its baseline."""

from __future__ import annotations

import difflib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import alignment, comparing, detectors, fit_confidence, keys, searching
from benchmarks.measure import Figure, fresh, in_turn, seconds
from benchmarks.texts import pair
from db import Library
from reader import analyse, compare, models
from reader.batch import WORTH_PROCESSES, each, processors
from reader.demo import articles

# Wall time from the start of the imports to the first painted frame, and the peak resident memory by then
# (VmHWM of Linux: ru_maxrss would count the parent before exec).
FIRST_FRAME = r"""
import asyncio, re, time
began = time.perf_counter()
{make}
async def main():
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        peak = re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())
        print((time.perf_counter() - began) * 1000, int(peak[1]) / 1024)
asyncio.run(main())
"""
EMPTY_APP = "from textual.app import App\napp = App()"
RASHOMON = "from app import RashomonApp\nfrom db import Library\napp = RashomonApp(Library.open({path!r}))"


def start_up() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "library.db")
        library = Library.open(Path(path))
        for article in articles():
            library.articles.add(article, article.body.encode())
        library.close()
        empty_ms, empty_mb = fresh(FIRST_FRAME.format(make=EMPTY_APP))
        ms, mb = fresh(FIRST_FRAME.format(make=RASHOMON.format(path=path)))
    yield Figure("start to first frame", ms, "an empty Textual app", empty_ms, "ms")
    yield Figure("memory at the first frame", mb, "an empty Textual app", empty_mb, "MiB")


# Peak resident memory of a process that reads one long report.
READING = r"""
import re
from benchmarks.texts import pair
article, _ = pair(4000)
{read}
print(int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1]) / 1024)
"""
BARE = "from reader import models\nlist(models.own().pipe([article.title, *article.body.split('\\n\\n')]))"
OURS = "from reader import analyse\nanalyse(article)"


def analysis() -> Iterator[Figure]:
    """The bare pipeline is the one that the analysis uses, given the same paragraphs and the title at once."""
    nlp = models.own()
    for words in (400, 4000):
        article, _ = pair(words)
        words = len(article.body.split())
        texts = [article.title, *article.body.split("\n\n")]
        bare, ours = in_turn(lambda t=texts: list(nlp.pipe(t)), lambda a=article: analyse(a), repeats=21)
        yield Figure(f"analysis of {words} words", words / ours, "the bare spaCy pipeline", words / bare, "words/s")
    (bare,), (ours,) = (fresh(READING.format(read=read), repeats=1) for read in (BARE, OURS))
    yield Figure("memory of an analysis", ours, "the bare spaCy pipeline", bare, "MiB")


def many() -> Iterator[Figure]:
    """As many reports as make several processes worth while, their start included."""
    article, _ = pair(400)
    words = len(article.body.split()) * WORTH_PROCESSES
    several, one = (
        seconds(lambda n=n: list(each(analyse, [article] * WORTH_PROCESSES, n)), repeats=1) for n in (processors(), 1)
    )
    name = f"analysis of {WORTH_PROCESSES} reports on {processors()} processes"
    yield Figure(name, words / several, "one process", words / one, "words/s")
    texts = [article.title, *article.body.split("\n\n")] * WORTH_PROCESSES
    bare = seconds(lambda: list(models.own().pipe(texts, n_process=processors())), repeats=1)
    yield Figure(name, words / several, "the bare spaCy pipeline on as many", words / bare, "words/s")


def comparison() -> Iterator[Figure]:
    for words in (1000, 4000):
        a, b = pair(words)
        facts_a, facts_b = analyse(a), analyse(b)
        ours = seconds(lambda a=a, b=b, fa=facts_a, fb=facts_b: compare(a, b, fa, fb))
        words_a, words_b = a.body.split(), b.body.split()
        diff = seconds(lambda wa=words_a, wb=words_b: difflib.SequenceMatcher(None, wa, wb).get_opcodes(), repeats=3)
        yield Figure(f"compare 2 x {words} words, facts cached", ours * 1000, "difflib on words", diff * 1000, "ms")


if __name__ == "__main__":
    for measure in (start_up, analysis, many, comparison, searching.figures):
        for figure in measure():
            print(figure, flush=True)
    if not alignment.DATA.is_dir():
        print(
            f"no labelled data at {alignment.DATA}: what features and detectors are worth is left out, and calibration"
        )
    for lines in (
        keys.table,
        comparing.growth,
        alignment.growth,
        alignment.features,
        detectors.table,
        fit_confidence.calibration,
    ):
        for line in lines():
            print(line, flush=True)
