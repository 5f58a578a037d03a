"""The figure of broadcasting: its ghosts and sums are NumPy's, its story goes axis by axis from the right."""

import re
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.chapters.vectorization import broadcasting_figure as figure
from explainer.chapters.vectorization.broadcasting_steps import (
    CASES,
    MOST,
    as_rows,
    contents,
    drawable,
    steps,
)
from explainer.chapters.vectorization.chapter import stretch
from explainer.live import pack
from explainer.maths.broadcasting import Shape, compare
from explainer.stage.stage import Stage
from explainer.words import words

TEXT = words("vectorization").figure
PAIRS: list[tuple[Shape, Shape]] = [
    *(pair for pair in CASES.values() if compare(*pair).result is not None),
    ((), ()),
    ((1, 1), (3, 4)),
    ((6, 6), (6,)),
    ((1,), (5, 1)),
    ((2, 1), (1, 1)),
]
CLASHES: list[tuple[Shape, Shape, int]] = [((3, 4), (3,), -1), ((2, 3), (4, 3), -2), ((3, 1), (2, 4), -2)]
SMALL = st.lists(st.integers(1, 4), max_size=2).map(tuple)


@cache
def staged(shape_1: Shape, shape_2: Shape) -> Stage:
    return figure.stage(shape_1, shape_2, TEXT)


def table(stage: Stage, name: str, place: int = -1) -> np.ndarray:
    """A row of a table at a position of the clock."""
    values = stage.tables[name].values
    return values[place] if stage.tables[name].axes else values


def spread(shape: Shape, operand: int, result: Shape) -> np.ndarray:
    return np.broadcast_to(contents(shape, operand), result).reshape(as_rows(result))  # type: ignore[arg-type]


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_ghosts_carry_numpys_numbers(pair: tuple[Shape, Shape]) -> None:
    result = np.broadcast_shapes(*pair)
    stage = staged(*pair)
    for name, operand, shape in (("a", 1, pair[0]), ("b", 2, pair[1])):
        stretched = spread(shape, operand, result)
        assert np.array_equal(table(stage, f"{name}_values"), stretched.ravel())
        real = ~np.isnan(table(stage, f"{name}_x"))
        ghost = ~np.isnan(table(stage, f"{name}_ghost_x"))
        assert not (real & ghost).any() and (real | ghost).all()
        # A ghost is a cell that is another one's memory.
        places = np.arange(max(1, int(np.prod(shape)))).reshape(as_rows(shape))
        first = {
            number: k
            for k, number in reversed(list(enumerate(np.broadcast_to(places, as_rows(result)).ravel())))
        }
        assert set(np.flatnonzero(real)) == set(first.values())
        assert np.isnan(table(stage, f"{name}_lacking_x")).all()


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_the_sums_are_numpys_and_come_one_by_one(pair: tuple[Shape, Shape]) -> None:
    stage, story = staged(*pair), steps(compare(*pair), TEXT)
    wanted = (contents(pair[0], 1) + contents(pair[1], 2)).ravel()
    for place, step in enumerate(story):
        sums = table(stage, "sums", place)
        assert np.array_equal(sums[: step.summed], wanted[: step.summed])
        assert np.isnan(sums[step.summed :]).all()
        said = stage.tables["said"].labels[place]
        numbers = re.search(r"= (\d+) \+ (\d+) = (\d+)", said)
        assert (numbers is None) == (step.summed == 0)
        if numbers is not None:
            one, other, added = map(int, numbers.groups())
            assert one + other == added == wanted[step.summed - 1]
            assert one == table(stage, "a_values")[step.summed - 1]
            assert other == table(stage, "b_values")[step.summed - 1]
            x, y = table(stage, "now_x", place), table(stage, "now_y", place)
            here = step.summed - 1
            assert list(y) == [table(stage, f"{name}_y")[here] for name in ("a", "b", "sum")]
            assert x[2] == table(stage, "sum_x")[step.summed - 1]
    assert story[-1].summed == wanted.size


@given(SMALL, SMALL)
@settings(max_examples=40, deadline=None)
def test_the_indices_in_the_sentences_hold_the_numbers(shape_1: Shape, shape_2: Shape) -> None:
    story = steps(compare(shape_1, shape_2), TEXT)
    arrays = {"a": contents(shape_1, 1), "b": contents(shape_2, 2)}
    for step in story:
        if not step.summed:
            continue
        terms = re.match(r"a(?:\[([\d, ]+)\])? \+ b(?:\[([\d, ]+)\])? = (\d+) \+ (\d+) =", step.sentence)
        assert terms is not None
        for name, index, number in zip("ab", terms.groups()[:2], terms.groups()[2:], strict=True):
            place = tuple(int(part) for part in index.split(",")) if index else ()
            assert arrays[name][place] == int(number)


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_ghosts_come_row_by_row_and_column_by_column_out_of_their_source(pair: tuple[Shape, Shape]) -> None:
    stage, story = staged(*pair), steps(compare(*pair), TEXT)
    for operand, name in enumerate("ab"):
        part_y = table(stage, f"{name}_y")
        before = int(np.prod(as_rows(pair[operand])))
        assert story[0].reach[operand] == as_rows(pair[operand])
        for place, step in enumerate(story):
            shown, y = table(stage, f"{name}_ghost_x", place), table(stage, f"{name}_ghost_y", place)
            reach = step.reach[operand]
            row, column = np.divmod(np.arange(shown.size), story[-1].reach[operand][1])
            there = (row < reach[0]) & (column < reach[1])
            assert there.sum() >= before
            before = there.sum()
            waiting = ~np.isnan(shown) & ~there
            if place + 1 < len(story):
                after = story[place + 1].reach[operand]
                assert waiting.sum() == int(np.prod(after)) - there.sum()
            # Those that wait lie under a cell that is there, and has the same number.
            numbers = table(stage, f"{name}_values")
            x = np.where(np.isnan(shown), table(stage, f"{name}_x"), shown)
            at = dict(zip(zip(x[there], part_y[there], strict=True), numbers[there], strict=True))
            for k in np.flatnonzero(waiting):
                assert at[shown[k], y[k]] == numbers[k]


