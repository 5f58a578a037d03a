"""What Python and the browser tell each other of a visit, whatever becomes of a message between them."""

from explainer.chapters.loss.chapter import CHAPTER, DATA, WEIGHT
from explainer.ui.visit import Stay, Visit

MOVED = {"w": "2", "example": "3"}


def visit(stay: Stay, *, acted: bool = True) -> Visit:
    return Visit(CHAPTER, stay, restored=False, acted=acted, chosen=None)


def test_controls_that_stood_beside_the_same_data_are_taken_over() -> None:
    stay = Stay(values={"data": "overlap"})
    visit(stay).take_over(MOVED, {"data": "overlap"})
    assert stay.values["w"] == 2 and stay.values["example"] == 3


def test_controls_that_stood_beside_other_data_are_left_aside() -> None:
    stay = Stay(values={"data": "overlap"})
    now = visit(stay)
    starts = {name: now.setting(now.about.settings[name]).start for name in MOVED}
    now.take_over(MOVED, {"data": "challenger"})
    assert {name: now.value(now.about.settings[name]) for name in MOVED} == starts


def test_a_setting_without_an_effect_says_nothing_of_what_stood_beside() -> None:
    stay = Stay(values={"data": "overlap"})
    visit(stay).take_over(MOVED, {"data": "overlap", "start": None})
    assert stay.values["w"] == 2


def test_what_is_told_is_told_again_if_the_answer_between_was_lost() -> None:
    stay = Stay()
    before = stay.revision
    visit(stay).put(DATA, "overlap")
    lost, came = (visit(stay).visitor("examples") for _ in range(2))
    assert lost.told == came.told and came.told["w"] > before
    visit(stay).put(WEIGHT, 2.0)
    later = visit(stay).visitor("examples")
    assert later.told["w"] > came.revision >= later.told["example"]
