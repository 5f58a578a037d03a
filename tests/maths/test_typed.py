"""What visitors type: numbers in many spellings, and a problem with its details for any other text."""

import string

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.maths.typed import MOST, TypedError, read_array, read_number

FLOATS = st.floats(allow_nan=False, allow_infinity=False)


def caught(text: str, most: int = MOST) -> TypedError:
    with pytest.raises(TypedError) as problem:
        read_array(text, most)
    return problem.value


@given(FLOATS)
@settings(max_examples=60)
def test_a_number_is_read_back(number: float) -> None:
    for text in (
        repr(number),
        f"  {number!r}\n",
        repr(number).replace("-", "−"),
        repr(number).replace(".", ","),
    ):
        assert read_number(text) == number


@given(st.integers(1, 4), st.integers(1, 5), st.data())
@settings(max_examples=40)
def test_an_array_is_read_back(rows: int, columns: int, data: st.DataObject) -> None:
    size = rows * columns
    array = np.array(data.draw(st.lists(FLOATS, min_size=size, max_size=size))).reshape(rows, columns)
    lines = [[repr(float(number)) for number in row] for row in array]
    for text in (repr(array.tolist()), "[[" + "]\n [".join(" ".join(line) for line in lines) + "]]"):
        assert np.array_equal(read_array(text), array)
    for between in ("\n", ";", " ;\n", "\n\n"):
        read = read_array(between.join(", ".join(line) for line in lines))
        assert np.array_equal(read, array if rows > 1 else array[0])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3", [3]),
        ("1 2 3", [1, 2, 3]),
        ("[1, 2, 3]", [1, 2, 3]),
        ("[[1, 2, 3]]", [[1, 2, 3]]),
        ("[[1], [2]]", [[1], [2]]),
        ("[1, 2], [3, 4]", [[1, 2], [3, 4]]),
        ("[1 2]\n[3 4]", [[1, 2], [3, 4]]),
        ("[[1 2\n 3]]", [[1, 2, 3]]),
        ("[[1, 2];[3, 4]]", [[1, 2], [3, 4]]),
        ("1;2", [[1], [2]]),
        (" 1,2 ,\t3,", [1, 2, 3]),
        ("1 2\r\n3 4\r\n", [[1, 2], [3, 4]]),
        (".5 -1e-3 +2.", [0.5, -0.001, 2]),
    ],
)
def test_spellings(text: str, wanted: list[float]) -> None:
    assert np.array_equal(read_array(text), wanted)


@pytest.mark.parametrize(
    ("text", "kind", "details"),
    [
        ("", "empty", {}),
        (" \n[ ]", "empty", {}),
        ("[[], []]", "empty", {}),
        ("1 2\n3 cat", "word", {"text": "cat", "row": 2, "place": 2}),
        ("1 __import__('os')", "word", {"text": "__import__('os')", "row": 1, "place": 2}),
        ("2**3", "word", {"text": "2**3", "row": 1, "place": 1}),
        ("3/4", "word", {"text": "3/4", "row": 1, "place": 1}),
        ("1_000", "word", {"text": "1_000", "row": 1, "place": 1}),
        ("٣", "word", {"text": "٣", "row": 1, "place": 1}),
        ("1 nan", "nan", {"text": "nan", "row": 1, "place": 2}),
        ("-inf", "infinite", {"text": "-inf", "row": 1, "place": 1}),
        ("1e999", "infinite", {"text": "1e999", "row": 1, "place": 1}),
        ("1 2\n3", "ragged", {"row": 2, "found": 1, "wanted": 2}),
        ("[[1, 2], [3, 4, 5]]", "ragged", {"row": 2, "found": 3, "wanted": 2}),
        ("[[[1]]]", "deep", {}),
        ("7 " * (MOST + 1), "many", {"found": MOST + 1, "most": MOST}),
        ("9" * 41, "wide", {"text": "9" * 20 + "…", "found": 41, "most": 40, "row": 1, "place": 1}),
        ("1,,2", "gap", {}),
        ("1, ,2", "gap", {}),
        ("0,5 1,5", "comma", {"text": "0,5 1,5"}),
        ("[1, 2", "brackets", {}),
        ("1, 2]", "brackets", {}),
        ("[[1 2] 5 [3 4]]", "brackets", {}),
        ("1 [2]", "brackets", {}),
    ],
)
def test_what_is_no_array_is_said(text: str, kind: str, details: dict[str, object]) -> None:
    problem = caught(text)
    assert (problem.kind, problem.details) == (kind, details)


def test_ten_million_numbers_are_not_even_looked_at() -> None:
    problem = caught("1 " * 10**7)
    assert (problem.kind, problem.details["found"]) == ("long", 2 * 10**7)


@pytest.mark.parametrize("text", ["", "cat", "nan", "inf", "1 2", "1e999", "1,000.5", "0x10"])
def test_what_is_no_number_is_said(text: str) -> None:
    with pytest.raises(TypedError) as problem:
        read_number(text)
    assert "row" not in problem.value.details


@given(st.text(alphabet=string.printable, max_size=60))
@settings(max_examples=200)
def test_whatever_is_typed_is_an_array_of_numbers_or_a_problem(text: str) -> None:
    try:
        array = read_array(text)
    except TypedError as problem:
        assert problem.kind
    else:
        assert array.ndim in (1, 2) and array.size and np.isfinite(array).all()
