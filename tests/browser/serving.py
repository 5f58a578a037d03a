"""The app on a port of its own, for as long as a test needs it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = 300.0  # seconds until a start counts as failed
HEALTH: Final = "_stcore/health"


class Server(str):
    """The base URL of a running server, without a slash at its end; its log, and a way to stop it."""

    handle: "_Handle"

    def log(self) -> str:
        """What the server has printed so far."""
        return self.handle.log_path.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """Ends the server, also before the ``with`` block does; twice is no harm."""
        self.handle.end()


@dataclass(frozen=True)
class _Handle:
    process: "subprocess.Popen[bytes]"
    log_path: Path

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def serve(
    *,
    app: str = "streamlit_app.py",
    args: Sequence[str] = (),
    env: Mapping[str, str] | None = None,
    base: str = "",
    root: Path = ROOT,
    port: int | None = None,
) -> Iterator[Server]:
    """A fresh ``streamlit run`` of `app`, ready to answer; yields its base URL, a `Server`.

    `args` go to ``streamlit run``, `env` is added to the environment; `base` is the path below which
    the app lives (its ``server.baseUrlPath``), `root` the checkout that it is started in; `port`
    is one that must be free, any by default.
    RuntimeError, with the log, if the server ends or does not answer in time.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", app]
    options = ["--server.address=127.0.0.1", f"--server.port={port}", "--server.fileWatcherType=none"]
    if base:
        options.append(f"--server.baseUrlPath={base}")
    with tempfile.TemporaryDirectory() as folder:
        log_path = Path(folder) / "log"
        with log_path.open("wb") as log:
            process = subprocess.Popen(
                [*command, *options, *args],
                cwd=root,
                env=os.environ | dict(env or {}),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        server = Server(f"http://127.0.0.1:{port}" + (f"/{base}" if base else ""))
        server.handle = _Handle(process, log_path)
        try:
            _wait_until_healthy(server)
            yield server
        finally:
            server.stop()


def _wait_until_healthy(server: Server) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _answers(f"{server}/{HEALTH}"):
        if server.handle.process.poll() is not None:
            raise RuntimeError(f"the server ended before it answered:\n{server.log()}")
        if time.monotonic() > deadline:
            raise RuntimeError(f"the server did not answer within {PATIENCE:g} seconds:\n{server.log()}")
        time.sleep(0.05)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False
