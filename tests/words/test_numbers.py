"""Numbers in sentences: few digits, a real minus, no exponents where a reader wants none; times."""

import pytest

from explainer.words.numbers import Share, duration, line, minus, nearly_percent, number, percent


@pytest.mark.parametrize(
    ("value", "digits", "said"),
    [
        (0.0, 4, "0"),
        (-0.62246, 4, "−0.6225"),
        (831.4, 3, "831"),
        (1064.3, 3, "1,060"),
        (30_000.0, 3, "30,000"),
        (-12345.0, 2, "−12,000"),
        (999_999.0, 3, "1,000,000"),
        (2.5e7, 3, "2.5e+07"),
        (1.5e-9, 3, "1.5e−09"),
    ],
)
def test_a_number(value: float, digits: int, said: str) -> None:
    assert number(value, digits) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (2.5e-8, "0.025 µs"),
        (9.9e-5, "99 µs"),
        (1e-4, "0.1 ms"),
        (0.0199, "19.9 ms"),
        (0.1, "0.1 s"),
        (119.0, "119 s"),
        (120.0, "2 minutes"),
        (7199.0, "120 minutes"),
        (7200.0, "2 hours"),
    ],
)
def test_a_duration_keeps_together(seconds: float, said: str) -> None:
    assert duration(seconds) == said.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("share", "digits", "said", "nearly"),
    [
        (0.825, 1, "82.5 %", "82.5 %"),
        (0.7, 0, "70 %", "70 %"),
        (0.99993, 1, "100.0 %", "more than 99.9 %"),
        (0.00002, 1, "0.0 %", "less than 0.1 %"),
        (0.999993, 2, "100.00 %", "more than 99.99 %"),
        (1.0, 2, "100.00 %", "100.00 %"),
        (0.0, 0, "0 %", "0 %"),
    ],
)
def test_a_percentage_keeps_together(share: float, digits: int, said: str, nearly: str) -> None:
    space = "\N{NO-BREAK SPACE}%"
    assert percent(share, digits) == f"{Share(share):.{digits}%}" == said.replace(" %", space)
    assert nearly_percent(share, digits) == nearly.replace(" %", space)
    assert Share(share) == share and f"{Share(share):.3g}" == f"{share:.3g}"


def test_a_hyphen_becomes_a_minus_sign() -> None:
    assert minus("-1.5e-09") == "−1.5e−09"


@pytest.mark.parametrize(
    ("slope", "intercept", "said"), [(1.5046, -4.0777, "1.5046 x − 4.0777"), (-0.25, 3.0, "−0.25 x + 3")]
)
def test_a_line(slope: float, intercept: float, said: str) -> None:
    assert line(slope, intercept) == said
