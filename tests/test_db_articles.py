"""Articles: identity, revision, listing, search."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import Library, LibraryError, NotFound, Query, search
from db.records import HOLDINGS, STATES, Term
from db.search import MOST_TERMS, match
from reader.nouns import Article, Comparison, Facts, Reading
from tests.db_library import HARBOUR, QUAY, Clock, numbers, two


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", clock=Clock()) as opened:
        yield opened


def changed(article: Article, **fields: str) -> Article:
    return msgspec.structs.replace(article, **fields)


# --- identity


def test_what_is_added_is_kept_with_its_raw_input(library: Library) -> None:
    added = library.articles.add(HARBOUR, b"<html>raw</html>")
    stored = library.articles.get(added.id)
    assert (added.status, stored.article) == ("added", HARBOUR)
    assert library.articles.raw(added.id) == b"<html>raw</html>"
    assert stored.words == len(HARBOUR.body.split())
    assert (stored.read, stored.starred, stored.deleted, stored.edited, stored.tags) == (False, False, False, (), ())


def test_raw_input_may_be_absent(library: Library) -> None:
    assert library.articles.raw(library.articles.add(HARBOUR).id) == b""


def test_one_body_under_two_external_ids_is_two_articles(library: Library) -> None:
    library.articles.add(changed(HARBOUR, external_id="a", url=""))
    assert library.articles.add(changed(HARBOUR, external_id="b", url="", title="Other words")).status == "added"


@pytest.mark.parametrize(
    "again",
    [
        HARBOUR,
        changed(HARBOUR, url="", external_id=""),
        changed(HARBOUR, title="Other words", url="https://other.example", external_id=""),
    ],
    ids=["the same", "same source and title", "same body under another name"],
)
def test_adding_again_changes_nothing(library: Library, again: Article) -> None:
    first = library.articles.add(HARBOUR, b"raw")
    before = list(library._store.connection.iterdump())
    second = library.articles.add(again, b"other raw")
    assert (second.id, second.status) == (first.id, "already")
    assert list(library._store.connection.iterdump()) == before


@pytest.mark.parametrize(
    "kept",
    [
        {"title": "New title", "url": "", "source": HARBOUR.source},
        {"title": "New title", "external_id": ""},
        {"url": "", "external_id": ""},
        {"url": "", "external_id": "", "published": "2031-03-04T07:00:00Z"},
        {"url": "", "external_id": "", "published": ""},
    ],
    ids=["external id and source", "address", "source and title", "the same day", "no date"],
)
def test_a_changed_body_under_a_known_identity_is_a_revision(library: Library, kept: dict[str, str]) -> None:
    first = library.articles.add(HARBOUR, b"one")
    second = library.articles.add(changed(HARBOUR, body="Rewritten.", **kept), b"two")
    assert (second.id, second.status) == (first.id, "revised")
    assert library.articles.get(first.id).article.body == "Rewritten."
    assert [body for _, body in library.articles.versions(first.id)] == [HARBOUR.body, "Rewritten."]
    assert library.articles.raw(first.id) == b"two"
    assert library.articles.get(first.id).versions == 2
    # Both versions lie in one folder that is added again: nothing is new, and the newest stays the newest.
    assert [library.articles.add(changed(HARBOUR, body=b)).status for b in (HARBOUR.body, "Rewritten.")] == [
        "already",
        "already",
    ]
    assert library.articles.get(first.id).article.body == "Rewritten."


@pytest.mark.parametrize(
    "other",
    [
        {"url": "", "external_id": "", "published": "2031-03-11"},
        {"external_id": "", "url": "https://courier.example/other"},
        {"url": "", "external_id": "c-2"},
        {"url": "", "external_id": "", "source": ""},
        {"url": "", "external_id": "", "source": "Other Post"},
    ],
    ids=["another day", "another address", "another id", "no source", "another source"],
)
def test_a_recurring_title_is_not_an_identity(library: Library, other: dict[str, str]) -> None:
    library.articles.add(HARBOUR)
    assert library.articles.add(changed(HARBOUR, body="Something else.", **other)).status == "added"


def test_a_deleted_article_is_known_and_said_to_be_deleted(library: Library) -> None:
    number = library.articles.add(HARBOUR).id
    library.articles.delete([number])
    again = library.articles.add(HARBOUR)
    assert (again.id, again.status, again.deleted) == (number, "already", True)


def test_what_a_person_edited_wins_over_a_later_import(library: Library) -> None:
    number = library.articles.add(HARBOUR).id
    library.articles.edit(number, title="My title", published="2031-03")
    revised = changed(HARBOUR, body="New.", title="Their new title", author="Someone", published="2031-03-09")
    assert library.articles.add(revised).status == "revised"
    stored = library.articles.get(number)
    assert (stored.article.title, stored.article.published) == ("My title", "2031-03")
    assert (stored.article.author, stored.edited) == ("Someone", ("title", "published"))
    library.history.undo()
    assert library.articles.get(number).article.title == "Their new title"


def test_a_revision_that_states_less_takes_nothing_away(library: Library) -> None:
    number = library.articles.add(HARBOUR).id
    library.articles.add(Article(body="New.", url=HARBOUR.url))
    assert library.articles.get(number).article == changed(HARBOUR, body="New.")


def test_edit_refuses_what_is_no_date(library: Library) -> None:
    number = library.articles.add(HARBOUR).id
    with pytest.raises(ValueError, match="not a date: last Monday"):
        library.articles.edit(number, published="last Monday")
    library.articles.edit(number, published="")
    assert library.articles.get(number).article.published == ""


def test_many_are_added_in_order_and_across_chunks(library: Library) -> None:
    articles = [(Article(body=f"Report {n}."), b"") for n in (1, 2, 1, 3, 2)]
    done = list(library.articles.add_many(articles, chunk=2))
    assert [(d.id, d.status) for d in done] == [
        (1, "added"),
        (2, "added"),
        (1, "already"),
        (3, "added"),
        (2, "already"),
    ]


def test_a_text_that_is_not_unicode_is_refused_and_its_chunk_with_it(library: Library) -> None:
    with pytest.raises(LibraryError, match="not Unicode"):
        list(library.articles.add_many([(HARBOUR, b""), (Article(body="lone \ud800"), b"")]))
    assert library.articles.count() == 0


def test_texts_comes_in_the_order_of_ids_without_the_deleted(library: Library) -> None:
    list(library.articles.add_many((Article(body=f"Report {n}."), b"") for n in range(450)))
    library.articles.delete([2, 300])
    found = list(library.articles.texts())
    assert [number for number, _ in found] == [n for n in range(1, 451) if n not in (2, 300)]
    assert found[1][1].body == "Report 2."


# --- finding one


def test_find_by_id_external_id_and_start_of_title(library: Library) -> None:
    a, b = two(library)
    assert [library.articles.find(r) for r in ("1", " c-1 ", "dockers walk", "Deal")] == [a.id, a.id, a.id, b.id]


@pytest.mark.parametrize("reference", ["", "%", "_", "no such", "99", "9" * 400, "\udce9", "²"])
def test_find_says_that_nothing_answers(library: Library, reference: str) -> None:
    two(library)
    with pytest.raises(LibraryError):
        library.articles.find(reference)


def test_find_says_when_several_answer(library: Library) -> None:
    two(library)
    library.articles.add(Article(body="x", title="Dockers return"))
    with pytest.raises(NotFound, match="reports 1, 3"):
        library.articles.find("dockers")


def test_what_is_not_there_is_not_found(library: Library) -> None:
    articles = library.articles
    for ask in (articles.get, articles.raw, articles.preview, articles.place):
        with pytest.raises(NotFound, match="no report 7"):
            ask(7)
    for change in (articles.delete, articles.restore, articles.set_read, articles.set_starred):
        with pytest.raises(NotFound, match="no report 7"):
            change([7])
    with pytest.raises(NotFound):
        articles.edit(7, title="x")
    with pytest.raises(NotFound):
        articles.set_place(7, 3)


# --- lists


def shelf(library: Library) -> None:
    rng = random.Random(7)
    dates = [
        "",
        "2029",
        "2030-02",
        "2031-03-05T08:00:00+02:00",
        "2031-03-05T01:00:00-09:00",
        "2031-03-05",
        "2031-03-06",
    ]
    for n in range(60):
        words = " ".join(rng.choice(["ferry", "quay", "strike", "mayor"]) for _ in range(rng.randint(1, 9)))
        title = rng.choice(["Ärger", "alpha", "Beta", "beta", ""])
        source = rng.choice(["Wire", "wire", "Post", ""])
        library.articles.add(
            Article(body=f"{words} {n}", title=title, source=source, published=rng.choice(dates), external_id=str(n))
        )
    library.articles.set_read(range(1, 61, 3))
    library.articles.set_starred(range(1, 61, 4))
    library.articles.delete([5, 6])
    library.tags.tag("article", [7, 8], ["Harbour"])


def asking(text: str = "", *terms: tuple[str, str], **order: object) -> Query:
    """A query whose terms, field and value, must all hold; a field that begins with - is turned round."""
    made = (Term(field=field.lstrip("-"), value=value, negated=field[0] == "-") for field, value in terms)  # type: ignore[arg-type]
    return Query(text=text, where=tuple((term,) for term in made), **order)  # type: ignore[arg-type]


QUERIES = [
    Query(),
    asking("", ("is", "unread"), sort="title"),
    asking("", ("is", "starred"), descending=False),
    asking("", ("-is", "starred"), sort="length"),
    asking("ferry quay", sort="added"),
    asking("ferry", ("-words", "quay"), sort="relevance"),
    asking("", ("source", "WIRE"), sort="source"),
    asking("", ("tag", "harbour")),
    asking("", ("is", "deleted")),
    asking("", ("dated", "2031-03-05/2031-03-06"), sort="title", descending=False),
    asking("", ("dated", "/2030")),
    asking("", ("has", "verdicts")),
    Query(where=((Term(field="words", value="ferry"), Term(field="is", value="starred")),), sort="title"),
]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_pages_count_and_position_agree(library: Library, query: Query) -> None:
    shelf(library)
    ids = library.articles.ids(query)
    assert len(set(ids)) == len(ids) == library.articles.count(query)
    paged = [row.id for at in range(0, len(ids), 7) for row in library.articles.page(query, at, 7)]
    assert paged == ids
    assert [library.articles.position(query, number) for number in ids] == list(range(len(ids)))
    assert library.articles.position(query, 999) is None


def test_filters_find_what_they_say(library: Library) -> None:
    shelf(library)
    rows = {row.id: row for row in library.articles.page(limit=-1)}
    everything = {s.id: s for s in library.articles.get_many(range(1, 61))}
    assert set(rows) == {n for n, s in everything.items() if not s.deleted}

    def found(*terms: tuple[str, str], text: str = "") -> set[int]:
        return set(library.articles.ids(asking(text, *terms)))

    ferries = {n for n in rows if "ferry" in everything[n].article.body.split()}
    assert found(("is", "read")) == {n for n in rows if rows[n].read} == set(range(1, 61, 3))
    assert found(("is", "unread")) == rows.keys() - set(range(1, 61, 3))
    assert found(("-is", "starred")) == {n for n in rows if not rows[n].starred}
    assert found(("tag", "HARBOUR")) == found(("tag", "har*")) == found(("has", "tags")) == {7, 8}
    assert found(("tag", "har")) == found(("tag", "h_rbour")) == set()
    assert rows[7].tags == ("Harbour",)
    assert found(("source", "wir")) == {n for n in rows if rows[n].source.lower() == "wire"}
    assert found(("source", "%")) == set()
    assert found(("is", "deleted")) == {5, 6}
    assert found(text="ferry") == found(("words", "ferry")) == ferries
    assert found(("-words", "ferry")) == rows.keys() - ferries
    assert found(("headline", "ferry")) == {n for n in rows if "ferry" in rows[n].title.lower().split()}
    assert found(("dated", "/2030")) == {n for n in rows if rows[n].published == "2029"}
    assert found(("dated", "2029/2030"), ("is", "read")) == found(("dated", "/2030")) & found(("is", "read"))
    assert [len(found(("is", state))) for state in STATES] == [20, 38, 14, 2]
    assert found(("words", "--")) == set(rows), "what holds no word asks for nothing"
    either = Query(where=((Term(field="tag", value="harbour"), Term(field="words", value="ferry")),))
    assert set(library.articles.ids(either)) == {7, 8} | ferries


def test_what_a_report_has(library: Library) -> None:
    a, b = two(library)
    stranger = library.articles.add(Article(body="Nothing happened.", title="Quiet")).id

    def having(value: str) -> list[int]:
        return sorted(library.articles.ids(asking("", ("has", value))))

    assert [having(value) for value in HOLDINGS] == [[]] * len(HOLDINGS)
    library.facts.put(library.articles.get(stranger), Facts(version="1", title=Reading(), body=Reading()))
    assert having("facts") == [stranger]
    library.comparisons.put(a, b, "1", Comparison(conflicts=(numbers(a, b),), version="1"))
    assert having("undecided") == [a.id, b.id]
    library.articles.delete([b.id])
    assert having("undecided") == [], "nobody compares with what is deleted"
    library.articles.restore([b.id])
    library.verdicts.judge_conflict(a, b, numbers(a, b), "tension")
    assert having("undecided") == having("note") == []
    assert having("verdicts") == [a.id, b.id]
    swapped = msgspec.structs.replace(numbers(a, b), a=numbers(a, b).b, b=numbers(a, b).a)
    library.comparisons.put(b, a, "1", Comparison(conflicts=(swapped,), version="1"))
    assert having("undecided") == [], "judged is judged, whichever report stands on the left"


def test_a_filter_walks_an_index_and_no_table(library: Library) -> None:
    for query in QUERIES:
        condition, params = search.where(query)
        plan = library._store.rows(
            f"EXPLAIN QUERY PLAN SELECT a.id FROM articles AS a WHERE {condition}"
            f" ORDER BY {search.order(query)} DESC LIMIT 50",
            params,
        )
        steps = [row["detail"] for row in plan]
        assert not any(re.match(r"SCAN (a|articles|texts)\b(?!.* USING)", step) for step in steps), steps


def test_dates_sort_by_the_moment_they_name(library: Library) -> None:
    for n, date in enumerate(
        ["2031-03-05T08:00:00+02:00", "2031-03-05T01:00:00-09:00", "", "2031", "2031-03-05T07:00Z"]
    ):
        library.articles.add(Article(body=f"Report {n}.", published=date))
    assert library.articles.ids(Query(descending=False)) == [3, 4, 1, 5, 2]


def test_a_row_counts_verdicts_and_never_reads_bodies(library: Library) -> None:
    a, b = two(library)
    library.verdicts.judge_conflict(a, b, numbers(a, b), "tension")
    assert [row.verdicts for row in library.articles.page()] == [1, 1]
    assert library.articles.ids(asking("", ("-has", "verdicts"))) == []
    plan = library._store.rows(
        "EXPLAIN QUERY PLAN SELECT a.id FROM articles AS a WHERE a.deleted_at IS NULL"
        " ORDER BY a.published_utc DESC, a.id DESC LIMIT 50 OFFSET 5"
    )
    assert "articles_by_published" in plan[0]["detail"]
    assert not any("TEMP B-TREE" in row["detail"] for row in plan)


def test_sources_and_previews(library: Library) -> None:
    a, _ = two(library)
    assert library.articles.sources() == [("Amble Courier", 1), ("Northern Wire", 1)]
    assert library.articles.preview(a.id, 9) == "The ferry"


def test_places_are_remembered(library: Library) -> None:
    a, _ = two(library)
    assert library.articles.place(a.id) == 0
    library.articles.set_place(a.id, 41)
    assert library.articles.place(a.id) == 41


# --- search


def test_search_follows_titles_bodies_edits_and_revisions(library: Library) -> None:
    number = library.articles.add(changed(HARBOUR, title="Café on the quay")).id

    def found(text: str) -> bool:
        return library.articles.ids(Query(text=text)) == [number]

    assert all(found(text) for text in ("cafe", "FERRY dawn", '"at dawn"', "fer*", "ines varga"))
    assert not any(found(text) for text in ('"dawn at"', "fer", "ferry absent"))
    library.articles.edit(number, title="Tearoom")
    assert found("tearoom")
    assert not found("cafe")
    library.history.undo()
    assert found("cafe")
    library.articles.add(changed(HARBOUR, body="Nothing of that."))
    assert found("nothing")
    assert not found("ferry")
    with library._store.write() as connection:
        connection.execute("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("db") / "library.db") as opened:
        two(opened)
        yield opened


@given(text=st.text(alphabet=string.printable + "\0é漢“”²́", max_size=60))
def test_whatever_is_typed_is_searched_for_without_an_error(shared: Library, text: str) -> None:
    shared.articles.ids(Query(text=text))
    shared.articles.count(Query(text=text, sort="relevance"))
    shared.articles.page(Query(text=text, sort="relevance"))


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("convoy left", '"convoy" "left"'),
        ('"convoy left" east', '"convoy left" "east"'),
        ('"unfinished', '"unfinished"'),
        ("conv*", '"conv"*'),
        ("AND OR NOT NEAR(", '"AND" "OR" "NOT" "NEAR("'),
        ("title:x -y ^z", '"title:x" "-y" "^z"'),
        ("-- * \" '", ""),
    ],
)
def test_nothing_typed_is_an_operator(typed: str, asked: str) -> None:
    assert match(typed) == asked


def test_a_pasted_page_is_cut_to_what_a_search_can_hold(shared: Library) -> None:
    assert match("word " * 5000).count('"word"') == MOST_TERMS
    assert shared.articles.ids(Query(text="ferry " * 5000)) == [1]


def test_a_search_without_a_word_finds_everything(shared: Library) -> None:
    assert shared.articles.count(Query(text="--")) == shared.articles.count()
    assert shared.articles.page()[0].title == QUAY.title


def test_words_alone_find_and_count_what_is_not_deleted(library: Library) -> None:
    numbers = [
        library.articles.add(Article(body=f"Tram {n} left the depot.", title=f"Tram {n}", external_id=str(n))).id
        for n in range(4)
    ]
    library.articles.delete(numbers[1:2])
    left = [numbers[0], *numbers[2:]]
    words = Query(text="tram", sort="relevance")
    narrowed = Query(text="tram", sort="relevance", where=((Term(field="is", value="unread"),),))
    for query in (words, narrowed, Query(text="tram")):
        assert sorted(library.articles.ids(query)) == left
        assert library.articles.count(query) == 3
    assert library.articles.ids(words) == library.articles.ids(narrowed)


# --- what partners are looked for with


def test_articles_that_hold_words_come_the_most_relevant_first(library: Library) -> None:
    bodies = ("Quinces ripen in Tolmeck.", "Quinces ripen.", "Zebras doze.", "Quinces and Tolmeck, again Tolmeck.")
    for number, body in enumerate(bodies):
        library.articles.add(Article(body=body, published=f"203{number}"))
    found = library.articles.holding(["tolmeck", "quinces"], 10)
    assert [held.id for held in found] == [4, 1, 2]
    assert [held.published for held in found] == ["2033", "2030", "2031"]
    assert found[0].relevance > found[-1].relevance > 0
    assert [held.id for held in library.articles.holding(["tolmeck", "quinces"], 1)] == [4]
    library.articles.delete([4])
    assert [held.id for held in library.articles.holding(["tolmeck"], 10)] == [1]
    library.articles.restore([4])
    library.articles.add(Article(body="Zebras doze in Tolmeck.", external_id="z"))
    assert {held.id for held in library.articles.holding(["tolmeck"], 10)} == {1, 4, 5}


@pytest.mark.parametrize("words", [[], [""], ['"'], ["(", "*"], ["NEAR", 'a"b', "OR", "title:x", "café"]])
def test_no_word_looked_for_is_an_operator(library: Library, words: list[str]) -> None:
    library.articles.add(Article(body="Nothing of the kind."))
    assert library.articles.holding(words, 10) == []


def test_a_sample_is_spread_evenly_and_leaves_out_what_is_deleted(library: Library) -> None:
    assert library.articles.newest() == 0
    assert list(library.articles.sample(5)) == []
    for number in range(1, 11):
        library.articles.add(Article(body=f"{number}"))
    library.articles.delete([3])
    assert library.articles.newest() == 10
    assert [article.body for article in library.articles.sample(5)] == ["1", "5", "7", "9"]
    assert [article.body for article in library.articles.sample(10)] == [*"12456789", "10"]
