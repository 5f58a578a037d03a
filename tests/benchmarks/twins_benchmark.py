"""The race's twins under pytest-benchmark: `tests.benchmarks.racing` runs this, `make test` does not."""

from typing import Any, Final

import pytest

from explainer.chapters.vectorization.twins import TWINS

COMPARED: Final = {"dot": (1_000, 10_000, 100_000), "sigmoid": (1_000, 10_000), "step": (1_000, 10_000)}
"""The n of each twin that both stopwatches time."""


@pytest.mark.parametrize(
    ("twin", "way", "n"),
    [(twin, way.name, n) for twin, sizes in COMPARED.items() for n in sizes for way in TWINS[twin].ways],
)
def test_time(benchmark: Any, twin: str, way: str, n: int) -> None:
    chosen = next(known for known in TWINS[twin].ways if known.name == way)
    benchmark(chosen.function, *TWINS[twin].arguments(chosen, n))
