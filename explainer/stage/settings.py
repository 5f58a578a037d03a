"""A chapter's settings as the address carries them: what is allowed, and what is used instead."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from explainer.maths.surface import Window
from explainer.words import COMMON

MANY: Final = 12
"""More options than this are not all named when a wrong one is."""


class SettingError(ValueError):
    """A value that cannot be used as it stands: says why, and carries what is used instead."""

    def __init__(self, reason: str, instead: Any) -> None:
        super().__init__(reason)
        self.instead = instead


class Setting(Protocol):
    """One setting: `read` turns the address's text into a value or raises a `SettingError`."""

    @property
    def name(self) -> str: ...
    @property
    def default(self) -> Any: ...
    def read(self, text: str) -> Any: ...
    def write(self, value: Any) -> str: ...


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    name: str
    options: Sequence[str]
    default: str

    def read(self, text: str) -> str:
        if text not in self.options:
            raise SettingError(self._reason(), self.default)
        return text

    def _reason(self) -> str:
        if len(self.options) > MANY:
            return str(COMMON["problems"]["unknown_of_many"]).format(count=len(self.options))
        return str(COMMON["problems"]["unknown"]).format(options=", ".join(self.options))

    def write(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class Grid:
    """A number on a grid, given by its place; another number takes the nearest one (by ratio if `log`)."""

    name: str
    values: Sequence[float]
    texts: Sequence[str]
    default: int
    log: bool = False

    def read(self, text: str) -> int:
        number = read_number(text, self.default)
        low, high = self.values[0], self.values[-1]
        if not low <= number <= high:
            place = 0 if number < low else len(self.values) - 1
            reason = COMMON["problems"]["range"].format(low=self.texts[0], high=self.texts[-1])
            raise SettingError(reason, place)
        place = min(range(len(self.values)), key=lambda k: self._distance(number, self.values[k]))
        if not math.isclose(number, self.values[place], rel_tol=1e-9, abs_tol=1e-12):
            raise SettingError(COMMON["problems"]["off_grid"], place)
        return place

    def write(self, value: int) -> str:
        return self.texts[value]

    def _distance(self, number: float, value: float) -> float:
        return abs(math.log(number / value)) if self.log else abs(number - value)


@dataclass(frozen=True)
class Point:
    """A place (w, b) inside a window, written ``w,b``."""

    name: str
    window: Window
    default: tuple[float, float]

    def read(self, text: str) -> tuple[float, float]:
        parts = text.split(",")
        if len(parts) != 2:
            raise SettingError(COMMON["problems"]["point"], self.default)
        w, b = (read_number(part, self.default) for part in parts)
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
