"""How numbers are written in sentences."""


def number(value: float, digits: int = 4) -> str:
    """A few significant digits, with a minus sign that is one."""
    return f"{value:.{digits}g}".replace("-", "−")


def line(slope: float, intercept: float) -> str:
    """``slope x + intercept``, the sign between them set as an operator."""
    sign = "−" if intercept < 0 else "+"
    return f"{number(slope, 5)} x {sign} {number(abs(intercept), 6)}"
