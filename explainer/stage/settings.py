"""A chapter's settings, each declared once: its name in the address, what it can be, where it starts.

A `Slider` or a `Choice` may be a control of a live figure, which the browser moves by itself; any setting
may belong to Python. A setting that depends on others says so: ``STEP.given(DATA)`` begins anew when the
data change, and ``Given("start", (DATA,), start_on_map)`` is another setting for other data.
"""

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, Protocol

from explainer.maths.surface import Window
from explainer.stage.layers import When
from explainer.words import COMMON

MOST_PLACES: Final = 40
"""A `Walk` of more places would make an address too long to be sent to somebody."""
NO_WALK: Final = "none"
"""How a `Walk` without places is written."""
SAME_PLACE: Final = 0.01
"""Two places that are nearer to one another are the same as they are written."""
MANY: Final = 12
"""More options than this are not all named when a wrong one is."""


class SettingError(ValueError):
    """A value that cannot be used as it stands: says why, and carries what is used instead."""

    def __init__(self, reason: str, instead: Any) -> None:
        super().__init__(reason)
        self.instead = instead


class Setting(Protocol):
    """One setting: `read` gives the value for an address's text, `write` the text for a value.

    `read` raises a `SettingError` for a text that it cannot use; `holds` tells whether a value can be used.
    """

    @property
    def name(self) -> str: ...
    @property
    def start(self) -> Any: ...
    def read(self, text: str) -> Any: ...
    def write(self, value: Any) -> str: ...
    def holds(self, value: Any) -> bool: ...


@dataclass(frozen=True, eq=False)
class Given:
    """A setting that depends on others: `make`, called with their values, gives it as it is then.

    When one of the others gets another value, it begins anew, at its start.
    """

    name: str
    on: "tuple[Declared | Supplied, ...]"
    make: Callable[..., Setting]


@dataclass(frozen=True, eq=False)
class Supplied:
    """What a page supplies, such as the pictures in use: no setting, but others may depend on it.

    `start` makes what everybody begins with, for what is made ready before the first visitor comes.
    """

    name: str
    start: Callable[[], Any]


class _CanDepend:
    """What all settings share: each can be declared to begin anew with others."""

    name: str

    def given(self, *others: "Declared | Supplied") -> Given:
        """The same setting, which begins anew whenever one of the `others` changes."""
        return Given(self.name, others, lambda *values: self)  # type: ignore[arg-type]


Declared = Setting | Given
"""A setting as a chapter declares it."""


@dataclass(frozen=True, eq=False)
class End:
    """Where a slider ends, if another one says so: at `last` of that one's value."""

    setting: "Slider"
    last: Callable[[float], float] = lambda value: value


