"""Where a talk's projector and its desks meet: a websocket that passes on what one says to the others.

The projector's page makes an id and a secret and registers them, again after each cut. A desk that has the
secret presses, and hears where the talk is. Nothing is kept but the last that the projector told.
"""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Final, Literal

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from explainer.talk.invitations import is_same_site
from explainer.words import TALK

MOST_BYTES: Final = 64_000
"""For one message, in bytes of its UTF-8."""
MOST_TALKS: Final = 100
MOST_SEATS: Final = 40
"""For all connections of one talk."""
HOURS_KEPT: Final = 12.0
"""How long a talk without connections is kept."""
MOST_WAITING: Final = 64
"""Messages that wait for a connection; one that takes them more slowly is closed, and comes again."""
PATIENCE: Final = 10.0
"""Seconds for a first message, and for sending one."""

Role = Literal["screen", "desk"]
Message = Mapping[str, Any]
SAYS: Final[Mapping[Role, tuple[str, ...]]] = {
    "screen": ("told", "ping"),
    "desk": ("press", "goto", "move", "clock", "ping"),
}
"""What each side may say. What the screen tells goes to all desks, what a desk says to the screens."""
NOT_UNDERSTOOD, TOO_LARGE, ELSEWHERE, REFUSED, TOO_SLOW, REPLACED = 4400, 4413, 4403, 4401, 4408, 4409
"""Why a connection was closed, as a websocket's code."""
MOST_LETTERS: Final = 64
"""For an id or a secret."""


class _RefusedError(Exception):
    """A first message that is understood, but not let in; its text is a kind of ``TALK["hub"]``."""


