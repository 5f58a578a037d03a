"""Where projector and desks meet: who is let in, who hears what, and what closes a connection."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.types import Message as Event
from starlette.websockets import WebSocket, WebSocketDisconnect

from explainer.talk import hub as hubs
from explainer.talk.hub import HOURS_KEPT, MOST_BYTES, MOST_SEATS, MOST_TALKS, MOST_WAITING, Hub
from explainer.words import TALK

HOST = {"host": "testserver", "origin": "http://testserver"}
SECRET = "the-right-one"
Join = Callable[..., WebSocketTestSession]


async def talk_of(first: Any) -> dict[str, Any]:
    return {"title": first.get("name", ""), "scenes": [{"name": "one", "notes": "Wait."}]}


async def invite(socket: WebSocket, first: Any) -> dict[str, Any]:
    return {"kind": "invitation", "path": f"/desk/{first['talk']}"}


class Now:
    """A clock that stands until somebody moves it."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def hub(now: Now) -> Hub:
    return Hub(talk_of, invite, now)


def app_of(hub: Hub) -> Starlette:
    return Starlette(routes=[WebSocketRoute("/talk/socket", lambda socket: hub.serve(socket))])


@pytest.fixture
def client(hub: Hub) -> Iterator[TestClient]:
    """All its connections live in one event loop, as in the app."""
    with TestClient(app_of(hub)) as made:
        yield made


@pytest.fixture
def connect(client: TestClient) -> Iterator[Join]:
    """Opens a connection, which says nothing yet; all are closed at the end."""
    with ExitStack() as stack:

        def made(headers: dict[str, str] = HOST) -> WebSocketTestSession:
            return stack.enter_context(client.websocket_connect("/talk/socket", headers=headers))

        yield made


@pytest.fixture
def join(connect: Join) -> Join:
    """Opens a connection and says the first message; the page is another one each time."""
    count = iter(range(1000))

    def made(role: str, talk: str = "t", secret: str = SECRET, **more: Any) -> WebSocketTestSession:
        session = connect()
        first = {"as": role, "talk": talk, "secret": secret, "client": f"page {next(count)}"}
        session.send_json(first | more)
        return session

    return made


def hear(session: WebSocketTestSession, kind: str) -> dict[str, Any]:
    """The next message of that kind; those before it are passed over."""
    while True:
        message: dict[str, Any] = session.receive_json()
        if message["kind"] == kind:
            return message


def closed_with(session: WebSocketTestSession) -> int:
    """Why a connection is closed, whatever it hears before."""
    with pytest.raises(WebSocketDisconnect) as raised:
        while True:
            session.receive_json()
    return raised.value.code


def pong(session: WebSocketTestSession) -> list[dict[str, Any]]:
    """All that has been heard until the answer to a ping."""
    session.send_json({"kind": "ping"})
    heard: list[dict[str, Any]] = []
    while not heard or heard[-1]["kind"] != "pong":
        heard.append(session.receive_json())
    return heard[:-1]


def test_a_screen_is_invited_and_a_desk_is_welcome(join: Join) -> None:
    screen = join("screen", name="evening", told={"place": 3})
    assert hear(screen, "invitation")["path"] == "/desk/t"
    assert hear(screen, "present") == {"kind": "present", "screens": 1, "desks": 0}
    desk = join("desk")
    welcome = hear(desk, "welcome")
    assert welcome["told"] == {"place": 3}
    assert welcome["talk"]["title"] == "evening" and welcome["talk"]["scenes"][0]["notes"] == "Wait."
    assert hear(screen, "present")["desks"] == 1


def test_the_screen_is_never_told_the_notes(join: Join) -> None:
    screen, desk = join("screen"), None
    hear(screen, "present")
    desk = join("desk")
    hear(desk, "welcome")
    desk.send_json({"kind": "press", "action": "next"})
    assert "Wait." not in json.dumps(pong(screen))


