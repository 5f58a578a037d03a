"""One measurement at a time: a queue in the server, and a process of its own for each measurement.

In a process of its own a measurement holds neither the server's interpreter lock nor its garbage
collector, so other visitors' pages do not wait for it; and it is ended if it does not end by itself.
It has one processor core: the loops could not use more, and the others stay free.

    race dot 1000                      what the process is started with; it prints JSON
    climb vectorised
    climb vectorised given KEY         pictures of a visitor's: it reads them from standard input
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from explainer.chapters.vectorization.stopwatch import BUDGET, race
from explainer.chapters.vectorization.trainings import climb
from explainer.chapters.vectorization.twins import TWINS

try:
    import fcntl
except ImportError:  # Windows has none: there each server process measures on its own
    fcntl = None  # type: ignore[assignment]

ROOT: Final = Path(__file__).parents[3]
LIMIT: Final = BUDGET + 4.0  # seconds until a process is ended; starting Python and NumPy takes some
THREADS: Final = ("OMP_NUM", "OPENBLAS_NUM", "MKL_NUM", "BLIS_NUM", "VECLIB_MAXIMUM")
ONE_CORE: Final = {f"{library}_THREADS": "1" for library in THREADS}
POLITE: Final = 5  # niceness: where cores are short, pages come first
MOST_WAITING: Final = 20
PATIENCE: Final = 10.0  # seconds after which nobody waits any more who has not asked again

Job = tuple[str, ...]
"""What to measure, as the arguments of the process: ``("race", "dot", "1000")``, ``("climb", "loop")``.

