"""Lines that a reader writes, read and computed, beside the same lines run by Python itself."""

from collections.abc import Iterator
from statistics import median
from typing import Any, Final

import numpy as np

from explainer.maths.written_lines import LineError, evaluate
from tests.benchmarks.maths import seconds
from tests.benchmarks.result import Result

LIMIT: Final = 0.050  # seconds
REPEATS: Final = 9
LINES: Final = {
    "softmax of 3 x 3": "e = np.exp(x - x.max(axis=1, keepdims=True))\ns = e / e.sum(axis=1, keepdims=True)",
    "np.exp of 1,000,000 numbers": "s = np.exp(big)",
    "a product of 10,000,000 multiply-adds": "s = wide @ wide.T",
    "z = w.T X + b of 332 drawings": "Z = np.dot(w.T, X) + b",
}
REFUSED: Final = {
    "a tower of powers": "y = " + "**".join(["99"] * 200),
    "999 minus signs": "-" * 999 + "1",
    "a loop without end": "for i in range(9999):\n for j in range(9999): y = 1",
}


def results() -> Iterator[Result]:
    """Medians; the same names for all."""
    rng = np.random.default_rng(0)
    names = {
        "x": rng.normal(size=(3, 3)), "big": rng.normal(size=(1000, 1000)), "wide": np.ones((100, 1000)),
        "w": np.zeros((12288, 1)), "X": np.ones((12288, 332)), "b": 0.5,
    }  # fmt: skip
    for what, text in LINES.items():
        own = median(seconds(exec, text, {"np": np, **names}) for _ in range(REPEATS))
        yield _row(what, text, names, f"Python's own way: {own * 1000:.1f} ms")
    for what, text in REFUSED.items():
        yield _row(f"{what}, refused", text, names, "nothing is run")


def _row(what: str, text: str, names: dict[str, Any], reference: str) -> Result:
    taken = median(seconds(_tried, text, names) for _ in range(REPEATS))
    figure, target = f"a written line: {what}", f"<= {LIMIT * 1000:.0f} ms"
    return Result(figure, f"{taken * 1000:.1f} ms", target, reference, taken <= LIMIT)


def _tried(text: str, names: dict[str, Any]) -> None:
    try:
        evaluate(text, names)
    except LineError:
        return
