"""One measurement at a time: a queue in the server, and a process of its own for each measurement.

In the server's process a measurement would hold the interpreter lock, and other visitors' pages would wait.
A process can also be killed if it takes too long. It uses one processor core: the loops cannot use more.

The process takes one of these as arguments and prints JSON:

    race dot 1000
    train_three_ways vectorised
    train_three_ways vectorised given KEY         on a visitor's pictures, read from standard input
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
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from explainer.chapters.vectorization.stopwatch import race
from explainer.chapters.vectorization.trainings import train_one_way
from explainer.chapters.vectorization.twins import TWINS

try:
    import fcntl
except ImportError:  # Windows has none: there each server process measures on its own
    fcntl = None  # type: ignore[assignment]

ROOT: Final = Path(__file__).parents[3]
LIMIT: Final = 30.0  # seconds until a process is killed: on a busy computer its start alone may take ten
THREADS: Final = ("OMP_NUM", "OPENBLAS_NUM", "MKL_NUM", "BLIS_NUM", "VECLIB_MAXIMUM")
ONE_CORE: Final = {f"{library}_THREADS": "1" for library in THREADS}
NICENESS: Final = 5  # lower priority than the server, which draws the pages
MOST_WAITING: Final = 20
PATIENCE: Final = 10.0  # seconds after which a ticket is skipped if nobody has asked about it

Job = tuple[str, ...]
"""What to measure: the process's arguments; the first one is the kind."""
State = Literal["waiting", "running", "done", "failed", "skipped"]


class MeasuringError(Exception):
    """A process that could not start, did not end in time, or printed no result."""


class QueueFullError(Exception):
    """Too many tickets are waiting."""


@dataclass(eq=False)
class Ticket:
    """One visitor's place in the queue. It has a `result` when its state is "done"."""

    job: Job
    queue: "MeasuringQueue"
    asked: float
    state: State = "waiting"
    result: Mapping[str, Any] = field(default_factory=dict)
    given: bytes = b""

    @property
    def over(self) -> bool:
        """Whether its state is final."""
        return self.state in ("done", "failed", "skipped")

    def ahead(self) -> int:
        """How many measurements come before this one; 0 if it does not wait. Asking keeps its place."""
        queue = self.queue
        with queue.changed:
            self.asked = queue.clock()
            if self not in queue.waiting:
                return 0
            queue.skip_abandoned()
            return queue.waiting.index(self) + (queue.first is not None)

    def leave(self) -> bool:
        """Gives up the place. Returns whether there was one: False if it is next, running or over."""
        with self.queue.changed:
            if self not in self.queue.waiting:
                return False
            self.queue.waiting.remove(self)
            self.state = "skipped"
            self.queue.changed.notify_all()
            return True

    def wait(self, seconds: float) -> None:
        """Waits until the queue has changed, at most so many seconds; not at all if the ticket is over."""
        with self.queue.changed:
            self.asked = self.queue.clock()
            if not self.over:
                self.queue.changed.wait(seconds)


class MeasuringQueue:
    """A queue whose thread runs jobs, first come, first served; the thread ends when nobody waits.

    `run` measures a job (with the bytes that it is `given`, if any). `turn` is a lock that all measuring
    processes of this computer share. Both may block for long. `waiting` and `first`, the ticket that is
    next or running, may be read only while `changed` is held.
    """

    def __init__(
        self,
        run: Callable[..., Mapping[str, Any]] | None = None,
        turn: Callable[[], AbstractContextManager[Any]] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._run: Callable[..., Mapping[str, Any]] = run or measure
        self._turn, self.clock = turn or alone, clock
        self.changed = threading.Condition()
        self.waiting: list[Ticket] = []
        self.first: Ticket | None = None
        self._worker: threading.Thread | None = None

    def submit(self, job: Job, given: bytes = b"") -> Ticket:
        """A place at the end of the queue. `given` is what the job's process can read from standard input.

        `QueueFullError` if too many are waiting, or if no thread can be started.
        """
        with self.changed:
            self.skip_abandoned()
            if len(self.waiting) >= MOST_WAITING:
                raise QueueFullError
            if self._worker is None:
                worker = threading.Thread(target=self._work, name="measuring", daemon=True)
                try:
                    worker.start()  # it waits for this lock
                except RuntimeError as error:  # too many threads: nothing has changed yet
                    raise QueueFullError from error
                self._worker = worker
            ticket = Ticket(job, self, self.clock(), given=given)
            self.waiting.append(ticket)
            self.changed.notify_all()
            return ticket

    def skip_abandoned(self) -> None:
        """Skips the tickets that nobody has asked about for `PATIENCE` seconds."""
        now = self.clock()
        for ticket in self.waiting:
            if now - ticket.asked > PATIENCE:
                ticket.state = "skipped"
        self.waiting = [ticket for ticket in self.waiting if ticket.state == "waiting"]

    def _next(self) -> Ticket | None:
        """The first ticket that waits. None if there is none: then the thread ends."""
        with self.changed:
            self.skip_abandoned()
            self.first = self.waiting.pop(0) if self.waiting else None
            if self.first is None:
                self._worker = None
            self.changed.notify_all()
            return self.first

    def _set(self, ticket: Ticket, state: State, result: Mapping[str, Any] | None = None) -> None:
        with self.changed:
            ticket.result = result or {}
            ticket.state = state
            self.changed.notify_all()

    def _work(self) -> None:
        while ticket := self._next():
            try:
                with self._turn():
                    self._set(ticket, "running")
                    result = self._run(ticket.job, **({"given": ticket.given} if ticket.given else {}))
            except Exception:  # whatever it is, the next ticket must have its turn
                logging.getLogger(__name__).exception("a measurement failed: %s", " ".join(ticket.job))
                self._set(ticket, "failed")
            else:
                self._set(ticket, "done", result)


def measure(
    job: Job, command: Sequence[str] = (), limit: float = LIMIT, given: bytes = b""
) -> Mapping[str, Any]:
    """Runs a job in a process of its own, which is killed after `limit` seconds; its input is `given`.

    `MeasuringError`, with the process's error output, if there is no result.
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
        output = getattr(error, "stderr", None) or b""
        raise MeasuringError(f"{error}\n{output.decode(errors='replace')}".strip()) from error
    return found


@contextmanager
def alone(folder: str = "") -> Iterator[None]:
    """Waits until no other process of this user measures on this computer; needs file locks."""
    with _lock_file(folder) as lock:
        if lock is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)  # released when the file is closed, also by a crash
        yield


def _lock_file(folder: str) -> AbstractContextManager[Any]:
    """The file to lock; None where there are no file locks, or where it cannot be opened."""
    if fcntl is None:
        return nullcontext()
    path = Path(folder or tempfile.gettempdir()) / f"cat-or-not-racing-{os.getuid()}.lock"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError:
        return nullcontext()
    return os.fdopen(descriptor)


def answer(job: Sequence[str]) -> dict[str, Any]:
    """The result of a job, which the process prints. ValueError if there is no such job."""
    match job:
        case ["race", twin, n] if twin in TWINS:
            return asdict(race(TWINS[twin], int(n)))
        case ["train_three_ways", way]:
            return asdict(train_one_way(way))
        case ["train_three_ways", way, "given", _]:
            return asdict(train_one_way(way, given=sys.stdin.buffer.read()))
    raise ValueError(f"no such measurement: {' '.join(job)}")


if __name__ == "__main__":
    if hasattr(os, "nice"):  # Windows has none
        os.nice(NICENESS)
    print(json.dumps(answer(sys.argv[1:])))
