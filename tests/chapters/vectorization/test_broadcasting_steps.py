"""The verdict about two shapes in words. The steps of the clock are tested with their figure."""

import pytest

from explainer.chapters.vectorization.broadcasting_steps import (
    CASES,
    axes_text,
    consequence_texts,
    verdict_text,
)
from explainer.maths.broadcasting import compare
from explainer.words import words

TEXT = words("vectorization").text


@pytest.mark.parametrize(
    ("pair", "says"),
    [
        *((pair, ["→"]) for pair in CASES.values()),
        (((3, 4), (3,)), ["b.reshape(3, 1)", "Axis −1: a has 4, b has 3"]),
        (((3, 4), (4, 3)), ["b.T"]),
        (((2, 3), (4, 3)), ["b.reshape(4, 3, 1, 1)"]),
        (((0, 3), (1,)), ["holds no numbers"]),
        (((), ()), ["Nothing is stretched", "one number"]),
        (((10**6, 10**6, 1, 1), (10**6, 10**6)), ["more numbers than NumPy can count"]),
        (((5, 1, 9), (5, 7, 1)), ["a is stretched along axis −2", "along axis −1", "315 numbers"]),
        (((1, 1), (2, 2)), ["a is stretched along the axes −1, −2"]),
    ],
)  # fmt: skip
def test_every_verdict_can_be_said(pair: tuple[tuple[int, ...], tuple[int, ...]], says: list[str]) -> None:
    comparison = compare(*pair)
    table = axes_text(comparison, TEXT)
    said = "\n".join([verdict_text(comparison, TEXT), table, *consequence_texts(comparison, TEXT)])
    assert all(part in said for part in says)
    assert not any(mark in said for mark in ("{", "None", "nan"))
    rows = [row.strip("| ").split(" | ") for row in table.splitlines()[2:]]
    assert [row[0] for row in rows] == [f"−{k}" for k in range(1, len(comparison.axes) + 1)]
    assert {len(row) for row in rows} <= {5}
    if comparison.result is not None:
        shown = [int(row[3].strip("*").replace(",", "")) for row in reversed(rows)]
        assert tuple(shown) == comparison.result
    assert (TEXT["broadcast_none"] in table) == (comparison.clash is not None)
