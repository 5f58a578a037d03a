"""Computes what a visitor is likely to ask for next, in one thread, and only while nobody waits."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Condition, Thread
from time import monotonic
from typing import Final

QUIET: Final = 0.4
"""Seconds without a run of any page, after which nobody is taken to be waiting."""
MOST: Final = 4
"""Jobs that may wait: the two neighbours of two visitors. Where there are more, the oldest are dropped."""


class Beforehand:
    """Jobs by key, the latest one first. What one of them raises is logged, and the others go on."""

    def __init__(self, quiet: float = QUIET, most: int = MOST) -> None:
        self._quiet, self._most = quiet, most
        self._jobs: OrderedDict[Hashable, Callable[[], object]] = OrderedDict()
        self._changed = Condition()
        self._last_run = monotonic()
        self._thread: Thread | None = None

    def page_runs(self) -> None:
        """Says that a page begins or ends to run just now: somebody is waiting for it."""
        self._last_run = monotonic()

    def ask(self, key: Hashable, job: Callable[[], object]) -> None:
        """Has a job done once nobody waits for a page."""
        with self._changed:
            self._jobs[key] = job
            self._jobs.move_to_end(key)
            while len(self._jobs) > self._most:
                self._jobs.popitem(last=False)
            if self._thread is None:
                self._thread = Thread(target=self._work, name="beforehand", daemon=True)
                self._thread.start()
            self._changed.notify()

    @property
    def waiting(self) -> tuple[Hashable, ...]:
        """The keys of the jobs that wait, the oldest first."""
        with self._changed:
            return tuple(self._jobs)

    def _work(self) -> None:
        while True:
            job = self._next()
            try:
                job()
            except Exception:
                logging.getLogger(__name__).exception("computing something beforehand failed")

    def _next(self) -> Callable[[], object]:
        """The latest job, once nobody waits for a page."""
        with self._changed:
            while not self._jobs or (left := self._last_run + self._quiet - monotonic()) > 0:
                self._changed.wait(left if self._jobs else None)
            return self._jobs.popitem()[1]


BEFOREHAND: Final = Beforehand()
"""The app's own."""
