"""Saved views and preferences."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import Library, View


def test_views_are_saved_renamed_replaced_deleted_and_all_of_it_undone(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        views = library.views
        views.save(2, "  Quays\n", 'quay after:"last month"', "title", False)
        views.save(1, "", "is:unread")
        assert views.all() == [
            View(digit=1, name="is:unread", line="is:unread"),
            View(digit=2, name="Quays", line='quay after:"last month"', sort="title", descending=False),
        ]
        views.rename(2, "Docks")
        views.rename(2, " ")
        assert views.get(2) == View(
            digit=2, name="Docks", line='quay after:"last month"', sort="title", descending=False
        )
        views.save(2, "Other", "")
        views.delete(2)
        views.delete(2)
        assert views.get(2) is None
        assert [library.history.undo() for _ in range(5)] == [
            "deleted view 2, Other",
            "saved view 2, Other",
            "renamed view 2 to Docks",
            "saved view 1, is:unread",
            "saved view 2, Quays",
        ]
        assert views.all() == []
        for _ in range(3):
            library.history.redo()
        assert [view.name for view in views.all()] == ["is:unread", "Docks"]
        with pytest.raises(ValueError, match="1 to 9"):
            views.save(10, "Ten", "")


def test_preferences_are_kept_and_are_no_step_of_the_history(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        assert library.preferences.get("page") == ""
        library.preferences.set("page", "wide")
        library.preferences.set("page", "narrow")
        assert library.history.next_undo() is None
    with Library.open(tmp_path / "library.db") as library:
        assert library.preferences.get("page") == "narrow"
