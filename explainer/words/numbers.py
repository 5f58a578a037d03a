"""How numbers are written in sentences."""

from typing import Final

from explainer.words import COMMON

UNITS: Final = (("hours", 3600.0, 7200.0), ("minutes", 60.0, 120.0), ("s", 1.0, 0.1), ("ms", 1e-3, 1e-4))
"""Unit, its length in seconds, and from how many seconds on it is used; below the last, microseconds."""


def number(value: float, digits: int = 4) -> str:
    """A few significant digits and a true minus sign; below a million without an exponent."""
    said = f"{value:.{digits}g}"
    if "e+" in said and abs(value) < 1e6:
        said = f"{float(said):,.0f}"
    return minus(said)


def minus(text: str) -> str:
    """A number's text with the minus sign of typography for each hyphen."""
    return text.replace("-", "−")


class Share(float):
    """A share of a whole; as a percentage, ``{share:.1%}``, it has a no-break space like all: "82.5 %"."""

    def __format__(self, spec: str) -> str:
        return super().__format__(spec).replace("%", "\N{NO-BREAK SPACE}%")


def percent(share: float, digits: int = 0) -> str:
    """A share as a percentage: "82.5 %"."""
    return f"{Share(share):.{digits}%}"


def nearly_percent(share: float, digits: int) -> str:
    """The same, but 0 % and 100 % only where they are exact: else "less than 0.1 %", "more than 99.9 %"."""
    least = 10.0 ** -(digits + 2)
    if 0 < share < least:
        return str(COMMON["shares"]["less"].format(percent=percent(least, digits)))
    if 1 - least < share < 1:
        return str(COMMON["shares"]["more"].format(percent=percent(1 - least, digits)))
    return percent(share, digits)


def line(slope: float, intercept: float) -> str:
    """``slope x + intercept``; a negative intercept is subtracted."""
    sign = "−" if intercept < 0 else "+"
    return f"{number(slope, 5)} x {sign} {number(abs(intercept), 6)}"


def duration(seconds: float) -> str:
    """A time as a reader says it: "2.1 s", "0.61 ms", "3.4 µs", "17 minutes"; no line breaks inside it."""
    unit, size = next(((unit, size) for unit, size, above in UNITS if seconds >= above), ("us", 1e-6))
    said: str = COMMON["durations"][unit].format(count=number(seconds / size, 3))
    return said.replace(" ", "\N{NO-BREAK SPACE}")
