"""Questions as data: what is read from the words, and which mistakes in them are found."""

from typing import Any

import pytest

from explainer.words.questions import Option, QuestionError, read_question

CHOICE: dict[str, Any] = {
    "name": "one",
    "ask": "Is {a} more than {b}?",
    "because": "It is {c}.",
    "right": 1,
    "options": [{"text": "no", "reply": "Look at {d}.", "state": {"x": "{e}"}}, {"text": "yes"}],
    "state": {"y": "{f}"},
    "stop": "{g}",
}
NUMBER: dict[str, Any] = {
    "name": "two",
    "ask": "How many?",
    "because": "So many.",
    "number": {"right": "count", "within": 0.1, "low": "More than {h}.", "high": "Fewer."},
}
PLACE: dict[str, Any] = {
    "name": "three",
    "ask": "Where?",
    "because": "There.",
    "place": {
        "point": "start",
        "right": "lowest",
        "radius": "near",
        "far": "Lower down.",
        "mistakes": [{"place": "highest", "reply": "That is {i}."}],
    },
}


def test_a_question_with_options() -> None:
    question = read_question(CHOICE)
    assert question.options == (Option("no", "Look at {d}.", {"x": "{e}"}), Option("yes"))
    assert question.needs() == set("abcdefg")
    assert question.plays
    assert question.right_place({}) == 1


def test_the_right_option_may_be_computed() -> None:
    options = [{"text": "no", "reply": "Yes."}, {"text": "yes", "reply": "No."}]
    question = read_question({"name": "n", "ask": "?", "because": ".", "right": "where", "options": options})
    assert question.needs() == {"where"}
    assert [question.right_place({"where": place}) for place in (0, 1)] == [0, 1]


@pytest.mark.parametrize(
    ("raw", "needed"), [(NUMBER, {"count", "h"}), (PLACE, {"lowest", "near", "highest", "i"})]
)
def test_what_a_number_and_a_place_need(raw: dict[str, Any], needed: set[str]) -> None:
    question = read_question(raw)
    assert question.needs() == needed
    assert question.can_be_answered(dict.fromkeys(needed, 1))
    assert not question.can_be_answered(dict.fromkeys(needed))
    assert not question.plays


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"options": []}, "options or one of number"),
        ({"number": NUMBER["number"]}, "options or one of number"),
        ({"options": [{"text": "only"}]}, "1 options"),
        ({"options": [{"text": str(k), "reply": "."} for k in range(5)]}, "5 options"),
        ({"right": 2}, "no option 2"),
        ({"right": -1}, "no option -1"),
        ({"options": [{"text": "no"}, {"text": "yes"}]}, "has no reply"),
        ({"right": "computed"}, "has no reply"),
        ({"unknown": 1}, "unknown"),
        ({"options": [{"text": "no", "replied": "."}, {"text": "yes"}]}, "replied"),
        ({"number": {"right": "count"}}, "low"),
    ],
)
def test_a_mistake_is_named_with_its_question(change: dict[str, Any], said: str) -> None:
    with pytest.raises(QuestionError, match="'one'") as problem:
        read_question(CHOICE | change)
    assert said in str(problem.value)