def test_what_one_side_says_the_other_hears(join: Join) -> None:
    screens, desks = [join("screen"), join("screen")], []
    for screen in screens:
        hear(screen, "present")
    for _ in range(2):
        desks.append(join("desk"))
        hear(desks[-1], "present")
    for message in (
        {"kind": "press", "action": "next"},
        {"kind": "goto", "scene": "two"},
        {"kind": "move", "place": 4},
        {"kind": "clock", "action": "pause"},
    ):
        desks[0].send_json(message)
        assert all(hear(screen, message["kind"]) == message for screen in screens)
    screens[0].send_json({"kind": "told", "told": {"place": 5}})
    assert all(hear(desk, "told")["told"] == {"place": 5} for desk in desks)
    assert [one["kind"] for one in pong(screens[1])].count("told") == 0
    assert hear(join("desk"), "welcome")["told"] == {"place": 5}


def test_a_second_desk_is_told_of_the_first_and_the_first_of_its_leaving(join: Join) -> None:
    hear(join("screen"), "present")
    first = join("desk")
    assert hear(first, "present")["desks"] == 1
    second = join("desk")
    assert hear(second, "present")["desks"] == hear(first, "present")["desks"] == 2
    second.close()
    assert hear(first, "present")["desks"] == 1


def test_a_page_that_comes_again_takes_the_place_of_its_old_connection(join: Join) -> None:
    screen = join("screen", client="tab")
    hear(screen, "present")
    again = join("screen", client="tab")
    assert hear(again, "present")["screens"] == 1
    assert closed_with(screen) == hubs.REPLACED
    desk = join("desk")
    hear(desk, "welcome")
    desk.send_json({"kind": "press", "action": "next"})
    assert [one["kind"] for one in pong(again)].count("press") <= 1
    assert hear(desk, "present")["screens"] == 1


def test_two_talks_do_not_hear_one_another(join: Join) -> None:
    screens = {name: join("screen", name, f"secret {name}") for name in "ab"}
    for screen in screens.values():
        hear(screen, "present")
    desk = join("desk", "a", "secret a")
    hear(desk, "present")
    desk.send_json({"kind": "press", "action": "next"})
    hear(screens["a"], "press")
    screens["b"].send_json({"kind": "told", "told": 1})
    assert pong(screens["b"]) == pong(desk) == []


@pytest.mark.parametrize(
    ("role", "talk", "secret", "why"),
    [("desk", "t", "wrong", "secret"), ("desk", "other", SECRET, "unknown"), ("screen", "t", "é", "taken")],
)
def test_who_is_not_let_in_is_told_why(join: Join, role: str, talk: str, secret: str, why: str) -> None:
    screen = join("screen")
    hear(screen, "present")
    refused = join(role, talk, secret)
    assert refused.receive_json() == {"kind": "refused", "why": why, "said": TALK["hub"][why]}
    assert closed_with(refused) == hubs.REFUSED
    assert pong(screen) == []


def test_after_a_restart_a_desk_is_let_in_once_the_screen_is_back(join: Join) -> None:
    desk = join("desk")
    assert hear(desk, "refused")["why"] == "unknown"
    hear(join("screen", told={"place": 7}), "present")
    assert hear(join("desk"), "welcome")["told"] == {"place": 7}