class _NotUnderstoodError(Exception):
    """A message that is none; its text is the websocket's code for that."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass(eq=False)
class Seat:
    """One connection, and the messages that wait for it."""

    socket: WebSocket
    role: Role
    client: str
    waiting: asyncio.Queue[Message] = field(default_factory=lambda: asyncio.Queue(MOST_WAITING))
    leaving: asyncio.Event = field(default_factory=asyncio.Event)
    code: int = 1000

    def tell(self, message: Message) -> None:
        """Puts a message behind those that wait; too many close the connection."""
        try:
            self.waiting.put_nowait(message)
        except asyncio.QueueFull:
            self.leave(TOO_SLOW)

    def leave(self, code: int) -> None:
        self.code = code
        self.leaving.set()

    async def write(self) -> None:
        """Sends what waits, for as long as somebody takes it."""
        with suppress(WebSocketDisconnect, RuntimeError):
            while True:
                message = await self.waiting.get()
                try:
                    await asyncio.wait_for(send(self.socket, message), PATIENCE)
                except TimeoutError:
                    self.leave(TOO_SLOW)
                    return


@dataclass(eq=False)
class Meeting:
    """One talk that is being given: who is there, and what its screen told last."""

    secret: str
    talk: Message = field(default_factory=dict)
    told: Any = None
    seats: dict[str, Seat] = field(default_factory=dict)
    left: float = 0.0

    def those(self, role: Role) -> Iterator[Seat]:
        return (seat for seat in self.seats.values() if seat.role == role)

    def tell_who_is_there(self) -> None:
        screens, desks = (sum(1 for _ in self.those(role)) for role in SAYS)
        for seat in self.seats.values():
            seat.tell({"kind": "present", "screens": screens, "desks": desks})


class Hub:
    """All talks that are being given.

    `talk_of` gives what desks read of a talk, by the screen's first message; `invite` gives a screen the
    addresses of its desks, by the request and that message. `now` tells seconds.
    """

    def __init__(
        self,
        talk_of: Callable[[Message], Awaitable[Message]],
        invite: Callable[[WebSocket, Message], Awaitable[Message]],
        now: Callable[[], float] = monotonic,
    ) -> None:
        self.talk_of = talk_of
        self.invite = invite
        self.now = now
        self.meetings: dict[str, Meeting] = {}

    def talk_with(self, name: str, secret: str) -> Message | None:
        """What desks read of the talk with that id, for who has its secret."""
        meeting = self.meetings.get(name)
        return meeting.talk if meeting is not None and _same(meeting.secret, secret) else None

    async def serve(self, socket: WebSocket) -> None:
        """One connection, from its first message until it ends."""
        await socket.accept()
        if not is_same_site(socket.headers.get("origin"), socket.headers.get("host", "")):
            await end(socket, ELSEWHERE, TALK["hub"]["elsewhere"])
            return
        try:
            first = await asyncio.wait_for(receive(socket), PATIENCE)
            meeting, seat = await self._let_in(socket, first)
        except _RefusedError as refused:
            kind = str(refused)
            with suppress(WebSocketDisconnect):
                await send(socket, {"kind": "refused", "why": kind, "said": TALK["hub"][kind]})
            await end(socket, REFUSED)
        except _NotUnderstoodError as wrong:
            await end(socket, wrong.code)
        except TimeoutError:
            await end(socket, TOO_SLOW)
        except WebSocketDisconnect:
            pass
        else:
            await self._attend(meeting, seat)

    # ---- coming

    async def _let_in(self, socket: WebSocket, first: Message) -> tuple[Meeting, Seat]:
        role, name, secret, client = _read_first(first)
        seat = Seat(socket, role, client)
        if role == "screen":
            talk, invitation = await self.talk_of(first), await self.invite(socket, first)
        meeting = self._meeting(role, name, secret)
        if len(meeting.seats) >= MOST_SEATS and client not in meeting.seats:
            raise _RefusedError("full")
        if role == "screen":
            meeting.talk, meeting.told = talk, first.get("told")
            seat.tell(invitation)
        if old := meeting.seats.pop(client, None):
            old.leave(REPLACED)
        meeting.seats[client] = seat
        for desk in meeting.those("desk") if role == "screen" else (seat,):
            desk.tell({"kind": "welcome", "talk": meeting.talk, "told": meeting.told})
        meeting.tell_who_is_there()
        return meeting, seat

    def _meeting(self, role: Role, name: str, secret: str) -> Meeting:
        """The talk of that id, which only its screen makes."""
        known = self.meetings.get(name)
        if known is None and role == "desk":
            raise _RefusedError("unknown")
        if known is None:
            self._make_room()
            known = self.meetings[name] = Meeting(secret, left=self.now())
        if not _same(known.secret, secret):
            raise _RefusedError("taken" if role == "screen" else "secret")
        return known

    def _make_room(self) -> None:
        """Drops talks that nobody has been at for hours, and the oldest of these beyond a number."""
        empty = sorted((one.left, name) for name, one in self.meetings.items() if not one.seats)
        for left, name in empty:
            is_old = self.now() - left > HOURS_KEPT * 3600
            if is_old or len(self.meetings) >= MOST_TALKS:
                del self.meetings[name]
        if len(self.meetings) >= MOST_TALKS:
            raise _RefusedError("too_many")

    # ---- being there

    async def _attend(self, meeting: Meeting, seat: Seat) -> None:
        """Reads and writes until one of the two ends, or the seat has to be left."""
        ways = (self._hear(meeting, seat), seat.write(), seat.leaving.wait())
        doing = [asyncio.ensure_future(way) for way in ways]
        try:
            await asyncio.wait(doing, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in doing:
                task.cancel()
            self._let_go(meeting, seat)
        await asyncio.wait(doing)
        await end(seat.socket, seat.code)

    def _let_go(self, meeting: Meeting, seat: Seat) -> None:
        if meeting.seats.get(seat.client) is seat:
            del meeting.seats[seat.client]
            meeting.left = self.now()
            meeting.tell_who_is_there()

    async def _hear(self, meeting: Meeting, seat: Seat) -> None:
        try:
            while True:
                self._pass_on(meeting, seat, await receive(seat.socket))
        except _NotUnderstoodError as wrong:
            seat.leave(wrong.code)
        except (WebSocketDisconnect, RuntimeError):
            seat.leave(1000)

    def _pass_on(self, meeting: Meeting, seat: Seat, message: Message) -> None:
        kind = message.get("kind")
        if kind not in SAYS[seat.role]:
            raise _NotUnderstoodError(NOT_UNDERSTOOD)
        if kind == "ping":
            seat.tell({"kind": "pong"})
            return
        if kind == "told":
            meeting.told = message.get("told")
        for other in meeting.those("desk" if seat.role == "screen" else "screen"):
            other.tell(message)


async def receive(socket: WebSocket) -> Message:
    """The next message; a `_NotUnderstoodError` if it is no JSON object or too large."""
    event = await socket.receive()
    if event["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(event.get("code", 1000))
    text = event.get("text")
    if text is None:
        raise _NotUnderstoodError(NOT_UNDERSTOOD)
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise _NotUnderstoodError(TOO_LARGE)
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict):
        raise _NotUnderstoodError(NOT_UNDERSTOOD)
    return message


async def end(socket: WebSocket, code: int, reason: str = "") -> None:
    """Closes a connection, if it is not closed already."""
    if socket.client_state is WebSocketState.CONNECTED:
        with suppress(WebSocketDisconnect, RuntimeError, TimeoutError):
            await asyncio.wait_for(socket.close(code, reason), PATIENCE)


async def send(socket: WebSocket, message: Message) -> None:
    await socket.send_text(json.dumps(message, ensure_ascii=True))


def _read_first(first: Message) -> tuple[Role, str, str, str]:
    """As what somebody comes, to which talk, with which secret, and from which page."""
    role = first.get("as")
    texts = [first.get(key) for key in ("talk", "secret", "client")]
    if role not in ("screen", "desk") or not all(map(_is_short, texts)):
        raise _NotUnderstoodError(NOT_UNDERSTOOD)
    name, secret, client = map(str, texts)
    return role, name, secret, client


def _is_short(text: Any) -> bool:
    return isinstance(text, str) and 0 < len(text) <= MOST_LETTERS


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
