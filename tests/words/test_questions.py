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


ORDER: dict[str, Any] = {
    "name": "four",
    "ask": "In which order?",
    "because": "{a} first.",
    "order": {
        "steps": [
            {"text": "{b}"},
            {"text": "then", "reply": "{c} comes before it."},
            {"text": "end", "reply": "."},
        ],
        "offered": [2, 0, 1],
    },
}
SHAPE: dict[str, Any] = {
    "name": "five",
    "ask": "Which shape?",
    "because": "So.",
    "shape": {"right": "wide", "other": "{d}", "mistakes": [{"shape": "high", "reply": "Turned, {e}."}]},
}
LINES: dict[str, Any] = {"name": "six", "ask": "Write it.", "because": ".", "lines": {"exercise": "dot"}}


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
    ("raw", "needed"),
    [
        (NUMBER, {"count", "h"}),
        (PLACE, {"lowest", "near", "highest", "i"}),
        (ORDER, {"a", "b", "c"}),
        (SHAPE, {"wide", "high", "d", "e"}),
        (LINES, set()),
    ],
)
def test_what_each_kind_needs(raw: dict[str, Any], needed: set[str]) -> None:
    question = read_question(raw)
    assert question.needs() == needed
    assert question.can_be_answered(dict.fromkeys(needed, 1))
    assert question.can_be_answered(dict.fromkeys(needed)) == (not needed)
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


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"offered": [0, 1, 2]}, "out of order"),
        ({"offered": [2, 1]}, "once each"),
        ({"offered": [2, 1, 1]}, "once each"),
        ({"offered": [2, 1, 0], "steps": [{"text": "a"}] * 3}, "no reply"),
        ({"offered": [1, 0], "steps": [{"text": "a"}, {"text": "b", "reply": "."}]}, "three steps"),
        ({"steps": [{"said": "a"}] * 3}, "said"),
    ],
)
def test_a_mistake_in_an_order_is_named(change: dict[str, Any], said: str) -> None:
    with pytest.raises(QuestionError, match="'four'") as problem:
        read_question(ORDER | {"order": ORDER["order"] | change})
    assert said in str(problem.value)


def test_what_a_question_asked_again_says_of_itself() -> None:
    question = read_question(
        LINES | {"chapter": "loss", "repeats": ["one"], "see": {"w": "1"}, "decides": True}
    )
    assert (question.chapter, question.repeats, question.see, question.decides) == (
        "loss",
        ("one",),
        {"w": "1"},
        True,
    )
    assert not read_question(LINES).decides
