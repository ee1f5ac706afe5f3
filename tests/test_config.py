"""The configuration file: what it sets, and what is said of what it cannot set."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from app import RashomonApp
from db import Library
from reader.settings import Settings
from widgets.config import TEMPLATE, ConfigError, check_theme, load, write_template

DOCUMENT = Path(__file__).parents[1] / "docs" / "configuration.md"


@pytest.fixture
def write(tmp_path: Path):
    def written(text: str) -> Path:
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_without_a_file_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("widgets.config.default_path", lambda: tmp_path / "config.toml")
    config = load()
    assert (config.exists, config.reading, config.theme, dict(config.keys)) == (False, Settings(), "", {})


def test_everything_can_be_set(write, tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text("", encoding="utf-8")
    (tmp_path / "model").mkdir()
    config = load(
        write(
            'theme = "nord"\n[reading]\nmodel = "./model"\nvague = "words.toml"\n'
            '[keys]\n"article.star" = "f2"\nfind.next_match = ["n", "ctrl+n"]\nlibrary.sort = []\n'
        )
    )
    assert config.reading == Settings(str(tmp_path / "model"), str(tmp_path / "words.toml"))
    assert config.keys == {"article.star": ("f2",), "find.next_match": ("n", "ctrl+n"), "library.sort": ()}
    check_theme(config)
    assert load(write('[reading]\nmodel = "en_core_web_lg"')).reading.model == "en_core_web_lg"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour = 'x'", "colour: there is no such setting; there are reading, fetching, keys, reviewer, theme"),
        ("[reeding]", "reeding: there is no such setting; did you mean reading?"),
        ("[reading]\nmodle = 'x'", "reading.modle: there is no such setting; did you mean model?"),
        ("[fetching]\nprivate = 'yes'", "fetching.private: it is true or false; write one of them without quotes"),
        ("[reading]\nmodel = 3", "reading.model: it is text; write it in quotes"),
        ("reading = 3", "reading: it is a table"),
        ("theme = 3", "theme: it is text"),
        ("[reading]\nmodel = './gone'", "reading.model: there is no folder"),
        ("[reading]\nvague = 'gone.toml'", "reading.vague: there is no file"),
        ("[keys]\n'article.sta' = 'f2'", "keys.article.sta: there is no such action; did you mean article.star?"),
        ("[keys]\n'article.star' = 3", "keys.article.star: write one command in quotes"),
        ("[keys]\n'article.star' = ''", 'keys.article.star: "" is no key'),
        ("[keys]\n'article.star' = 'entr'", 'keys.article.star: "entr" is no key; did you mean enter?'),
        ("[keys]\n'article.star' = 'ctrl+entr'", '"ctrl+entr" is no key'),
        (
            "[keys]\n'article.star' = 'g'",
            "keys: library: gv (article.versions) clashes with g (article.star); give one",
        ),
        ("[keys]\n'article.star' = 'ctrl+c'", 'keys.article.star: "ctrl+c" belongs to the terminal; write another key'),
        ("[keys]\n'article.star' = ['f2', 'ctrl+S']", '"ctrl+S" belongs to the terminal'),
        ("[keys]\n'article.star' = 'ctrl+['", '"ctrl+[" belongs to the terminal'),
        ("[keys]\napp = {quit_app = [], help = [], palette = []}", "app.quit_app, app.help, app.palette have no key"),
        ("[keys]\n'compare.kind' = 'f2'", "keys.compare.kind: its keys are digits"),
        ("[keys", "not TOML (Expected ']'"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(write, text: str, said: str) -> None:
    path = write(text)
    with pytest.raises(ConfigError) as failed:
        load(path)
    assert str(failed.value).startswith(f"{path}: ")
    assert said in str(failed.value)
    assert "\n" not in str(failed.value)


def test_a_theme_that_is_not_there(write) -> None:
    with pytest.raises(ConfigError, match="did you mean rashomon-light"):
        check_theme(load(write("theme = 'rashomon-ligth'")))
    with pytest.raises(ConfigError, match=r': theme: there is no theme "nosuch"; choose one of .*rashomon-dark'):
        check_theme(load(write("theme = 'nosuch'")))


def test_one_way_out_is_enough(write) -> None:
    assert load(write("[keys]\napp = {quit_app = [], help = []}")).keys["app.help"] == ()


def test_paths_start_from_the_folder_of_the_file(write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("my_model", "my-model", "elsewhere/my_model", "elsewhere/my-model"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "elsewhere")
    for name in ("my_model", "my-model"):
        assert load(write(f"[reading]\nmodel = '{name}'")).reading.model == str(tmp_path / name)
    (tmp_path / "my_model").rmdir()
    assert load(write("[reading]\nmodel = 'my_model'")).reading.model == "my_model", "a package"
    with pytest.raises(ConfigError, match=r"reading.model: there is no folder"):
        load(write("[reading]\nmodel = 'other-model'"))


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load(tmp_path / "gone.toml")
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)
    (tmp_path / "latin.toml").write_bytes(b"# \xe9\n")
    with pytest.raises(ConfigError, match="not TOML"):
        load(tmp_path / "latin.toml")


def test_the_example_in_the_manual_is_valid_and_is_the_one_written(write, tmp_path: Path) -> None:
    (tmp_path / "vague.toml").touch()
    example = re.search(r"```toml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    config = load(write(example[1]))
    check_theme(config)
    assert config.reading.model
    assert config.keys
    write_template(tmp_path / "new" / "config.toml")
    assert load(tmp_path / "new" / "config.toml").keys == {}
    uncommented = load(write(re.sub(r"(?m)^#=", "", TEMPLATE.read_text(encoding="utf-8"))))
    assert uncommented == config


def test_the_manual_names_every_setting() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert all(name in text for name in ("`theme`", "`reading.model`", "`reading.vague`", "`[keys]`"))


def test_what_is_there_is_never_overwritten(write) -> None:
    path = write("theme = 'nord'\n")
    with pytest.raises(ConfigError, match="one already"):
        write_template(path)
    assert path.read_text(encoding="utf-8") == "theme = 'nord'\n"


async def test_theme_and_keys_reach_the_app(write, tmp_path: Path) -> None:
    config = load(write('theme = "rashomon-light"\n[keys]\n"app.quit_app" = "f9"'))
    with Library.open(tmp_path / "library.db") as library:
        app = RashomonApp(library, keymap=config.keys, theme=config.theme)
        async with app.run_test() as pilot:
            assert app.theme == "rashomon-light"
            await pilot.press("Q")
            assert app.is_running
            await pilot.press("f9")
            assert not app.is_running


def test_the_command_says_what_is_in_effect(write, tmp_path: Path) -> None:
    def rashomon(*args: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(cli.main, ["--db", str(tmp_path / "library.db"), *args], prog_name="rashomon")
        return done.exit_code, done.stdout, done.stderr

    path = write('[keys]\n"article.star" = "f2"')
    code, out, _ = rashomon("--config", str(path), "config")
    assert code == 0
    assert f"file   {path}\nmodel  our own" in out
    assert "article.star = f2" in out
    write("[keys]\n'article.sta' = 'f2'")
    for command in ("list", "config"):
        code, out, err = rashomon("--config", str(path), command)
        assert (code, out) == (1, "")
        assert len(err.splitlines()) == 1
        assert "did you mean article.star" in err
    new = tmp_path / "new.toml"
    assert rashomon("--config", str(new), "config", "--init")[0] == 0
    assert new.exists()
    assert "one already" in rashomon("--config", str(new), "config", "--init")[2]