def test_desks_that_are_there_are_welcome_again_when_the_screen_comes_back(join: Join) -> None:
    screen = join("screen", name="before")
    hear(screen, "present")
    desk = join("desk")
    assert hear(desk, "welcome")["talk"]["title"] == "before"
    screen.close()
    hear(desk, "present")
    assert hear(desk, "present")["screens"] == 0
    join("screen", name="edited")
    assert hear(desk, "welcome")["talk"]["title"] == "edited"


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "testserver", "origin": "http://elsewhere"},
        {"host": "testserver", "origin": "http://testserver:81"},
        {"host": "testserver", "origin": "null"},
        {"host": "testserver"},
    ],
)
def test_a_page_of_another_site_is_refused_and_hears_nothing(connect: Join, headers: dict[str, str]) -> None:
    session = connect(headers)
    with pytest.raises(WebSocketDisconnect) as raised:
        session.receive_json()
    assert raised.value.code == hubs.ELSEWHERE
    assert raised.value.reason == TALK["hub"]["elsewhere"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("no JSON", hubs.NOT_UNDERSTOOD),
        ("[1]", hubs.NOT_UNDERSTOOD),
        ("[" * 5000, hubs.NOT_UNDERSTOOD),
        ('{"kind": "told"}', hubs.NOT_UNDERSTOOD),
        ('{"as": "audience", "talk": "t", "secret": "s", "client": "c"}', hubs.NOT_UNDERSTOOD),
        ('{"as": "desk", "talk": 1, "secret": "s", "client": "c"}', hubs.NOT_UNDERSTOOD),
        ('{"as": "desk", "talk": "t", "secret": "", "client": "c"}', hubs.NOT_UNDERSTOOD),
        ('{"as": ["desk"], "talk": "t", "secret": "s", "client": "c"}', hubs.NOT_UNDERSTOOD),
        (f'{{"as": "{"x" * MOST_BYTES}"}}', hubs.TOO_LARGE),
    ],
)
def test_a_first_message_that_is_none_closes_the_connection(connect: Join, text: str, code: int) -> None:
    session = connect()
    session.send_text(text)
    assert closed_with(session) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", hubs.NOT_UNDERSTOOD),
        ('{"kind": "told"}', hubs.NOT_UNDERSTOOD),  # a desk tells nothing
        ('{"kind": ["press"]}', hubs.NOT_UNDERSTOOD),
        ('{"kind": "press", "action": "' + "é" * (MOST_BYTES // 2) + '"}', hubs.TOO_LARGE),
    ],
)
def test_a_later_message_that_is_none_closes_that_connection_alone(join: Join, text: str, code: int) -> None:
    screen = join("screen")
    hear(screen, "present")
    desk = join("desk")
    hear(desk, "present")
    desk.send_text(text)
    assert closed_with(desk) == code
    hear(screen, "present")
    assert hear(screen, "present")["desks"] == 0


def test_bytes_close_the_connection_and_a_message_of_the_largest_size_does_not(join: Join) -> None:
    screen = join("screen")
    hear(screen, "present")
    frame = len(json.dumps({"kind": "told", "told": ""}))
    screen.send_json({"kind": "told", "told": "x" * (MOST_BYTES - frame)}, mode="text")
    pong(screen)
    screen.send_bytes(b'{"kind": "told"}')
    assert closed_with(screen) == hubs.NOT_UNDERSTOOD


def test_no_more_than_so_many_connections_of_a_talk(join: Join) -> None:
    hear(join("screen"), "present")
    for _ in range(MOST_SEATS - 1):
        hear(join("desk"), "welcome")
    assert hear(join("desk"), "refused")["why"] == "full"


def test_talks_that_nobody_is_at_are_dropped_after_hours_or_beyond_a_number(
    hub: Hub, now: Now, join: Join
) -> None:
    stays = join("screen", "stays")
    hear(stays, "present")
    for k in range(MOST_TALKS - 1):
        session = join("screen", f"talk {k}")
        hear(session, "present")
        now.seconds += 1
        session.close()
        pong(stays)
    assert len(hub.meetings) == MOST_TALKS
    hear(join("screen", "one more"), "present")
    assert len(hub.meetings) == MOST_TALKS
    assert "talk 0" not in hub.meetings and {"stays", "talk 1", "one more"} <= set(hub.meetings)
    now.seconds += HOURS_KEPT * 3600 + 1
    hear(join("screen", "next day"), "present")
    assert set(hub.meetings) == {"stays", "one more", "next day"}


