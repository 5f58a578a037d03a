"""Broadcasting explained: the comparison is NumPy's own, mends mend, and shapes are read, not evaluated."""

import string

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from explainer.maths.broadcasting import (
    LARGEST,
    LONGEST,
    MOST_AXES,
    Shape,
    ShapeError,
    compare,
    mend,
    numpy_says,
    read_shape,
    write_shape,
)

SIZES = st.sampled_from([0, 1, 1, 1, 2, 3, 3, 7])
SHAPES = st.lists(SIZES, max_size=MOST_AXES).map(tuple)


def sum_of(shape_1: Shape, shape_2: Shape) -> np.ndarray | str:
    """What NumPy's addition gives, or what it says."""
    try:
        return np.ones(shape_1) + np.ones(shape_2)
    except ValueError as error:
        return str(error).strip()


@given(SHAPES, SHAPES)
@settings(max_examples=300)
def test_a_comparison_is_numpys(shape_1: Shape, shape_2: Shape) -> None:
    comparison, added = compare(shape_1, shape_2), sum_of(shape_1, shape_2)
    if isinstance(added, str):
        assert comparison.result is None and comparison.clash is not None and not comparison.too_large
        assert numpy_says(shape_1, shape_2) == added
        with pytest.raises(ValueError, match="shape mismatch"):
            np.broadcast_shapes(shape_1, shape_2)
    else:
        assert comparison.result == added.shape == np.broadcast_shapes(shape_1, shape_2)
        assert comparison.clash is None and numpy_says(shape_1, shape_2) == ""


@given(SHAPES, SHAPES)
@settings(max_examples=200)
def test_ghosts_are_the_axes_that_numpy_walks_without_moving(shape_1: Shape, shape_2: Shape) -> None:
    comparison = compare(shape_1, shape_2)
    assume(comparison.result is not None)
    arrays = (np.empty(shape_1, dtype=np.uint8), np.empty(shape_2, dtype=np.uint8))
    for operand, array in enumerate(arrays, start=1):
        stretched = np.broadcast_to(array, comparison.result)
        own = (1,) * (stretched.ndim - array.ndim) + array.shape
        ghosts = {-stretched.ndim + k for k in range(stretched.ndim) if own[k] != stretched.shape[k]}
        assert set(comparison.ghosts(operand)) == ghosts
        assert all(stretched.strides[place] == 0 for place in ghosts if stretched.size)


@given(SHAPES, SHAPES)
@settings(max_examples=200)
def test_every_axis_says_what_happens(shape_1: Shape, shape_2: Shape) -> None:
    comparison = compare(shape_1, shape_2)
    assert [axis.place for axis in comparison.axes] == [
        -1 - k for k in range(max(len(shape_1), len(shape_2)))
    ]
    for axis in comparison.axes:
        sizes = [shape[axis.place] if -axis.place <= len(shape) else None for shape in (shape_1, shape_2)]
        assert [axis.size_1, axis.size_2] == sizes
        if None in sizes:
            assert axis.what == f"missing_{1 + sizes.index(None)}"
        elif sizes[0] == sizes[1]:
            assert axis.what == "equal"
        else:
            assert axis.what == (f"stretch_{1 + sizes.index(1)}" if 1 in sizes else "clash")
        assert (axis.result is None) == (axis.what == "clash")


@given(SHAPES, SHAPES)
@settings(max_examples=200)
def test_a_mend_mends(shape_1: Shape, shape_2: Shape) -> None:
    found = mend(shape_1, shape_2)
    assert (found is None) == (compare(shape_1, shape_2).clash is None)
    if found is None:
        return  # sizes up to 7: every number with every other is always possible
    arrays = [np.zeros(shape_1), np.zeros(shape_2)]
    own = arrays[found.operand - 1]
    mended = own.T if found.how == "transpose" else own.reshape(found.shape)
    assert mended.shape == found.shape
    arrays[found.operand - 1] = mended
    assert np.add(*arrays).shape == found.result


@pytest.mark.parametrize(
    ("shape_1", "shape_2", "operand", "how", "shape", "result"),
    [
        ((3, 4), (3,), 2, "reshape", (3, 1), (3, 4)),
        ((3,), (3, 4), 1, "reshape", (3, 1), (3, 4)),
        ((5, 3, 4), (5, 4), 2, "reshape", (5, 1, 4), (5, 3, 4)),
        ((3, 4), (4, 3), 2, "transpose", (3, 4), (3, 4)),
        ((3,), (4,), 2, "pairs", (4, 1), (4, 3)),
        ((2, 3), (4, 3), 2, "pairs", (4, 3, 1, 1), (4, 3, 2, 3)),
    ],
)
def test_what_mends(
    shape_1: Shape, shape_2: Shape, operand: int, how: str, shape: Shape, result: Shape
) -> None:
    found = mend(shape_1, shape_2)
    assert found is not None
    assert (found.operand, found.how, found.shape, found.result) == (operand, how, shape, result)


