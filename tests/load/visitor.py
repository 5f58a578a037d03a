"""One visitor without a browser: a websocket with Streamlit's protocol, and what a browser would fetch."""

import asyncio
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2 as httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.load.http import Connections

PATIENCE: Final = 60.0  # seconds until a page counts as failed
CONNECTING: Final = 10.0  # seconds until a connection counts as failed
LARGEST: Final = 50_000_000  # bytes of a message
BEGINS_ANEW: Final = ForwardMsg.FINISHED_EARLY_FOR_RERUN


class LoadError(Exception):
    """Something that a visitor would have met: no connection, no page in time, an error on the page."""


@dataclass
class Visitor:
    """A visitor's session: opens pages, presses and chooses, and measures until the page stands."""

    server: str
    number: int = 0
    socket: ClientConnection | None = None
    session_id: str = ""
    main_script: str = ""
    states: dict[str, WidgetState] = field(default_factory=dict)
    elements: list[Any] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    fetched: set[str] = field(default_factory=set)
    page: str = ""
    query: str = ""
    bytes_received: int = 0

    def __post_init__(self) -> None:
        self.http = Connections(self.server)

    async def arrive(self, page: str) -> float:
        """Opens the first page as a browser with an empty cache does; seconds until it stands."""
        start = perf_counter()
        html = await self._fetch(f"/{page}")
        found = re.findall(r'(?:src|href)="\./([^"]+)"', html.decode())
        files = {path for path in found if path.startswith(("static/", "live/"))}
        await asyncio.gather(*(self._fetch(f"/{path}") for path in sorted(files)))
        await self.connect()
        await self.go(page)
        return perf_counter() - start

    async def connect(self) -> None:
        """A new websocket, for the session that was there before if there was one."""
        await self._fetch("/_stcore/health")  # which sets the cookie that an upload asks for
        address = urlsplit(self.server)
        protocols = ["streamlit", *([self.session_id] if self.session_id else [])]
        url = f"ws://{address.netloc}{address.path}/_stcore/stream"
        try:
            self.socket = await connect(
                url,
                subprotocols=protocols,  # type: ignore[arg-type]
                additional_headers={"Cookie": self.http.cookie},
                max_size=LARGEST,
                open_timeout=CONNECTING,
                compression=None,
                proxy=None,
            )
        except (OSError, TimeoutError) as error:
            raise LoadError(f"no connection: {error!r}") from error

    async def leave(self) -> None:
        self.http.close()
        if self.socket is not None:
            await self.socket.close()

    async def go(self, page: str, query: str = "") -> float:
        """Another page, as its link in the menu leads there; seconds until it stands."""
        self.page, self.query, self.states = page, query, {}
        return await self.run()

    async def choose(self, label: str, option: str) -> float:
        """One of a group of buttons, by the group's label and the option's text."""
        group = self._one("button_group", label)
        state = WidgetState(id=group.id)
        state.string_array_value.data.append(option)
        self.states[group.id] = state
        return await self.run()

    async def press(self, label: str) -> float:
        """A button, by its label."""
        button = self._one("button", label)
        return await self.run(WidgetState(id=button.id, trigger_value=True))

    async def open(self, label: str) -> float:
        """A box that shows more once it is open, by its label."""
        box = _labelled(self.boxes, label)
        self.states[box.id] = WidgetState(id=box.id, bool_value=True)
        return await self.run()

    async def upload(self, name: str, content: bytes) -> float:
        """A file, by the page's first uploader; seconds from sending it until the page stands."""
        start = perf_counter()
        (uploader,) = self._all("file_uploader")
        message = BackMsg()
        message.file_urls_request.request_id = "1"
        message.file_urls_request.file_names.append(name)
        message.file_urls_request.session_id = self.session_id
        answer = await self._ask(message, "file_urls_response")
        (urls,) = answer.file_urls_response.file_urls
        headers = {"X-Xsrftoken": self.http.cookies["_streamlit_xsrf"], "Cookie": self.http.cookie}
        async with httpx.AsyncClient(trust_env=False) as client:
            url, files = f"{self.server}{urls.upload_url}", {"file": (name, content)}
            response = await client.put(url, files=files, headers=headers, timeout=PATIENCE)
        if response.status_code >= 300:
            raise LoadError(f"upload: {response.status_code}")
        state = WidgetState(id=uploader.id)
        info = state.file_uploader_state_value.uploaded_file_info.add()
        info.name, info.size, info.file_id = name, len(content), urls.file_id
        info.file_urls.CopyFrom(urls)
        self.states[uploader.id] = state
        await self.run()
        return perf_counter() - start

    async def run(self, *triggers: WidgetState) -> float:
        """A run of the page's script; seconds until it is over and the figures' blocks are there."""
        start = perf_counter()
        message = BackMsg()
        message.rerun_script.page_name = self.page
        message.rerun_script.query_string = self.query
        message.rerun_script.widget_states.widgets.extend([*self.states.values(), *triggers])
        try:
            await self._ask(message, "script_finished")
        except ConnectionClosed:  # the server has gone: as in a browser, another session by the same address
            self.session_id = ""
            await self.connect()
            try:
                await self._ask(message, "script_finished")
            except ConnectionClosed as error:
                raise LoadError(f"{self.page}: the connection was closed twice") from error
        await self._fetch_blocks()
        return perf_counter() - start

    async def _ask(self, message: BackMsg, awaited: str) -> ForwardMsg:
        """Sends a message and takes what comes until the awaited kind of message."""
        assert self.socket is not None
        await self.socket.send(message.SerializeToString())
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    received = await self.socket.recv()
                    assert isinstance(received, bytes)
                    self.bytes_received += len(received)
                    answer = ForwardMsg.FromString(received)
                    self._take(answer)
                    if answer.WhichOneof("type") == awaited and answer.script_finished != BEGINS_ANEW:
                        return answer
        except TimeoutError as error:
            raise LoadError(f"{self.page}: not there after {PATIENCE:g} s") from error

    def _take(self, answer: ForwardMsg) -> None:
        kind = answer.WhichOneof("type")
        if kind == "new_session":
            self.elements, self.boxes = [], []
            self.session_id = answer.new_session.initialize.session_id or self.session_id
        elif kind == "page_not_found":
            raise LoadError(f"{self.page}: page not found")
        elif kind == "delta" and answer.delta.add_block.popover.id:
            self.boxes.append(answer.delta.add_block.popover)
        elif kind == "delta" and answer.delta.WhichOneof("type") == "new_element":
            element = answer.delta.new_element
            if element.WhichOneof("type") == "exception":
                raise LoadError(f"{self.page}: {element.exception.message}")
            self.elements.append(element)

    def _one(self, kind: str, label: str) -> Any:
        return _labelled(self._all(kind), label)

    def _all(self, kind: str) -> Iterator[Any]:
        return (getattr(one, kind) for one in self.elements if one.WhichOneof("type") == kind)

    async def _fetch_blocks(self) -> None:
        """What the live figures of the page fetch, once for each browser."""
        sent = [part for one in self._all("bidi_component") if one.json for part in json.loads(one.json)]
        paths = {one["block"] for one in sent if "block" in one} - self.fetched
        await asyncio.gather(*(self._fetch(f"/{path}") for path in paths))
        self.fetched |= paths

    async def _fetch(self, path: str) -> bytes:
        try:
            answer = await self.http.get(path)
        except (OSError, asyncio.IncompleteReadError) as error:
            raise LoadError(f"{path}: {error!r}") from error
        if answer.status != 200:
            raise LoadError(f"{path}: {answer.status}")
        self.bytes_received += len(answer.body)
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        zipped = is_page and answer.headers.get("content-encoding") == "gzip"
        return gzip.decompress(answer.body) if zipped else answer.body


def _labelled(things: Iterable[Any], label: str) -> Any:
    found = [one for one in things if one.label == label]
    if not found:
        raise LoadError(f"nothing is called {label!r}")
    return found[0]