def test_too_many_talks_that_are_being_given_refuse_one_more(hub: Hub, join: Join) -> None:
    screen = join("screen")
    hear(screen, "present")
    (meeting,) = hub.meetings.values()
    hub.meetings.update({f"other {k}": meeting for k in range(MOST_TALKS - 1)})
    assert hear(join("screen", "one more"), "refused")["why"] == "too_many"


class Line:
    """A connection by hand, whose other end may stop taking what is sent."""

    def __init__(self, **first: Any) -> None:
        self.coming: asyncio.Queue[Event] = asyncio.Queue()
        self.coming.put_nowait({"type": "websocket.connect"})
        self.say(first | {"talk": "t", "secret": SECRET})
        self.sent: list[Event] = []
        self.takes = asyncio.Event()
        self.takes.set()

    def say(self, message: dict[str, Any]) -> None:
        self.coming.put_nowait({"type": "websocket.receive", "text": json.dumps(message)})

    async def send(self, event: Event) -> None:
        await self.takes.wait()
        self.sent.append(event)

    def serve(self, hub: Hub) -> "asyncio.Task[None]":
        headers = [(name.encode(), text.encode()) for name, text in HOST.items()]
        scope = {"type": "websocket", "headers": headers, "path": "/talk/socket", "query_string": b""}
        return asyncio.ensure_future(hub.serve(WebSocket(scope, self.coming.get, self.send)))

    def texts(self, kind: str) -> list[dict[str, Any]]:
        messages = [json.loads(event["text"]) for event in self.sent if "text" in event]
        return [message for message in messages if message["kind"] == kind]


async def until(condition: Callable[[], bool]) -> None:
    """Lets everybody else go on until it is so."""
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0)


def test_a_desk_that_takes_nothing_is_let_go_and_holds_nobody_up(hub: Hub) -> None:
    async def talk() -> None:
        screen, slow, quick = (
            Line(**{"as": role, "client": name})
            for role, name in (("screen", "s"), ("desk", "a"), ("desk", "b"))
        )
        tasks = []
        for line in (screen, slow, quick):
            tasks.append(line.serve(hub))
            await until(lambda line=line: bool(line.texts("present")))  # type: ignore[misc]
        slow.takes.clear()
        for k in range(MOST_WAITING + 2):
            screen.say({"kind": "told", "told": k})
            await until(lambda k=k: quick.texts("told")[-1:] == [{"kind": "told", "told": k}])  # type: ignore[misc]
        await until(lambda: screen.texts("present")[-1]["desks"] == 1)
        slow.takes.set()
        await tasks[1]
        assert slow.sent[-1]["code"] == hubs.TOO_SLOW
        for task in (tasks[0], tasks[2]):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(talk())


def test_one_that_takes_a_message_too_slowly_is_let_go(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    async def talk() -> None:
        screen, slow = Line(**{"as": "screen", "client": "s"}), Line(**{"as": "desk", "client": "a"})
        tasks = [screen.serve(hub)]
        await until(lambda: bool(screen.texts("present")))
        tasks.append(slow.serve(hub))
        await until(lambda: bool(slow.texts("present")))
        monkeypatch.setattr(hubs, "PATIENCE", 0.01)
        slow.takes.clear()
        screen.say({"kind": "told", "told": 1})
        await until(lambda: screen.texts("present")[-1]["desks"] == 0)
        await tasks[1]
        tasks[0].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(talk())


def test_one_that_never_says_anything_is_let_go(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    async def talk() -> None:
        silent = Line()
        silent.coming.get_nowait()
        silent.coming.get_nowait()
        silent.coming.put_nowait({"type": "websocket.connect"})
        monkeypatch.setattr(hubs, "PATIENCE", 0.01)
        await silent.serve(hub)
        assert silent.sent[-1]["code"] == hubs.TOO_SLOW

    asyncio.run(talk())