@dataclass(frozen=True, eq=False)
class Slider(_CanDepend):
    """A number out of `values`, which rise; another number takes the nearest one (by ratio if `log`).

    `texts` are what the slider shows and the address carries. `none` is the text of one place more before
    the first value, whose value is None. `until` says where it ends if another slider moves its end, and
    `beyond` why a number past the end cannot be used ({end}, {value} of that other slider); else its range
    is told. In a live figure it is shown where `when` holds, under the chapter's word for its name or under
    `label`.
    """

    name: str
    values: Sequence[Any]
    start: Any = None
    log: bool = False
    texts: Sequence[str] = ()
    none: str = ""
    until: End | None = None
    beyond: str = ""
    label: str = ""
    when: When = field(default_factory=dict)

    def __post_init__(self) -> None:
        numbers = tuple(self.values)
        if any(later <= earlier for earlier, later in pairwise(numbers)):
            raise ValueError(f"the values of {self.name!r} must rise")
        first = ((None,), (self.none,)) if self.none else ((), ())
        texts = tuple(self.texts) or tuple(
            f"{number:g}" if number % 1 else f"{number:.0f}" for number in numbers
        )
        object.__setattr__(self, "values", (*first[0], *numbers))
        object.__setattr__(self, "texts", (*first[1], *texts))
        if self.start is None:
            object.__setattr__(self, "start", self.values[0])

    @property
    def _numbers(self) -> Sequence[float]:
        return self.values[1:] if self.none else self.values

    def place(self, value: Any) -> int:
        """Where a value stands among the values. ValueError for a value that is none of them."""
        if value is None and self.none:
            return 0
        numbers, shift = self._numbers, 1 if self.none else 0
        place = bisect_left(numbers, value)
        if place == len(numbers) or numbers[place] != value:
            raise ValueError(f"{self.name!r} cannot be {value!r}")
        return place + shift

    def beside(self, value: Any) -> tuple[Any, ...]:
        """The values next to this one, on both sides where there are any. ValueError as for `place`."""
        place = self.place(value)
        return (*self.values[max(0, place - 1) : place], *self.values[place + 1 : place + 2])

    def holds(self, value: Any) -> bool:
        try:
            self.place(value)
        except (ValueError, TypeError):
            return False
        return True

    def read(self, text: str) -> Any:
        if self.none and text == self.none:
            return None
        number, numbers = read_number(text, self.start), self._numbers
        if not numbers[0] <= number <= numbers[-1]:
            raise SettingError(self._out_of_range(number), numbers[0] if number < numbers[0] else numbers[-1])
        nearest = self._nearest(number)
        if not math.isclose(number, nearest, rel_tol=1e-9, abs_tol=1e-12):
            raise SettingError(COMMON["problems"]["off_grid"], nearest)
        return nearest

    def write(self, value: Any) -> str:
        return self.texts[self.place(value)]

    def instead_of(self, value: Any) -> Any:
        """What is used for a value that it does not have, such as one left from a longer slider."""
        last = self.values[-1]
        return last if value is not None and last is not None and value > last else self.start

    def _out_of_range(self, number: float) -> str:
        if self.beyond and not self.until and number > self.values[-1]:
            return self.beyond
        low, high = self.texts[-len(self._numbers)], self.texts[-1]
        return str(COMMON["problems"]["range"].format(low=low, high=high))

    def _nearest(self, number: float) -> float:
        """The nearest of the values; of two that are equally near, the smaller one."""
        numbers = self._numbers
        place = bisect_left(numbers, number)
        beside = numbers[max(0, place - 1) : place + 1]
        return min(beside, key=lambda value: self._distance(number, value))

    def _distance(self, number: float, value: float) -> float:
        return abs(math.log(number / value)) if self.log else abs(number - value)


@dataclass(frozen=True, eq=False)
class Choice(_CanDepend):
    """One of a few words.

    In a live figure it is a row of buttons, shown where `when` holds. A `wide_only` one is about panels side
    by side: on a phone, where tabs show one at a time, it is left out and every panel has its tab. `flat` is
    the option that stands in for all others where the browser draws nothing in 3-D.
    """

    name: str
    options: Sequence[str]
    start: str = ""
    wide_only: bool = False
    flat: str = ""
    when: When = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    """What is shown for an option, where that is not the chapter's word ``<name>_<option>``."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", self.start or self.options[0])

    def holds(self, value: Any) -> bool:
        return value in self.options

    def read(self, text: str) -> str:
        if text not in self.options:
            raise SettingError(self._reason(), self.start)
        return text

    def _reason(self) -> str:
        if len(self.options) > MANY:
            return str(COMMON["problems"]["unknown_of_many"]).format(count=len(self.options))
        return str(COMMON["problems"]["unknown"]).format(options=", ".join(self.options))

    def write(self, value: str) -> str:
        return value


AHEAD: Final = Choice("ahead", ("hidden", "shown"))
"""Whether a live figure shows what lies ahead of its clock though nobody has played it yet.

