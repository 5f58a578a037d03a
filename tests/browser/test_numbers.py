"""What the page says is what numpy says."""

import re

import numpy as np
import pytest

from explainer.chapters.descent.chapter import RATES
from explainer.maths import linear, logistic
from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.descent import descend, verdict
from tests.browser.figure import Figure
from tests.browser.serving import Server

OBJECTIVES = {"sigmoid": logistic.LOG_LOSS, "line": linear.SQUARED_ERROR}
FLOAT32 = float(np.finfo(np.float32).eps)
FLOAT32_MAX = float(np.finfo(np.float32).max)


def test_the_curve_is_the_sigmoid(at_rest: Figure) -> None:
    z = np.concatenate([np.linspace(-800, 800, 1601), np.linspace(-40, 40, 801), [-709.9, 709.9, 0.0]])
    a = at_rest.ask("it.map((z) => player.curve('sigmoid', z))", z.tolist())
    np.testing.assert_allclose(a, logistic.sigmoid(z), rtol=1e-12, atol=1e-12)
    np.testing.assert_array_equal(at_rest.ask("it.map((z) => player.curve('identity', z))", z.tolist()), z)


def numbers(text: str) -> list[float]:
    """All numbers in a read-out, infinity among them."""
    found = re.findall(r"[-+−]?(?:\d+\.?\d*(?:e[-+−]?\d+)?|∞)", text)
    return [float(number.replace("−", "-").replace("∞", "inf")) for number in found]


def close(shown: float, true: float) -> bool:
    """Equal to the figures shown: three decimals, or three digits of a number that is very large."""
    if not abs(true) <= FLOAT32_MAX:  # what float32 cannot hold travels as infinity
        return not np.isfinite(shown)
    return abs(shown - true) <= max(0.00051, 0.0051 * abs(true) * (abs(true) >= 1e4)) + 4 * FLOAT32 * abs(
        true
    )


def check(readouts: list[str], run, rate: float, step: int) -> None:
    w, b, dw, db = run.w[step, 0], run.b[step], run.dw[step, 0], run.db[step]
    lines = {line.split(" ", 1)[0]: line for line in readouts if "=" in line}
    update_w = [line for line in readouts if line.startswith("w := ")]
    update_b = [line for line in readouts if line.startswith("b := ")]
    assert len(update_w) == len(update_b) == 1
    for line, now, slope, then in (
        (update_w[0], w, dw, run.w[step + 1, 0]),
        (update_b[0], b, db, run.b[step + 1]),
    ):
        parts = re.fullmatch(r". := (\S+) − (\S+) × (\(?[^()\s]+\)?) = (\S+)", line)
        assert parts, line
        shown = [numbers(part)[0] for part in parts.groups()]
        for value, true in zip(shown, (now, rate, slope, then), strict=True):
            assert close(value, true), (line, true)
    assert close(numbers(lines["J"])[0], run.costs[step]), (lines["J"], run.costs[step])
    gradient = numbers(lines["dw"])
    assert close(gradient[0], dw) and close(gradient[1], db), (lines["dw"], dw, db)


@pytest.mark.parametrize(
    ("data", "model", "start"), [("challenger", "sigmoid", (3.0, 3.0)), ("hours", "line", (1.0, -2.0))]
)
def test_readouts_are_those_of_numpy(
    figure: Figure, server: Server, data: str, model: str, start: tuple[float, float]
) -> None:
    X, Y = standardise(DATASETS[data].X).X, DATASETS[data].Y
    figure.open(
        f"{server}/descent?view=map&data={data}&model={model}&start={start[0]:g},{start[1]:g}&iterations=120&ahead=shown"
    )
    for rate in (0.001, 0.1, 1.0, 1.2, 100.0):
        figure.put("learning_rate", RATES.index(rate))
        assert figure.state["learning_rate"] == f"{rate:g}"
        run = descend(X, Y, rate, 120, [start[0]], start[1], OBJECTIVES[model])
        longer = descend(X, Y, rate, 121, [start[0]], start[1], OBJECTIVES[model])
        for step in (0, 1, 17, 120):
            figure.ask("player.goTo(it)", step)
            readouts = figure.readouts()
            check(readouts, longer, rate, step)
            assert str(verdict(run)) in readouts


def test_real_units_and_the_sentence(at_rest: Figure) -> None:
    at_rest.ask("player.goTo(200)")
    data = DATASETS["challenger"]
    standardised = standardise(data.X)
    run = descend(standardised.X, data.Y, 1.0, 200, [3.0], 3.0)
    slope, intercept = standardised.to_real_units(run.w[200, 0], run.b[200])
    line = next(line for line in at_rest.readouts() if "real units" in line)
    line = line.replace("− ", "−").replace("+ ", "+")
    shown = numbers(line.split("z = ")[1])
    assert shown[:2] == pytest.approx([float(slope), float(intercept)], abs=2e-4)
    assert data.published is not None
    assert shown[2:] == pytest.approx(data.published, abs=6e-5)
    sentence = at_rest.page.locator(".live-root .sentence").inner_text()
    assert str(verdict(run)) in sentence
    said = numbers(sentence)
    assert 200 in said and 1 in said
    assert any(close(number, run.costs[200]) for number in said)
