"""The app in a browser: textual-serve runs it, this page shows it.

Each page that is opened is a process of its own on the same library. The address holds a key that is new with every
start: without it another user of the machine, or a web page that the person visits, could open the library. Nothing is
loaded from another host, so it works offline.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from html import escape
from ipaddress import ip_address
from pathlib import Path
from string import Template

import textual_serve
from aiohttp import web
from textual_serve.server import Server

SERVED = Path(__file__).parent / "served"
PAGE = Template((SERVED / "page.html").read_text(encoding="utf-8"))
STATIC = Path(textual_serve.__file__).parent / "static"
SIZES = range(6, 41)
"""Pixels of the font, as the query ``?fontsize=20`` may ask."""
STOPS_WITHIN = 3.0
"""Seconds that the apps behind open pages have to end."""


def command(db: Path, config: Path | None, reviewer: str = "") -> str:
    """The shell command that opens the library for ``reviewer``."""
    words = [sys.executable, "-P", "-m", "app", "--db", str(db), *(["--config", str(config)] if config else [])]
    words += ["--reviewer", reviewer] if reviewer else []
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def is_local(host: str) -> bool:
    """Whether only this machine can reach what listens on ``host``."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def application(server: Server, key: str) -> web.Application:
    """The routes; all that shows or drives the app lies under the secret ``key``."""

    async def page(request: web.Request) -> web.Response:
        asked = request.query.get("fontsize", "")
        size = int(asked) if asked.isdecimal() and int(asked) in SIZES else 16
        scheme = "wss" if request.secure else "ws"
        socket = f"{scheme}://{request.host}/{key}/ws"
        # xterm.js makes its own style elements; nothing else may come from anywhere but here.
        policy = (
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
            f"img-src 'self' data:; connect-src 'self' {scheme}://{request.host}; frame-ancestors 'none'; base-uri 'none'"
        )
        return web.Response(
            text=PAGE.substitute(socket=escape(socket), size=size),
            content_type="text/html",
            headers={"Content-Security-Policy": policy, "Cache-Control": "no-store"},
        )

    async def script(_: web.Request) -> web.FileResponse:
        return web.FileResponse(SERVED / "page.js")

    async def elsewhere(_: web.Request) -> web.Response:
        raise web.HTTPForbidden(text="Open the whole address that rashomon serve wrote: it ends in a key.\n")

    app = web.Application()
    app.add_routes(
        [
            web.get(f"/{key}/", page),
            web.get(f"/{key}/ws", server.handle_websocket),
            web.get("/download/{key}", server.handle_download),  # the key is another: one of the file
            web.get("/page.js", script),
            web.static("/static", STATIC),
            web.get("/{rest:.*}", elsewhere),
        ]
    )
    return app


async def serve(run: str, host: str, port: int, tell: Callable[[str], None], stop: asyncio.Event) -> None:
    """Serve the app that the shell command ``run`` starts until ``stop`` is set; ``tell`` is told the address.

    Port 0 is any free one. Raises OSError where it cannot listen.
    """
    key = secrets.token_urlsafe(16)
    server = Server(run, host=host, port=port, title="Rashomon")
    runner = web.AppRunner(application(server, key), access_log=None, shutdown_timeout=STOPS_WITHIN)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        tell(f"http://{f'[{host}]' if ':' in host else host}:{runner.addresses[0][1]}/{key}/")
        await stop.wait()
    finally:
        await runner.cleanup()


def serve_until_stopped(run: str, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Serve until Ctrl+C or SIGTERM."""

    async def until_stopped() -> None:
        stop = asyncio.Event()
        if os.name != "nt":
            for one in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(one, stop.set)
        await serve(run, host, port, tell, stop)

    asyncio.run(until_stopped())
