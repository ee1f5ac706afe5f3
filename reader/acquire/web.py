"""Fetching from the network, which happens only where a person names an address: aiohttp with narrow manners.

One request at a time, to http and https only, without cookies, proxies or credentials, with an honest name. Where a
request goes is checked on the address that is connected to, redirects included, so that a name that resolves to two
addresses gains nothing. robots.txt is asked first (RFC 9309); it is the one further request.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Coroutine
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

from reader import settings
from reader.acquire.records import MAX_BYTES, MAX_BYTES_PACKED, AcquireError
from reader.hostile import one_line

if TYPE_CHECKING:
    import aiohttp
    from protego import Protego
    from yarl import URL

T = TypeVar("T")

SECONDS = 60.0
"""The longest that an answer may take from the first request to the last byte, redirects and robots.txt included."""
CONNECTING = 15.0
REDIRECTS = 5
MAX_ROBOTS = 500_000
"""Bytes of a robots.txt that are read, as RFC 9309 asks at least."""
BETWEEN = 1.0
"""Seconds between two requests for pages of one host, unless it asks for more (Crawl-delay)."""
LONGEST_BETWEEN = 30.0
LONGEST_ADDRESS = 2_000
_POLL = 0.2

_LARGE = frozenset({"application/pdf", "application/epub+zip"})
_REDIRECT = frozenset({301, 302, 303, 307, 308})


def user_agent() -> str:
    """The name under which requests are made."""
    try:
        return f"rashomon-reader/{version('rashomon-reader')} (a person's reader; no crawler)"
    except PackageNotFoundError:
        return "rashomon-reader (a person's reader; no crawler)"


class Answer(NamedTuple):
    """What a server answered. ``url`` is where it was in the end; ``headers`` have small letters."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """The media type, "" if none is stated."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The encoding that the server states, "" if none."""
        parameters = self.headers.get("content-type", "").lower().partition("charset=")[2]
        return parameters.partition(";")[0].strip("\"' ")[:40]

    def retry_after(self) -> float | None:
        """Seconds that the server asks to wait, None where it does not say."""
        stated = self.headers.get("retry-after", "").strip()
        if stated.isdecimal() and len(stated) < 9:
            return float(stated)
        try:
            return max(0.0, parsedate_to_datetime(stated).timestamp() - time.time())
        except (ValueError, OverflowError):
            return None


