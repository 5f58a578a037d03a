"""What it got wrong, when other pictures come into use: which is open, what is said of those not shown."""

import pytest

from explainer.chapters.cats import gallery_view as mistakes
from explainer.chapters.cats.classifier import Classifier
from explainer.chapters.cats.gallery_figure import MOST, in_order
from explainer.maths.training import train
from explainer.pictures import to_columns
from explainer.pictures.splits import drawings
from explainer.ui import picture_sets
from explainer.ui.picture_sets import Chosen
from explainer.words import words
from tests.opening import address_warnings, choice, clean, open_page

SPLIT = drawings()
TEXT = words("cats").text
FEW = Chosen("course", type(SPLIT)(SPLIT.training, SPLIT.held_out.at(list(range(7)))), "few")
HELD_OUT = Chosen("drawings", SPLIT, "held-out")
ALL_LEARNED = Chosen("course", type(SPLIT)(SPLIT.training, None), "all-learned")


def texts(app) -> str:  # type: ignore[no-untyped-def]
    return " ".join(element.value for element in app.markdown)


def use(chosen: Chosen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_sets, "choose", lambda visit: chosen)


@pytest.mark.parametrize("query", ["", "which=3"])
def test_fewer_pictures_are_no_fault_of_the_address(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_page("cats", query)
    app.session_state["stays"]["cats"].values["which"] = 50  # picked in the figure since
    use(FEW, monkeypatch)
    choice(app, "cats", "picture").set_value("other")
    clean(app.run())
    assert address_warnings(app) == []
    assert app.session_state["stays"]["cats"].values["which"] == 6


def test_a_link_past_the_last_of_few_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    use(FEW, monkeypatch)
    (sentence,) = address_warnings(open_page("cats", "which=50"))
    assert "**which = 50**" in sentence and "**7**" in sentence


def test_it_is_said_that_the_pictures_were_learned_and_that_some_are_not_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert len(SPLIT.held_out.names) <= MOST < len(SPLIT.training.names)
    said = texts(open_page("cats", "which=1"))
    assert TEXT["gallery_seen"] not in said and "has room for" not in said
    use(ALL_LEARNED, monkeypatch)
    said = texts(open_page("cats", f"which={MOST}"))
    assert TEXT["gallery_seen"] in said
    assert TEXT["gallery_most"].format(shown=MOST, m=len(SPLIT.training.names)) in said


def test_other_weights_order_the_same_pictures_anew() -> None:
    held_out = SPLIT.held_out
    (run,) = train(to_columns(SPLIT.training.pictures), SPLIT.training.Y, [0.001], 30)
    orders = []
    for w, b in ((run.w, run.b), (-run.w, run.b), (run.w, run.b + 1.0)):
        classifier = Classifier(w, b)
        _, order = mistakes._stage(HELD_OUT, w.tobytes(), b, held_out, classifier)
        assert order.tolist() == in_order(held_out, classifier.probabilities(held_out.pictures)).tolist()
        orders.append(tuple(order))
    assert len(set(orders)) == 3