``("climb", "loop", "given", key)`` is measured on what the process is given to read; the key names that.
"""
State = Literal["waiting", "running", "done", "failed", "skipped"]


class MeasuringError(Exception):
    """A measurement that gave no result: its process could not start, did not end, or said nothing."""


class QueueFullError(Exception):
    """So many are waiting that one more would wait too long."""


@dataclass(eq=False)
class Ticket:
    """One visitor's place in the queue. `result` is there once it is done."""

    job: Job
    track: "Track"
    asked: float
    state: State = "waiting"
    result: Mapping[str, Any] = field(default_factory=dict)
    given: bytes = b""

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it but what it holds."""
        return self.state in ("done", "failed", "skipped")

    def ahead(self) -> int:
        """How many measurements come before this one. Asking says that somebody still waits."""
        return self.track.ahead(self)

    def leave(self) -> bool:
        """Gives the place up. Whether it could: what is next, running or over stays."""
        return self.track.leave(self)

    def wait(self, seconds: float) -> None:
        """Returns when something in the queue has changed, or after so many seconds."""
        self.track.wait(self, seconds)


class Track:
    """The queue. A thread runs its jobs, first come, first served; it lives as long as somebody waits.

    `run` measures a job (on what it is `given`, if anything), `turn` lets in one process of this computer
    after the other. Both may take long.
    """

    def __init__(
        self,
        run: Callable[..., Mapping[str, Any]] | None = None,
        turn: Callable[[], AbstractContextManager[Any]] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._run: Callable[..., Mapping[str, Any]] = run or measure
        self._turn, self._clock = turn or alone, clock
        self._changed = threading.Condition()
        self._waiting: list[Ticket] = []
        self._first: Ticket | None = None
        self._worker: threading.Thread | None = None

    def submit(self, job: Job, given: bytes = b"") -> Ticket:
        """A place at the end of the queue, with what the job's process is given to read.

        `QueueFullError` if it is full, or nothing more can be started.
        """
        with self._changed:
            self._drop_who_left()
            if len(self._waiting) >= MOST_WAITING:
                raise QueueFullError
            if self._worker is None:
                worker = threading.Thread(target=self._work, name="racing", daemon=True)
                try:
                    worker.start()  # it waits for this lock
                except RuntimeError as error:  # too many threads: nothing has changed yet
                    raise QueueFullError from error
                self._worker = worker
            ticket = Ticket(job, self, self._clock(), given=given)
            self._waiting.append(ticket)
            self._changed.notify_all()
            return ticket

    def ahead(self, ticket: Ticket) -> int:
        """How many come before it; 0 also if it is no longer in the queue."""
        with self._changed:
            ticket.asked = self._clock()
            if ticket not in self._waiting:
                return 0
            self._drop_who_left()
            return self._waiting.index(ticket) + (self._first is not None)

    def leave(self, ticket: Ticket) -> bool:
        """Takes a ticket out of the queue. Whether it was in it."""
        with self._changed:
            if ticket not in self._waiting:
                return False
            self._waiting.remove(ticket)
            ticket.state = "skipped"
            self._changed.notify_all()
            return True

    def wait(self, ticket: Ticket, seconds: float) -> None:
        """Returns when something has changed, at once if the ticket is over, or after so many seconds."""
        with self._changed:
            ticket.asked = self._clock()
            if not ticket.over:
                self._changed.wait(seconds)

    def _drop_who_left(self) -> None:
        now = self._clock()
        for ticket in self._waiting:
            if now - ticket.asked > PATIENCE:
                ticket.state = "skipped"
        self._waiting = [ticket for ticket in self._waiting if ticket.state == "waiting"]

    def _next(self) -> Ticket | None:
        """The first of those who still wait; without one the worker is done."""
        with self._changed:
            self._drop_who_left()
            self._first = self._waiting.pop(0) if self._waiting else None
            if self._first is None:
                self._worker = None
            self._changed.notify_all()
            return self._first

    def _set(self, ticket: Ticket, state: State, result: Mapping[str, Any] | None = None) -> None:
        with self._changed:
            ticket.result = result or {}
            ticket.state = state
            self._changed.notify_all()

    def _work(self) -> None:
        while ticket := self._next():
            try:
                with self._turn():
                    self._set(ticket, "running")
                    result = self._run(ticket.job, **({"given": ticket.given} if ticket.given else {}))
            except Exception:  # whatever it was: the next in the queue must not wait for ever
                logging.getLogger(__name__).exception("a measurement failed: %s", " ".join(ticket.job))
                self._set(ticket, "failed")
            else:
                self._set(ticket, "done", result)


def measure(
    job: Job, command: Sequence[str] = (), limit: float = LIMIT, given: bytes = b""
) -> Mapping[str, Any]:
    """Runs a job in a process of its own, ended after `limit` seconds; what is `given` it can read.

    `MeasuringError` without a result, with what the process said last.
    """
    command = command or (sys.executable, "-m", "explainer.chapters.vectorization.race_queue", *job)
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | ONE_CORE | {"PYTHONPATH": paths},
            input=given,
            capture_output=True,
            timeout=limit,
            check=True,
        )
        found: Mapping[str, Any] = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        said = getattr(error, "stderr", None) or b""
        raise MeasuringError(f"{error}\n{said.decode(errors='replace')}".strip()) from error
    return found


@contextmanager
def alone(folder: str = "") -> Iterator[None]:
    """Waits until no other process of this user measures on this computer, where the system can tell."""
    with _lock_file(folder) as lock:
        if lock is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)  # freed when the file is closed, also by a crash
        yield


def _lock_file(folder: str) -> AbstractContextManager[Any]:
    """The file that all processes share; nothing where the system has no such locks, or no place for it."""
    if fcntl is None:
        return nullcontext()
    path = Path(folder or tempfile.gettempdir()) / f"cat-or-not-racing-{os.getuid()}.lock"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError:
        return nullcontext()
    return os.fdopen(descriptor)


def answer(job: Sequence[str]) -> dict[str, Any]:
    """What the process measures and prints. ValueError for what is no job."""
    match job:
        case ["race", twin, n] if twin in TWINS:
            return race(TWINS[twin], int(n)).as_json()
        case ["climb", way]:
            return climb(way).as_json()
        case ["climb", way, "given", _]:
            return climb(way, given=sys.stdin.buffer.read()).as_json()
    raise ValueError(f"no such measurement: {' '.join(job)}")


if __name__ == "__main__":
    if hasattr(os, "nice"):  # Windows has none
        os.nice(POLITE)
    print(json.dumps(answer(sys.argv[1:])))