class WebError(AcquireError):
    """Nothing was fetched; one line says why. ``answer`` is what the server said, if it said anything.

    ``for_good``: it will be no other another time.
    """

    def __init__(self, reason: str, answer: Answer | None = None, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.answer = answer
        self.for_good = for_good or (answer is not None and 400 <= answer.status < 500 and answer.status != 429)


class _Refused(OSError):
    """An address that is not connected to."""


class Web:
    """Fetches pages, one after the other, in the thread that uses it.

    Requests go to addresses of this machine and of private networks only where `reader.settings` allow it. ``waiting``
    is called several times a second meanwhile and may raise to stop.
    """

    def __init__(self, waiting: Callable[[], object] = lambda: None) -> None:
        self._allow_private = settings.in_use().private
        self._waiting = waiting
        self._runner = asyncio.Runner()
        self._session: aiohttp.ClientSession | None = None
        self._robots: dict[str, Protego | None] = {}
        self._asked: dict[str, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._session is not None:
                self._runner.run(self._session.close())
        finally:
            self._runner.close()

    def page(self, url: str) -> Answer:
        """Fetch a page, if robots.txt of its host allows it, a while after the last one from there.

        Raises:
            WebError: it cannot be had.
        """
        return self._run(self._get(url, {}, robots=True))

    def get(self, url: str, *, etag: str = "", modified: str = "") -> Answer:
        """Fetch what is made to be fetched by programs, a feed; with its marks from the last time it may answer 304.

        Raises:
            WebError: it cannot be had.
        """
        headers = {"If-None-Match": etag, "If-Modified-Since": modified}
        return self._run(self._get(url, {name: value for name, value in headers.items() if value}, robots=False))

    def _run(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        async def watched() -> Answer:
            task = asyncio.ensure_future(work)
            try:
                while not (await asyncio.wait({task}, timeout=_POLL))[0]:
                    self._waiting()
                return task.result()
            finally:
                task.cancel()

        return self._runner.run(watched())

    async def _get(self, url: str, headers: dict[str, str], *, robots: bool) -> Answer:
        import aiohttp

        try:
            target = _checked(url)
            async with asyncio.timeout(SECONDS) as deadline:
                for _ in range(REDIRECTS + 1):
                    if robots:
                        await self._robots_allow(target, deadline)
                    answer = await self._request(target, headers)
                    location = answer.headers.get("location", "")
                    if answer.status not in _REDIRECT or not location:
                        return _good(answer)
                    target = _checked(location, target)
        except TimeoutError:
            raise WebError(f"no whole answer within {SECONDS:g} seconds, the limit; try again later") from None
        except aiohttp.ClientConnectorError as error:
            raise WebError(_why(error.os_error), for_good=isinstance(error.os_error, _Refused)) from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise WebError(_why(error)) from None
        raise WebError(f"more than {REDIRECTS} redirects, the limit; open it in a browser and save the page")

    async def _request(self, url: URL, headers: dict[str, str], limit: int | None = None) -> Answer:
        if self._session is None:
            self._session = self._new_session()
        async with self._session.get(url, headers=headers, allow_redirects=False) as response:
            found = {name.lower(): value for name, value in response.headers.items()}
            answer = Answer(str(response.url), response.status, found, b"")
            if limit is not None:
                return answer._replace(body=(await _read(response, limit))[:limit])
            if response.status != 200:
                return answer
            most = MAX_BYTES_PACKED if answer.kind in _LARGE else MAX_BYTES
            body = await _read(response, most)
            if len(body) > most:
                raise WebError(f"larger than {most // 1_000_000} MB, the limit for one report", for_good=True)
            return answer._replace(body=body)

    def _new_session(self) -> aiohttp.ClientSession:
        import aiohttp

        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=_resolver(), socket_factory=self._socket, use_dns_cache=False),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, connect=CONNECTING),
            headers={"User-Agent": user_agent(), "Accept-Encoding": "gzip, deflate"},
            trust_env=False,
        )

    def _socket(self, address: tuple[Any, ...]) -> socket.socket:
        """A socket for an address that a request may go to; aiohttp makes every connection with it."""
        family, kind, protocol, _, (host, *_) = address
        if not self._allow_private and not _public(host):
            raise _Refused(host)
        return socket.socket(family, kind, protocol)

    async def _robots_allow(self, url: URL, deadline: asyncio.Timeout) -> None:
        """Raise `WebError` where the host does not want this fetched; wait where the last request to it was just now."""
        origin = str(url.origin())
        if origin not in self._robots:
            self._robots[origin] = await self._robots_of(url)
        rules = self._robots[origin]
        if rules is None:
            raise WebError("its host cannot say what may be fetched (robots.txt fails); try again later")
        if not rules.can_fetch(str(url), "rashomon-reader"):
            raise WebError(
                "its host asks programs not to fetch it (robots.txt); save the page from a browser", for_good=True
            )
        between = min(rules.crawl_delay("rashomon-reader") or BETWEEN, LONGEST_BETWEEN)
        now = time.monotonic()
        if origin in self._asked and (rest := self._asked[origin] + between - now) > 0:
            deadline.reschedule((deadline.when() or 0.0) + rest)
            await asyncio.sleep(rest)
        self._asked[origin] = time.monotonic()

    async def _robots_of(self, url: URL) -> Protego | None:
        """The rules of a host: none where it has none, ``None`` where it fails (RFC 9309, 2.3.1)."""
        from protego import Protego

        target = url.origin() / "robots.txt"
        for _ in range(REDIRECTS + 1):
            answer = await self._request(target, {}, MAX_ROBOTS)
            if answer.status not in _REDIRECT or not answer.headers.get("location"):
                break
            target = _checked(answer.headers["location"], target)
        if answer.status >= 500 or answer.status == 429:
            return None
        return Protego.parse(answer.body.decode(errors="replace") if answer.status == 200 else "")


