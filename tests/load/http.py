"""Just enough HTTP for many visitors in one process: GET, over connections that each visitor keeps open.

A library for it takes as long for a request as the server does, and the visitors are to measure the server.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

MOST: Final = 6
"""Connections to a server, as browsers open them."""


@dataclass(frozen=True)
class Answer:
    """An answer as it came: its status, its headers by their lower-case names, its body as it was sent."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Connections:
    """A visitor's connections to one server."""

    server: str
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        address = urlsplit(self.server)
        self.host, self.port, self.base = address.hostname or "", address.port or 80, address.path
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self._places = asyncio.Semaphore(MOST)

    async def get(self, path: str) -> Answer:
        """Fetches a path, once more if the server has closed the connection meanwhile."""
        async with self._places:
            while self._free:
                try:
                    return await self._ask(*self._free.pop(), path)
                except (OSError, asyncio.IncompleteReadError):
                    continue
            return await self._ask(*await asyncio.open_connection(self.host, self.port), path)

    async def _ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> Answer:
        asked = [f"GET {self.base}{path} HTTP/1.1", f"Host: {self.host}:{self.port}", "Accept-Encoding: gzip"]
        asked += [f"Cookie: {self.cookie}"] if self.cookies else []
        writer.write("\r\n".join((*asked, "", "")).encode())
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        parts = (line.partition(":") for line in lines if line)
        pairs = [(name.lower(), value.strip()) for name, _, value in parts]
        headers = dict(pairs)
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        for set_cookie in (value for name, value in pairs if name == "set-cookie"):
            name, _, value = set_cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        self._free.append((reader, writer))
        return Answer(int(first.split()[1]), headers, body)

    @property
    def cookie(self) -> str:
        """What a browser would send as ``Cookie``."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def close(self) -> None:
        for _, writer in self._free:
            writer.close()
        self._free.clear()
