"""The cards: prepared numbers, typed ones, results as they are shown, what is explained about them."""

import re

import numpy as np
import pytest

from explainer.chapters.numpy_basics.cards import (
    CARDS,
    COURSE_IMAGE,
    NO_BREAK,
    UnfitError,
    notes,
    prepared,
    read,
    result_text,
    typed,
)
from explainer.chapters.numpy_basics.chapter import card
from explainer.chapters.numpy_basics.exercises import EXERCISES
from explainer.maths import numpy_basics as basics
from explainer.maths.checks import InputError
from explainer.words import words
from tests.opening import placeholders

SAID = words("numpy_basics")


def test_zeros_and_thousands_are_explained() -> None:
    def said(name: str, example: str) -> str:
        return " ".join(notes(name, prepared(name, example)))

    assert said("normalize_rows", "zeros") == SAID.text["note_zero_row"]
    assert said("normalize_rows", "course") == said("softmax", "course") == said("sigmoid", "course") == ""
    thousand = said("softmax", "thousand")
    assert "709.8" in thousand and "Taking 1000 away" in thousand and SAID.text["note_tiny"] in thousand
    assert SAID.text["note_rounded"] == said("sigmoid", "far") == said("basic_sigmoid", "far")
    assert SAID.text["note_filled"] == said("image2vector", "small") and not said("image2vector", "course")


@pytest.mark.parametrize("name", ["normalize_rows", "softmax"])
def test_one_typed_row_is_a_matrix_as_axis_1_needs_it(name: str) -> None:
    value = read("rows", "3 4")
    arguments = typed(name, "course", ("3 4",), (value,))
    assert value.shape == (1, 2) and np.sum(value, axis=1, keepdims=True).shape == (1, 1)
    title = card(name, arguments, "shown").panels[0].title
    assert "(1, 2) → (1, 1)" in title
    assert SAID.text["note_one_row"].format(shape=(1, 2)) in notes(name, arguments)
    two = typed(name, "course", ("3 4\n1 2",), (read("rows", "3 4\n1 2"),))
    assert SAID.text["note_one_row"].format(shape=(2, 2)) not in notes(name, two)


def test_commas_that_may_be_decimal_are_said_to_be_read_as_separators() -> None:
    for text, is_said in (("1,5\n2,5", True), ("1, 5\n2, 5", False), ("1,2,3\n4,5,6", False)):
        arguments = typed("softmax", "course", (text,), (read("rows", text),))
        assert (SAID.text["note_commas"] in notes("softmax", arguments)) == is_said


@pytest.mark.parametrize("name", CARDS)
def test_prepared_numbers_can_be_read(name: str) -> None:
    for example, given in CARDS[name].examples.items():
        assert len(given) == len(CARDS[name].arguments)
        assert f"example_{example}" in SAID.text
        value = CARDS[name].function(*prepared(name, example).values)
        printed = result_text(value).replace(NO_BREAK, " ").replace("`", "").replace("  \n", "\n")
        shown = [float(number) for number in re.findall(r"-?\d+\.?\d*(?:e[+-]?\d+)?", printed)]
        flat = np.ravel(value)
        assert shown[0] == pytest.approx(flat[0], rel=5e-4) and shown[-1] == pytest.approx(flat[-1], rel=5e-4)
        assert max(map(len, printed.splitlines())) <= 42
        assert card(name, prepared(name, example), "shown").panels
    assert list(SAID.cards) == list(EXERCISES) == list(CARDS)
    assert CARDS[name].code[-1] is CARDS[name].function or name == "sigmoid_derivative"


def test_the_courses_numbers_give_the_courses_results() -> None:
    assert basics.dot(*prepared("dot", "course").values) == 278
    assert basics.l1(*prepared("l1", "course").values) == pytest.approx(1.1)
    assert basics.l2(*prepared("l2", "course").values) == pytest.approx(0.43)
    assert basics.image2vector(*prepared("image2vector", "course").values)[:2, 0].tolist() == [
        0.67826139,
        0.29380381,
    ]


def test_typed_arguments_have_a_key_of_their_own_and_prepared_ones_are_shared() -> None:
    texts = CARDS["dot"].examples["small"]
    assert typed("dot", "small", texts, ()) is prepared("dot", "small") is prepared("dot", "small")
    others = [
        prepared("dot", "small"),
        prepared("dot", "course"),
        prepared("outer", "course"),
        typed("dot", "small", ("1 2", "3 4"), (np.array([1.0, 2.0]), np.array([3.0, 4.0]))),
        typed("dot", "small", ("1 2", "3 5"), (np.array([1.0, 2.0]), np.array([3.0, 5.0]))),
        typed("outer", "small", ("1 2", "3 5"), (np.array([1.0, 2.0]), np.array([3.0, 5.0]))),
    ]
    assert len({arguments.key for arguments in others}) == len(others)
    assert [arguments.own for arguments in others] == [False, False, False, True, True, True]


def test_the_assignments_image_is_its_own_only_in_its_example() -> None:
    assert read("image", "3 3 2", "course") is COURSE_IMAGE
    assert read("image", "3 3 2", "small").ravel().tolist() == list(range(18))
    assert read("image", "2 3 2", "course").shape == (2, 3, 2)


@pytest.mark.parametrize(
    ("kind", "text", "problem", "details"),
    [
        ("number", "1e16", "reach", {"value": "1e+16"}),
        ("vector", "1 -1e-16", "reach", {"value": "1e-16"}),
        ("image", "3 3", "no_image", {}),
        ("image", "3 3 0", "no_image", {}),
        ("image", "3 3 2.5", "no_image", {}),
        ("image", "64 64 4", "large_image", {"most": 12288}),
        ("image", "1e300 1e300 1e300", "large_image", {"most": 12288}),
    ],
)
def test_numbers_that_cannot_be_used(kind, text: str, problem: str, details: dict[str, object]) -> None:
    with pytest.raises(UnfitError) as caught:
        read(kind, text)
    assert (caught.value.kind, caught.value.details) == (problem, details)
    assert placeholders(SAID.text[problem]) == set(details)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("dot", ([1, 2], [1, 2, 3])),
        ("elementwise", ([[1, 2]], [1, 2])),
        ("outer", ([1], [[1], [2]])),
        ("general_dot", ([[1, 2], [3, 4]], [1, 2, 3])),
        ("general_dot", ([1, 2], [1, 2])),
        ("general_dot", ([[1, 2]], [[1, 2]])),
        ("l1", ([1], [1, 0])),
        ("l2", ([[1]], [1])),
    ],
)
def test_shapes_that_do_not_fit_have_a_sentence_that_says_what_the_error_says(name: str, values) -> None:
    with pytest.raises(InputError) as caught:
        CARDS[name].function(*values)
    said = SAID.text[f"unfit_{caught.value.kind}"].format(**caught.value.details)
    assert said == str(caught.value)
