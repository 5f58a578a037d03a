"""What was wrong with a typed text, as a sentence; a stranger's marks do not format it."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.maths.checks import InputError
from explainer.maths.typed import MOST, TypedError, read_array, read_number
from explainer.ui.typed_text import problem_text
from explainer.words import COMMON, without_marks

TEXTS = {
    "empty": "",
    "long": "1 " * 10**7,
    "many": "7 " * (MOST + 1),
    "word": "1 2\n3 cat",
    "nan": "1 nan",
    "infinite": "-inf",
    "ragged": "1 2\n3",
    "gap": "1,,2",
    "comma": "0,5 1,5",
    "brackets": "[1, 2",
    "wide": "9" * 41,
    "deep": "[[[1]]]",
    "small": "1 1e-400",
}
OF_ONE_NUMBER = {"thousand": "1,000"}


def problem_with(text: str) -> TypedError:
    with pytest.raises(TypedError) as caught:
        read_array(text)
    return caught.value


@pytest.mark.parametrize("kind", TEXTS)
def test_every_kind_has_its_sentence(kind: str) -> None:
    problem = problem_with(TEXTS[kind])
    said = problem_text(problem)
    assert problem.kind == kind and said and "{" not in said
    if "place" in problem.details:
        assert f"row {problem.details['row']}, place {problem.details['place']}" in said


@pytest.mark.parametrize("kind", OF_ONE_NUMBER)
def test_kinds_of_a_single_number(kind: str) -> None:
    with pytest.raises(TypedError) as caught:
        read_number(OF_ONE_NUMBER[kind])
    assert caught.value.kind == kind and "{" not in problem_text(caught.value)


def test_there_is_no_other_kind() -> None:
    assert set(COMMON["typed"]) == {*TEXTS, *OF_ONE_NUMBER, "where"}


def test_large_numbers_are_grouped() -> None:
    assert "20,000,000" in problem_text(problem_with(TEXTS["long"]))


@pytest.mark.parametrize("text", ["", "cat", "nan", "inf", "1 2", "1e999", "1,000.5", "0x10"])
def test_a_single_number_has_no_place(text: str) -> None:
    with pytest.raises(TypedError) as caught:
        read_number(text)
    assert "row" not in problem_text(caught.value)


@given(st.text(alphabet=string.printable, max_size=60))
@settings(max_examples=200)
def test_whatever_is_typed_can_be_answered(text: str) -> None:
    try:
        read_array(text)
    except TypedError as problem:
        assert problem_text(problem)


def test_sentences_of_a_chapter() -> None:
    problem = InputError("large", most=12345, shape=(2, 3))
    said = {"no_large": "up to {most}, not {shape}"}
    assert problem_text(problem, said, prefix="no_") == r"up to 12,345, not \(2, 3\)"


def test_marks_of_a_stranger_do_not_format() -> None:
    assert r"\*\*bold\*\*" in problem_text(problem_with("**bold**"))
    assert without_marks("a_b [c](d)") == r"a\_b \[c\]\(d\)"