Where a figure has this control, trails end at the furthest step that was played, and a text that looks at the
end of the clock, such as ``{verdict@iterations}``, says what is so at that step.
"""
IN_SIGHT: Final[dict[str, tuple[str, ...]]] = {AHEAD.name: ("shown",)}
"""For what tells how it ends: shown once it was played to the end, or asked for."""


@dataclass(frozen=True, eq=False)
class Point(_CanDepend):
    """A place (w, b) inside a window, written ``w,b``."""

    name: str
    window: Window
    start: tuple[float, float]

    def holds(self, value: Any) -> bool:
        return held_inside(self.window, *value) == tuple(value)

    def pressed(self, w: float, b: float) -> tuple[float, float]:
        """The place for a press on a map: held inside, no finer than a pixel tells."""
        held_w, held_b = held_inside(self.window, w, b)
        return round(held_w, 2), round(held_b, 2)

    def read(self, text: str) -> tuple[float, float]:
        parts = text.split(",")
        if len(parts) != 2:
            raise SettingError(COMMON["problems"]["point"], self.start)
        w, b = (read_number(part, self.start) for part in parts)
        held = held_inside(self.window, w, b)
        if held != (w, b):
            window = self.window
            reason = COMMON["problems"]["outside"].format(
                w_min=window.w_min, w_max=window.w_max, b_min=window.b_min, b_max=window.b_max
            )
            raise SettingError(reason, held)
        return w, b

    def write(self, value: tuple[float, float]) -> str:
        return ",".join(f"{number:.4g}" for number in value)


@dataclass(frozen=True, eq=False)
class Walk(_CanDepend):
    """Places (w, b) in their order, the first at `begin`, all inside a window; none at first.

    Written ``w,b;w,b``, with at most two decimals and no more than `MOST_PLACES` places.
    """

    name: str
    window: Window
    begin: tuple[float, float]
    start: tuple[tuple[float, float], ...] = ()

    def holds(self, value: Any) -> bool:
        inside = all(held_inside(self.window, *place) == place for place in value)
        begins = not value or math.dist(value[0], self.begin) < SAME_PLACE
        return inside and begins and len(value) <= MOST_PLACES

    def read(self, text: str) -> tuple[tuple[float, float], ...]:
        if text == NO_WALK:
            return ()
        parts = [place.split(",") for place in text.split(";")]
        if len(parts) > MOST_PLACES or any(len(part) != 2 for part in parts):
            raise SettingError(COMMON["problems"]["walk"].format(most=MOST_PLACES), self.start)
        walk = tuple((read_number(w, self.start), read_number(b, self.start)) for w, b in parts)
        if not self.holds(walk):
            raise SettingError(COMMON["problems"]["walk_elsewhere"], self.start)
        return walk

    def write(self, value: tuple[tuple[float, float], ...]) -> str:
        return written(value) or NO_WALK


@dataclass(frozen=True, eq=False)
class Number(_CanDepend):
    """A number that is typed, with at most two decimals, from `low` to `high`."""

    name: str
    start: float
    low: float
    high: float

    def holds(self, value: Any) -> bool:
        return bool(self.low <= value <= self.high)

    def read(self, text: str) -> float:
        value = read_number(text, self.start)
        if not self.low <= value <= self.high:
            reason = COMMON["problems"]["range"].format(low=f"{self.low:g}", high=f"{self.high:g}")
            raise SettingError(reason, min(max(value, self.low), self.high))
        return round(value, 2) + 0.0  # no -0

    def write(self, value: float) -> str:
        return f"{value:g}"


def written(places: Sequence[tuple[float, float]]) -> str:
    """Places (w, b) as an address has them, to two decimals: ``w,b;w,b``."""
    return ";".join(",".join(f"{round(part, 2):g}" for part in place) for place in places)


def held_inside(window: Window, w: float, b: float) -> tuple[float, float]:
    """The nearest (w, b) inside the window."""
    held_w, held_b = window.clamp(w, b)
    return float(held_w), float(held_b)


def read_number(text: str, instead: Any) -> float:
    """A finite number, or a `SettingError`: "nan", "inf" and words are none."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or not text.isascii() or "_" in text:
        raise SettingError(COMMON["problems"]["no_number"], instead)
    return number