async def _read(response: aiohttp.ClientResponse, limit: int) -> bytes:
    """The body, unpacked, up to a little more than ``limit``."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(65536):
        body += chunk
        if len(body) > limit:
            response.close()
            break
    return bytes(body)


def _resolver() -> aiohttp.abc.AbstractResolver:
    from aiohttp.abc import AbstractResolver, ResolveResult

    class Resolver(AbstractResolver):
        """Looks names up in threads that nobody waits for: a lookup can hang longer than a person wants to."""

        async def resolve(
            self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
        ) -> list[ResolveResult]:
            loop = asyncio.get_running_loop()
            found: asyncio.Future[list[Any]] = loop.create_future()

            def tell(result: list[Any] | OSError) -> None:
                if found.done():
                    return
                if isinstance(result, OSError):
                    found.set_exception(result)
                else:
                    found.set_result(result)

            def look_up() -> None:
                try:
                    result: list[Any] | OSError = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)
                except OSError as error:
                    result = error
                except UnicodeError:
                    result = socket.gaierror(socket.EAI_NONAME, "no such name")
                try:
                    loop.call_soon_threadsafe(tell, result)
                except RuntimeError:  # the loop is gone
                    return

            threading.Thread(target=look_up, daemon=True).start()
            return [
                ResolveResult(
                    hostname=host,
                    host=place[0],
                    port=place[1],
                    family=kind,
                    proto=protocol,
                    flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
                )
                for kind, _, protocol, _, place in await found
            ]

        async def close(self) -> None:
            pass

    return Resolver()


def _public(host: str) -> bool:
    """Whether an address is one of the public internet."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return _public(str(inner))
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _checked(url: str, base: URL | None = None) -> URL:
    """An address that may be asked for; ``base`` is what it may be relative to."""
    from yarl import URL

    if len(url) > LONGEST_ADDRESS:
        raise WebError(f"an address of more than {LONGEST_ADDRESS:,} characters, the limit")
    try:
        target = URL(url) if base is None else base.join(URL(url))
    except ValueError:
        raise WebError("not an address; write https://host/page") from None
    if target.scheme not in ("http", "https"):
        scheme = one_line(target.scheme) or "no scheme"
        raise WebError(f"{scheme}: only http and https addresses are fetched", for_good=True)
    if not target.host:
        raise WebError("not an address; write https://host/page")
    if target.user is not None or target.password is not None:
        raise WebError("an address with a name or password in it is not fetched; take them out")
    return target.with_fragment(None)


def _good(answer: Answer) -> Answer:
    status = answer.status
    if status in (200, 304):
        return answer
    if status in (401, 402, 403, 407, 451):
        raise WebError(f"the server refuses it ({status}); open it in a browser and save the page", answer)
    if status in (404, 410):
        raise WebError(f"the server has no such page ({status}); check the address", answer)
    if status in (429, 503):
        raise WebError(f"the server asks to come back later ({status})", answer)
    raise WebError(f"the server answers {status}; try again later, or save the page from a browser", answer)


def _why(error: BaseException) -> str:
    """One line for what kept a request from an answer."""
    import ssl

    import aiohttp

    match error:
        case _Refused():
            return f"{one_line(str(error))} is an address of this machine or a private network, which is not fetched unless that is allowed (--allow-private)"
        case socket.gaierror():
            return "its host is not found; check the address and the network"
        case ConnectionRefusedError():
            return "its host refuses the connection; check the address, or try again later"
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return (
                "its host cannot prove who it is (certificate); open it in a browser if you trust it, and save the page"
            )
        case aiohttp.InvalidURL() | ValueError():
            return "not an address; write https://host/page"
        case aiohttp.ServerDisconnectedError() | aiohttp.ClientPayloadError() | ConnectionError():
            return "its host broke off; try again later"
        case OSError():
            return f"no connection ({(error.strerror or type(error).__name__).lower()}); check the network"
        case _:
            return f"its host answers no HTTP that can be read ({type(error).__name__}); save the page from a browser"
