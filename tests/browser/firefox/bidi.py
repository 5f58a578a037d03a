"""As much of WebDriver BiDi as the tests need, over a websocket to a headless Firefox.

https://www.w3.org/TR/webdriver-bidi/
"""

import base64
import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from websockets.exceptions import InvalidHandshake
from websockets.sync.client import ClientConnection, connect

from tests.browser.firefox.installed import FIREFOX
from tests.browser.serving import free_port

PATIENCE: Final = 60.0  # seconds
POLL: Final = 0.05
PREFERENCES: Final = {
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.aboutwelcome.enabled": False,
}
"""So that it asks nobody for anything."""


class BidiError(RuntimeError):
    """Firefox refused a command, or a script in the page failed."""


class Tab:
    """A tab of Firefox: goes to addresses, runs scripts, presses and types; `errors` are the page's own."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket, self._last = socket, 0
        self.errors: list[str] = []
        self._ask("session.new", capabilities={})
        self._ask("session.subscribe", events=["log.entryAdded"])
        self._context = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv(PATIENCE))
            if answer.get("id") == self._last:
                break
            self._note(answer)
        if answer["type"] == "error":
            raise BidiError(f"{method}: {answer['error']}: {answer['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _note(self, event: dict[str, Any]) -> None:
        entry = event.get("params", {})
        if event.get("method") == "log.entryAdded" and entry["level"] == "error":
            self.errors.append(entry["text"])

    def resize(self, width: int, height: int) -> None:
        """The size of the page's window in CSS pixels."""
        size = {"width": width, "height": height}
        self._ask("browsingContext.setViewport", context=self._context, viewport=size)

    def go(self, address: str) -> None:
        """Goes to an address, and waits until its HTML has been read."""
        self._ask("browsingContext.navigate", context=self._context, url=address, wait="interactive")

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression, as JSON carries it. BidiError if it throws."""
        answer = self._ask(
            "script.evaluate",
            expression=f"JSON.stringify(({expression}) ?? null)",
            target={"context": self._context},
            awaitPromise=False,
        )
        if answer["type"] == "exception":
            raise BidiError(f"{expression}: {answer['exceptionDetails']['text']}")
        return json.loads(answer["result"]["value"])

    def wait_for(self, condition: str) -> None:
        """Waits until a condition in JavaScript holds. TimeoutError, with the condition, if it never does."""
        deadline = time.monotonic() + PATIENCE
        while not self.evaluate(f"Boolean({condition})"):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{condition}; the page's errors: {self.errors}")
            time.sleep(POLL)

    def press(self, selector: str) -> None:
        """A click of the mouse in the middle of the first visible element of that kind."""
        middle = self.evaluate(
            f"""(() => {{
                const all = [...document.querySelectorAll({json.dumps(selector)})];
                const one = all.find((element) => element.getClientRects().length);
                one.scrollIntoView({{ block: "center" }});
                const {{ left, top, width, height }} = one.getBoundingClientRect();
                return [Math.round(left + width / 2), Math.round(top + height / 2)];
            }})()"""
        )
        moves: list[dict[str, Any]] = [{"type": "pointerMove", "x": middle[0], "y": middle[1]}]
        moves += [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        mouse = {"type": "pointer", "id": "mouse", "actions": moves}
        self._ask("input.performActions", context=self._context, actions=[mouse])

    def type(self, keys: str) -> None:
        """Presses keys, one after the other; special ones by their code points in WebDriver."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        keyboard = {"type": "key", "id": "keyboard", "actions": actions}
        self._ask("input.performActions", context=self._context, actions=[keyboard])

    def screenshot(self, path: Path) -> None:
        """The page's window as a PNG."""
        picture = self._ask("browsingContext.captureScreenshot", context=self._context)["data"]
        path.write_bytes(base64.b64decode(picture))


@contextmanager
def firefox() -> Iterator[Tab]:
    """A headless Firefox with a profile of its own, and its tab."""
    port = free_port()
    with tempfile.TemporaryDirectory() as profile:
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()
        ]
        (Path(profile) / "user.js").write_text("\n".join(lines), encoding="utf-8")
        command = [FIREFOX.executable(), "--headless", "--no-remote", "--profile", profile]
        command.append(f"--remote-debugging-port={port}")
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            with _connected(port) as socket:
                yield Tab(socket)
        finally:
            process.terminate()
            process.wait(20)


def _connected(port: int) -> ClientConnection:
    """The websocket, once Firefox listens."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return connect(f"ws://127.0.0.1:{port}/session", max_size=None, proxy=None)
        except (OSError, InvalidHandshake):
            if time.monotonic() > deadline:
                raise
            time.sleep(POLL)
