"""The app in a browser, without a browser: the page, the key in its address, and the app behind it."""

from __future__ import annotations

import asyncio
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from aiohttp import ClientSession, WSMsgType
from two_reports import library_of

from widgets import serving


async def test_the_page_shows_the_app_to_who_has_the_key(tmp_path: Path) -> None:
    library_of(tmp_path / "library.db").close()
    stop = asyncio.Event()
    told: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    run = serving.command(tmp_path / "library.db", None)
    serving_it = asyncio.create_task(serving.serve(run, "127.0.0.1", 0, told.set_result, stop))
    address = await told
    root = re.match(r"http://127\.0\.0\.1:\d+/", address)
    assert root is not None
    async with ClientSession() as browser:
        async with browser.get(address) as answer:
            page = await answer.text()
            policy = answer.headers["Content-Security-Policy"]
        assert (answer.status, "default-src 'none'" in policy) == (200, True)
        assert not re.search(r"(?:src|href|url\()=?[\"(]?https?:", page)
        for path in ["/page.js", *re.findall(r"/static/[\w./-]+", page)]:
            async with browser.get(root[0] + path[1:]) as answer:
                assert answer.status == 200, path
        async with browser.get(address, headers={"Host": 'x"><b>'}) as answer:
            assert "<b>" not in await answer.text()
        for path in ("", "ws", "x/", "x/ws"):
            async with browser.get(root[0] + path) as answer:
                assert answer.status == 403, path
        socket = re.search(r"ws://[^\"]+", page)
        assert socket is not None
        async with browser.ws_connect(f"{socket[0]}?width=100&height=30") as app:
            shown = b""
            while b"Southern Wire" not in shown:
                message = await app.receive(timeout=60)
                assert message.type == WSMsgType.BINARY, shown
                shown += message.data
    stop.set()
    await serving_it


def test_the_command_starts_tells_and_stops(tmp_path: Path) -> None:
    library_of(tmp_path / "library.db").close()
    words = [sys.executable, "-m", "app", "--db", str(tmp_path / "library.db"), "serve", "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert re.fullmatch(r"http://localhost:\d+/\S+/\n", process.stdout.readline())
        process.send_signal(signal.SIGINT)
        _, narration = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Only this machine can reach it" in narration


@pytest.mark.parametrize(
    ("host", "local"), [("localhost", True), ("127.0.0.1", True), ("::1", True), ("0.0.0.0", False), ("", False)]
)
def test_which_hosts_only_this_machine_reaches(host: str, local: bool) -> None:
    assert serving.is_local(host) is local
