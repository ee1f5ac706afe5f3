"""The floors, the start-up cost and what the wheel carries."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.audit import judged

ROOT = Path(__file__).parent.parent


def loaded_by(code: str, *names: str) -> set[str]:
    """Which of ``names`` a fresh interpreter has loaded after ``code``."""
    probe = f"{code}\nimport sys\nprint(*({{*{names!r}}} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_reader_loads_no_screen_and_no_sql() -> None:
    assert loaded_by("import reader", "textual", "sqlite_utils", "sqlite3", "spacy") == set()


def test_the_app_and_the_command_load_no_spacy() -> None:
    assert loaded_by("import app, cli", "spacy", "trafilatura") == set()


def test_the_app_loads_no_screen_but_the_library() -> None:
    over = ("widgets.compare.screen", "widgets.reader_screen", "widgets.settle_screen", "widgets.sessions_screen")
    assert loaded_by("import app", "widgets.library_screen", *over) == {"widgets.library_screen"}


def test_the_command_loads_no_screen() -> None:
    every = "import cli, importlib; [importlib.import_module(f'widgets.commands.{m}') for m in cli.COMMANDS.values()]"
    assert loaded_by(every, "textual", "spacy") == set()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    return Path(next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])))


def test_the_wheel_carries_code_data_and_licences_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {"app.py", "cli.py", "reader/vague.toml", "reader/model/NOTICE", "reader/model/LICENSE"} <= set(names)
    assert {"reader/model/en_news_ud_sm/config.cfg", "widgets/config.toml"} <= set(names)
    assert {"widgets/exports/page.html", "widgets/exports/page.css"} <= set(names)
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"app.py", "cli.py", "reader", "widgets", "db"}


def test_the_wheel_works_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    report = tmp_path / "report.txt"
    report.write_text("Twelve people were hurt in Vellmar on Monday when a tram left its rails.", encoding="utf-8")
    script = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); import cli, reader; "
        "print(reader.__file__, file=sys.stderr); cli.main()"
    )
    for args in (["add", str(report)], ["facts", "1"]):
        done = subprocess.run(
            [sys.executable, "-I", "-c", script, "--db", str(tmp_path / "library.db"), *args],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        assert str(tmp_path / "site") in done.stderr
    assert '"counted": "person"' in done.stdout or '"counted": "people"' in done.stdout


def test_the_lock_pins_every_dependency_with_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for requirement in project["dependencies"]:
        name = requirement.split(">")[0]
        assert f"\n{name}==" in f"\n{lock}", name
    pinned = [line for line in lock.splitlines() if "==" in line and not line.startswith((" ", "#"))]
    assert all(line.endswith("\\") for line in pinned), "each is followed by its hashes"


def test_the_audit_fails_on_an_advisory_and_says_so_where_nothing_could_be_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clean = {"name": "good", "version": "1", "vulns": []}
    advised = {"name": "bad", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
    skipped = {"name": "own", "skip_reason": "not found"}
    assert [judged(found) for found in ([clean, skipped], [clean, advised], [skipped], [])] == [0, 1, 0, 0]
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "audit: no advisory is known for 1 locked packages, 1 unknown to the service"
    assert said[1] == "audit: bad 2: PYSEC-1; mended in 3"
    assert "nothing was checked" in said[2]
    assert "nothing was checked" in said[3]
