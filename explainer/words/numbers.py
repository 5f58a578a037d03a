"""How numbers are written in sentences."""


def number(value: float, digits: int = 4) -> str:
    """A few significant digits, with a minus sign that is one."""
    return f"{value:.{digits}g}".replace("-", "−")


def line(slope: float, intercept: float) -> str:
    """``slope x + intercept``, the sign between them set as an operator."""
    sign = "−" if intercept < 0 else "+"
    return f"{number(slope, 5)} x {sign} {number(abs(intercept), 6)}"


def duration(seconds: float) -> str:
    """A time as a reader says it: "2.1 s", "0.61 ms", "3.4 µs", "17 minutes"."""
    for unit, size, above in (
        ("hours", 3600.0, 7200.0),
        ("minutes", 60.0, 120.0),
        ("s", 1.0, 0.1),
        ("ms", 1e-3, 1e-4),
    ):
        if seconds >= above:
            return f"{number(seconds / size, 3)} {unit}"
    return f"{number(seconds / 1e-6, 3)} µs"