def test_huge_shapes_cost_nothing() -> None:
    huge = (LARGEST, LARGEST)
    assert compare((*huge, 1), (1,)).result == (*huge, 1)
    assert numpy_says(huge, (3,)) == sum_of_message(huge, (3,))
    assert numpy_says(huge, (1,)) == ""
    comparison = compare((*huge, 1, 1), huge)
    assert comparison.too_large and comparison.result is None and comparison.clash is None
    assert mend((*huge, 1, 1), huge) is None  # its result is too large, but nothing clashes
    assert mend(huge, (2, 3)) is not None and mend((*huge, 2), (*huge, 3)) is None
    with pytest.raises(ValueError, match="too large"):
        np.broadcast_shapes((*huge, 1, 1), huge)
    assert numpy_says((*huge, 1, 1), huge)


def sum_of_message(shape_1: Shape, shape_2: Shape) -> str:
    """NumPy's sentence as it is known."""
    first, second = (
        f"({','.join(map(str, shape))}{',' * (len(shape) == 1)})" for shape in (shape_1, shape_2)
    )
    return f"operands could not be broadcast together with shapes {first} {second}"


# ---- what is typed


@given(st.lists(st.integers(0, LARGEST), max_size=MOST_AXES).map(tuple))
@settings(max_examples=100)
def test_a_shape_is_read_back(shape: Shape) -> None:
    assert read_shape(write_shape(shape)) == shape
    assert read_shape(str(shape)) == shape
    assert read_shape(str(list(shape))) == shape
    if shape:
        for between in (",", " , ", " x ", "×", " ", "*"):
            assert read_shape(between.join(map(str, shape))) == shape


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("(3, 1)", (3, 1)),
        ("3,1", (3, 1)),
        ("3 x 1", (3, 1)),
        ("3x1", (3, 1)),
        ("3", (3,)),
        ("(3,)", (3,)),
        ("3,", (3,)),
        ("()", ()),
        (" ( ) ", ()),
        ("[]", ()),
        ("0 x 2", (0, 2)),
        ("007", (7,)),
    ],
)
def test_spellings(text: str, shape: Shape) -> None:
    assert read_shape(text) == shape


@pytest.mark.parametrize(
    ("text", "kind", "details"),
    [
        ("", "empty", {}),
        ("  \n", "empty", {}),
        ("cat", "word", {"text": "cat"}),
        ("3, cat", "word", {"text": "cat"}),
        ("3,,4", "gap", {}),
        (",", "gap", {}),
        ("(3, 1", "word", {"text": "(3"}),
        ("3.0", "word", {"text": "3.0"}),
        ("1e3", "word", {"text": "1e3"}),
        ("2**3", "gap", {}),
        ("1_0", "word", {"text": "1_0"}),
        ("٣", "word", {"text": "٣"}),
        ("nan", "word", {"text": "nan"}),
        ("__import__('os')", "word", {"text": "__import__('os')"}),
        ("3, -1", "negative", {"text": "-1"}),
        ("−2", "negative", {"text": "−2"}),
        ("–2, 3", "negative", {"text": "–2"}),
        ("(", "word", {"text": "("}),
        (")", "word", {"text": ")"}),
        ("[3,1)", "word", {"text": "[3"}),
        ("(3,1]", "word", {"text": "(3"}),
        ("((3, 1))", "word", {"text": "(3"}),
        ("(3)(1)", "word", {"text": "3)(1"}),
        ("()()", "word", {"text": ")("}),
        ("1000001", "large", {"text": "1000001", "most": LARGEST}),
        ("9" * 40, "large", {"text": "9" * 20 + "…", "most": LARGEST}),
        ("1,2,3,4,5", "axes", {"found": 5, "most": MOST_AXES}),
        ("9" * (LONGEST + 1), "long", {"found": LONGEST + 1, "most": LONGEST}),
        ("1," * 10**7, "long", {"found": 2 * 10**7, "most": LONGEST}),
    ],
)
def test_what_is_no_shape_is_said(text: str, kind: str, details: dict[str, object]) -> None:
    with pytest.raises(ShapeError) as problem:
        read_shape(text)
    assert (problem.value.kind, problem.value.details) == (kind, details)


@given(st.text(alphabet=string.printable, max_size=LONGEST + 5))
@settings(max_examples=200)
def test_whatever_is_typed_is_a_shape_or_one_error(text: str) -> None:
    try:
        shape = read_shape(text)
    except ShapeError:
        return
    assert len(shape) <= MOST_AXES and all(0 <= size <= LARGEST for size in shape)
