"""Results computed from sets of pictures: each is computed once, and all are kept within bounds."""

from collections import OrderedDict
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import fields, is_dataclass
from threading import Lock
from typing import Any, Final, Generic, TypeVar
from weakref import ref

import numpy as np

OWN_MEGABYTES: Final = 256
"""For what was computed from the sets of all visits together: a zip of 500 pictures, or many small ones."""

R = TypeVar("R")


class InParts(Generic[R]):
    """A computation in parts, for all threads: whoever asks for the next part does it.

    `begin` makes a generator that yields after each of its `parts` but the last and returns the result.
    If a part raises, whoever did it gets the error, and the next one begins anew.
    """

    def __init__(self, begin: Callable[[], Generator[None, None, R]], parts: int) -> None:
        self._begin, self._parts, self._lock = begin, parts, Lock()
        self._going: Generator[None, None, R] | None = None
        self._done = 0
        self._results: list[R] = []

    def go_on(self) -> float:
        """Does the next part, and returns the share that is done: 1 once the result is there."""
        with self._lock:
            if self._results:
                return 1.0
            if self._going is None:
                self._going, self._done = self._begin(), 0
            going, self._going = self._going, None
            try:
                next(going)
            except StopIteration as end:
                self._results.append(end.value)
                return 1.0
            self._going, self._done = going, self._done + 1
            return self._done / self._parts

    def shares(self) -> Iterator[float]:
        """Does what is left, part by part: the share that is done after each; nothing if all is."""
        while not self._results:
            yield self.go_on()

    @property
    def result(self) -> R:
        """The result; computed now, unless it is there."""
        for _ in self.shares():
            pass
        return self._results[0]


class Results:
    """The last `most` results by key, for all threads: several that ask at once wait for one computation."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._futures: OrderedDict[Hashable, Future[Any]] = OrderedDict()

    def get(self, key: Hashable, compute: Callable[[], Any]) -> Any:
        """The result for a key. Raises what `compute` raises, and then forgets the key."""
        with self._lock:
            future = self._futures.get(key)
            is_first = future is None
            if future is None:
                future = self._futures[key] = Future()
            self._futures.move_to_end(key)
            while len(self._futures) > self._most:
                self._futures.popitem(last=False)
        if is_first:
            try:
                future.set_result(compute())
            except BaseException as error:  # also what Streamlit raises to end a run: others wait for this
                with self._lock:
                    if self._futures.get(key) is future:
                        del self._futures[key]
                future.set_exception(error)
                raise
        return future.result()

    def forget(self) -> None:
        """Drops all results; whoever waits for one still gets it."""
        with self._lock:
            self._futures.clear()

    @property
    def size(self) -> int:
        """Bytes of the arrays in the results that are there."""
        with self._lock:
            done = [future for future in self._futures.values() if future.done() and not future.exception()]
        return bytes_of([future.result() for future in done])


class OwnResults:
    """The results of one visitor's own set, by the functions that computed them; they end with the set."""

    def __init__(self) -> None:
        self._by_function: dict[object, Results] = {}

    def of(self, function: object, most: int) -> Results:
        return self._by_function.setdefault(function, Results(most))

    def forget(self) -> None:
        for results in list(self._by_function.values()):
            results.forget()

    @property
    def size(self) -> int:
        return sum(results.size for results in list(self._by_function.values()))


class Together:
    """All visits' own results: beyond the limit, those of the sets that were used longest ago are dropped.

    Whoever has lost them gets them computed again.
    """

    def __init__(self, limit: int) -> None:
        self.limit, self._lock = limit, Lock()
        self._recent: OrderedDict[int, ref[OwnResults]] = OrderedDict()

    def used(self, own: OwnResults) -> None:
        """Notes that a set's results were used just now, and drops others if all are too many."""
        with self._lock:
            self._recent[id(own)] = ref(own)
            self._recent.move_to_end(id(own))
            there = [(name, one()) for name, one in self._recent.items()]
            for name, one in there:
                if one is None:
                    del self._recent[name]
            living = [one for _, one in there if one is not None]
        total = sum(one.size for one in living)
        for one in living[:-1]:
            if total <= self.limit:
                return
            total -= one.size
            one.forget()


TOGETHER: Final = Together(OWN_MEGABYTES * 1_000_000)


def bytes_of(thing: Any) -> int:
    """Bytes of all arrays in a result: an array, a dataclass, a collection of such."""
    if isinstance(thing, np.ndarray):
        return int(thing.nbytes)
    if is_dataclass(thing) and not isinstance(thing, type):
        return _sum(getattr(thing, one.name) for one in fields(thing))
    if isinstance(thing, dict):
        return _sum(thing.values())
    if isinstance(thing, list | tuple | set | frozenset):
        return _sum(thing)
    return 0


def _sum(things: Iterable[Any]) -> int:
    return sum(map(bytes_of, things))