@pytest.mark.parametrize(("shape_1", "shape_2", "axis"), CLASHES)
def test_a_clash_marks_the_axis_and_what_is_lacking(shape_1: Shape, shape_2: Shape, axis: int) -> None:
    stage, story = staged(shape_1, shape_2), steps(compare(shape_1, shape_2), TEXT)
    assert "sums" not in stage.tables
    assert len(story) == len(stretch(shape_1, shape_2).values)
    assert stage.tables["said"].labels[-1].startswith(f"Axis −{-axis}:")
    count = max(len(shape_1), len(shape_2))
    assert table(stage, "compared_x") == count + axis + 0.5
    labels, results = stage.tables["results"].labels, table(stage, "results").reshape(3, -1)
    assert labels[int(results[2, axis])] == TEXT["broadcast_clash_mark"]
    # Only the smaller one lacks cells, and only in the last position.
    sizes = [as_rows(shape)[axis] for shape in (shape_1, shape_2)]
    for name, size in zip("ab", sizes, strict=True):
        lacking = ~np.isnan(stage.tables[f"{name}_lacking_x"].values)
        assert not lacking[:-1].any()
        assert lacking[-1].any() == (size < max(sizes))
        assert np.isnan(table(stage, f"{name}_values")[lacking[-1]]).all()


@given(SMALL, SMALL)
@settings(max_examples=40, deadline=None)
def test_at_the_start_nothing_tells_whether_they_fit(shape_1: Shape, shape_2: Shape) -> None:
    stage, comparison = staged(shape_1, shape_2), compare(shape_1, shape_2)
    cells, axes = stage.panels
    assert {cells.title, axes.title} == {TEXT["broadcast_cells"], TEXT["broadcast_axes"]}
    written = [note.text for note in cells.figure.layout.annotations if note.text != " "]
    assert written == ["<b>a</b>", str(shape_1), "<b>b</b>", str(shape_2), "<b>a + b</b>", "+", "="]
    if comparison.result is not None:
        known = ~np.isnan(stage.tables["sum_known_x"].values)
        assert not known[0].any() and known[-1].all()


@given(SMALL, SMALL)
@settings(max_examples=40, deadline=None)
def test_the_shapes_are_shown_as_they_are_compared(shape_1: Shape, shape_2: Shape) -> None:
    comparison, stage = compare(shape_1, shape_2), staged(shape_1, shape_2)
    count = len(comparison.axes)
    given_x, counts_x = table(stage, "given_x"), table(stage, "counts_x")
    labels = stage.tables["sizes"].labels
    for row, shape in enumerate((shape_1, shape_2)):
        here = slice(row * count, row * count + count)
        given, counted = ~np.isnan(given_x[here]), ~np.isnan(counts_x[here])
        assert [int(labels[row * count + k]) for k in np.flatnonzero(given)] == list(shape)
        assert not (given & counted).any()
        assert all(labels[row * count + k] == "1" for k in np.flatnonzero(counted))
    assert np.isnan(stage.tables["results"].values[0]).all() or not count
    if comparison.result:
        last = table(stage, "results")[2 * count :]
        assert tuple(int(labels[int(k)]) for k in last) == comparison.result


UNDRAWN: list[tuple[Shape, Shape]] = [
    ((7, 3), (1,)),
    ((2, 3, 4), (4,)),
    ((0, 3), (1,)),
    ((10**6, 1), (1, 10**6)),
    ((10**6, 10**6, 1, 1), (10**6, 10**6)),
    ((0,), (3,)),
]


@pytest.mark.parametrize("pair", UNDRAWN, ids=str)
def test_what_is_not_drawn_is_still_explained(pair: tuple[Shape, Shape]) -> None:
    comparison = compare(*pair)
    assert not drawable(comparison)
    stage = staged(*pair)
    assert [panel.name for panel in stage.panels] == ["axes"]
    compared = next(
        (k for k, axis in enumerate(comparison.axes, 1) if axis.what == "clash"), len(comparison.axes)
    )
    assert len(stage.tables["said"].labels) == 1 + compared + comparison.too_large
    assert len(pack(stage, (stretch(*pair),), TEXT)) < 20_000


def test_no_sentence_has_a_gap_and_the_largest_is_small() -> None:
    for pair in (*CASES.values(), *((shape_1, shape_2) for shape_1, shape_2, _ in CLASHES)):
        for said in staged(*pair).tables["said"].labels:
            assert said.strip() and not re.search(r"[{}]|None|nan", said)
    largest = ((MOST, MOST), (MOST, MOST))
    assert len(pack(figure.stage(*largest, TEXT), (stretch(*largest),), TEXT)) < 80_000
