"""What visitors type: numbers in many spellings, and a problem with its details for any other text."""

import re
import string

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.maths.typed import MOST, TypedError, decimal_commas_possible, read_array, read_number

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
    ):
        assert read_number(text) == number
    with_comma = repr(number).replace(".", ",")
    if re.fullmatch(r"-?[1-9]\d{0,2},\d{3}", with_comma):
        assert caught(with_comma).kind == "thousand", "it may be a thousand as well"
    else:
        assert read_number(with_comma) == number


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
        ("–1 −2\n—3 ‑4", [[-1, -2], [-3, -4]]),
        ("1e–3", [0.001]),
        ("array([[1, 2], [3, 4]])", [[1, 2], [3, 4]]),
        ("array([[1., 2.],\n       [3., 4.]], dtype=float32)", [[1, 2], [3, 4]]),
        ("np.array([1, 2, 3])", [1, 2, 3]),
        ("x = numpy.asarray([[1, -2]], dtype='<f4', order=C);", [[1, -2]]),
        ("np.array(((1, 2), (3, 4)), dtype=np.int64)", [[1, 2], [3, 4]]),
        ("tensor([[0.5, 1.5]], device=cpu)", [[0.5, 1.5]]),
        ("np.array(5)", [5]),
        ("array([1, 2, 3,\n       4])", [1, 2, 3, 4]),
        ("[1 2 3\n 4 5 6]", [1, 2, 3, 4, 5, 6]),
        ("[np.float64(1.5), np.int32(-2)]", [1.5, -2]),
        ("(1, 2, 3)", [1, 2, 3]),
        ("((1, 2), (3, 4))", [[1, 2], [3, 4]]),
        ("[(1, 2), (3, 4)]", [[1, 2], [3, 4]]),
        ("1,2;3,4", [[1, 2], [3, 4]]),
        ("9,2,5\n7,5,0", [[9, 2, 5], [7, 5, 0]]),
        ("[[0,5],[1,5]]", [[0, 5], [1, 5]]),
        ("1,0,2", [1, 0, 2]),
        ("0.0e-999 0", [0, 0]),
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
        ("0,5;1,5", "comma", {"text": "0,5;1,5"}),
        ("1,5\n0,25\n", "comma", {"text": "1,5\n0,25"}),
        ("0,5", "comma", {"text": "0,5"}),
        ("-0,5", "comma", {"text": "-0,5"}),
        ("1,5, 2,5", "comma", {"text": "1,5, 2,5"}),
        ("1,000 2", "comma", {"text": "1,000 2"}),
        ("1,000", "comma", {"text": "1,000"}),
        ("[1,05]", "comma", {"text": "[1,05]"}),
        ("1 1e-400", "small", {"text": "1e-400", "row": 1, "place": 2}),
        ("array([[1, 2], [3, 4]", "brackets", {}),
        ("(1, 2]", "brackets", {}),
        ("[(1, 2], 3)", "brackets", {}),
        ("array([1, 2]).sum()", "brackets", {}),
        ("array([1, 2], os=system('x'))", "brackets", {}),
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


@pytest.mark.parametrize(
    "text",
    ["", "cat", "nan", "inf", "1 2", "1e999", "1,000.5", "0x10", "1,000", "-12,288", "1e-400", "-0,0e-9x"],
)
def test_what_is_no_number_is_said(text: str) -> None:
    with pytest.raises(TypedError) as problem:
        read_number(text)
    assert "row" not in problem.value.details


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("–3", -3),
        ("−0,5", -0.5),
        ("‑2e‐3", -0.002),
        ("0,500", 0.5),
        ("1,25", 1.25),
        ("1234,567", 1234.567),
        ("np.float64(0.25)", 0.25),
        ("-0e-999", 0),
        ("5e-324", 5e-324),
    ],
)
def test_numbers_in_many_spellings(text: str, number: float) -> None:
    assert read_number(text) == number


def test_what_may_be_read_in_two_ways_differs_from_what_is_clear() -> None:
    assert read_number("1,0005") == 1.0005 and read_number("1000") == 1000
    for text, kind in (("1,000", "thousand"), ("12,288", "thousand"), ("1e-400", "small")):
        with pytest.raises(TypedError) as problem:
            read_number(text)
        assert (problem.value.kind, problem.value.details) == (kind, {"text": text})
    assert all(map(decimal_commas_possible, ("1,5;2,5", "1,2\n3,4\n", "-1,5 ; 2,5")))
    assert not any(map(decimal_commas_possible, ("1,2", "1, 2\n3, 4", "1,2,3\n4,5,6", "[[1,2],[3,4]]", "")))


@pytest.mark.parametrize(
    "text",
    [
        "array(" + ")" * 15_000,
        "array([1]," + "a=" + " " * 15_000 + "[",
        "array([1]" + ",a=b" * 3_000 + "]",
        "np.float64(" * 1_400,
        "(" * 15_000,
        "1," + " " * 15_000 + ",",
        "a" * 15_000 + " = array(",
    ],
    ids=["closing", "blanks", "options", "scalars", "opening", "comma", "name"],
)
def test_long_texts_are_answered(text: str) -> None:
    """With a pattern that backtracks from every character, these would take minutes."""
    assert caught(text).kind in {"word", "wide", "brackets", "deep", "comma", "gap", "many"}


@given(st.text(alphabet=string.printable, max_size=60))
@settings(max_examples=200)
def test_whatever_is_typed_is_an_array_of_numbers_or_a_problem(text: str) -> None:
    try:
        array = read_array(text)
    except TypedError as problem:
        assert problem.kind
    else:
        assert array.ndim in (1, 2) and array.size and np.isfinite(array).all()
