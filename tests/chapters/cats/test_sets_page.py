"""The chapter *Cats* with all sets: nothing of one is shown of another, small ones are no trouble."""

import gc
import weakref
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from explainer.chapters.cats import verdicts_view
from explainer.chapters.cats.accuracy_text import AS_MANY, FEWER, MORE, learned_numbers, rises_text
from explainer.chapters.cats.classifier import Classifier, smallest_change
from explainer.chapters.cats.gallery_figure import judge
from explainer.chapters.cats.learning import Learning, finished_runs, hold_out, learn
from explainer.chapters.cats.take_along_view import Bringing, Brought
from explainer.maths.training import span, train, walk
from explainer.pictures import PictureSet, to_columns
from explainer.pictures.chosen import ChosenSet, Split, chosen_set, drawings
from explainer.ui import picture_sets
from explainer.ui.own_picture import harmless
from explainer.words import words
from tests.opening import clean, open_page

RATE = 0.001
EVERY = drawings().split.training
TEXT = words("cats").text
CATS, OTHERS = np.flatnonzero(EVERY.labels), np.flatnonzero(~EVERY.labels)


def pictures(cats: int, others: int, start: int = 0) -> PictureSet:
    places = [*CATS[start : start + cats], *OTHERS[start : start + others]]
    return EVERY.at(sorted(int(place) for place in places))


def made(training: PictureSet, held_out: PictureSet | None = None, own: bool = False) -> ChosenSet:
    return chosen_set("zip", Split(training, held_out), own=own)


def flipped(of: PictureSet) -> PictureSet:
    return replace(of, labels=~of.labels)


ONE = pictures(4, 6)
OTHER = {
    "pictures": pictures(4, 6, start=9),
    "labels": flipped(ONE),
    "names": replace(ONE, names=tuple(f"another {name}" for name in ONE.names)),
}


@pytest.mark.parametrize("what", OTHER)
def test_a_set_s_key_tells_it_from_any_other(what: str) -> None:
    keys = {made(ONE).key, made(OTHER[what]).key, made(ONE, OTHER[what]).key, made(OTHER[what], ONE).key}
    assert len(keys) == 4
    assert made(pictures(4, 6)).key == made(ONE).key


@pytest.mark.parametrize("own", [False, True])
def test_each_set_has_its_own_run(own: bool) -> None:
    asked = [ONE, OTHER["pictures"], OTHER["labels"]]
    sets = [made(one, own=own) for one in asked]
    for pictures_learned, chosen in zip([*asked, *asked], [*sets, *sets], strict=True):
        (run,) = train(to_columns(pictures_learned.pictures), pictures_learned.Y, [RATE], 40)
        found = finished_runs(chosen, RATE).learned.run
        assert found.costs[:41] == pytest.approx(run.costs, rel=1e-9)


def test_runs_on_a_visitor_s_own_pictures_end_with_the_set() -> None:
    mine, theirs = (made(pictures(3, 3, start=20), own=True) for _ in range(2))
    kept = finished_runs(mine, RATE).learned
    assert finished_runs(mine, RATE).learned is kept and finished_runs(theirs, RATE).learned is not kept
    gone = weakref.ref(kept)
    del mine, kept
    gc.collect()
    assert gone() is None
    shared = [finished_runs(made(pictures(3, 3, start=20)), RATE).learned for _ in range(2)]
    assert shared[0] is shared[1]


# ---- what is said


def learned(accuracies: list[float], costs: list[float], held_out: bool = True) -> Learning:
    """A run whose numbers are given; of ten pictures, half of which it gets right in training."""
    Y = np.ones((1, 10))
    training, kept = pictures(5, 5), pictures(5, 5, start=10)
    spanned = span(to_columns(training.pictures), training.Y)
    aside = hold_out(spanned, to_columns(kept.pictures), kept.Y)
    (found,) = learn(walk(spanned, [RATE], len(costs) - 1), spanned, aside)
    assert found.held_out is not None
    Z = np.array([[1.0 if k < round(10 * share) else -1.0 for k in range(10)] for share in accuracies])
    run, half = replace(found.run, costs=np.array(costs)), np.tile([1.0, -1.0], (len(costs), 5))
    return replace(
        found,
        run=run,
        training=replace(found.training, Z=half, Y=Y),
        held_out=replace(found.held_out, Z=Z, Y=Y) if held_out else None,
    )


def test_the_best_step_is_one_that_was_walked() -> None:
    one = learned([1.0, 0.2, 0.6, 0.4, 0.9], [0.7, 0.6, 0.65, 0.5, 0.55])
    assert learned_numbers(one, 3)["best_step"] == "2"
    assert learned_numbers(one, 4)["best"] == pytest.approx(0.9)


def test_only_steps_that_were_walked_can_be_rough() -> None:
    one = learned([0.5] * 5, [0.7, 0.6, 0.65, 0.5, 0.55])
    assert rises_text(one, 1) == ""
    assert rises_text(one, 3) == TEXT["rough"].format(rises="1")
    assert rises_text(one, 4) == TEXT["rough"].format(rises="2")


def test_whether_it_gets_fewer_right_is_told_by_the_numbers() -> None:
    for share, place in ((0.0, FEWER), (1.0, MORE)):
        one = learned([share] * 3, [0.7, 0.6, 0.5])
        assert learned_numbers(one, 2)["compared"] == place
    assert learned_numbers(learned([0.5] * 3, [0.7, 0.6, 0.5]), 2)["compared"] == AS_MANY
    assert learned_numbers(learned([0.5] * 3, [0.7, 0.6, 0.5], held_out=False), 2)["compared"] is None


def use(monkeypatch: pytest.MonkeyPatch, chosen: ChosenSet) -> None:
    monkeypatch.setattr(picture_sets, "choose_pictures", lambda visit, data, hold: chosen)


def test_with_as_many_of_both_half_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, made(pictures(4, 4), pictures(2, 2, start=10)))
    app = open_page("cats")
    assert len(set(app.pills[0].options)) == 3
    clean(app.pills[0].set_value(1).run())
    (reply,) = [box.value for box in app.success]
    assert "right for 2 of 4: 50.0\u00a0%" in reply


def test_of_a_set_that_holds_out_no_cat_something_else_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, made(pictures(2, 3), pictures(0, 2, start=10)))
    app = open_page("cats")
    shown = app.segmented_control(key="cats-picture")
    assert shown.value == "other" and len(shown.options) == 1
    assert not app.warning


def brought(monkeypatch: pytest.MonkeyPatch, query: str = "") -> tuple[AppTest, Classifier]:
    """The page after weights were brought back."""
    w = np.random.default_rng(4).normal(0, 0.02, (12288, 1))
    classifier = Classifier(w, 0.25)
    app = open_page("cats", query)
    app.session_state["brought_weights"] = Bringing(Brought(classifier, "mine.npz"))
    return clean(app.run()), classifier


def test_weights_that_were_brought_are_those_that_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    app, classifier = brought(monkeypatch, "which=1")
    held_out = drawings().split.held_out
    assert held_out is not None
    cat = held_out.pictures[list(held_out.labels).index(True)]
    z = f"{float(classifier.z(cat[None])[0, 0]):.2f}".replace("-", "−")
    said = " ".join(element.value for element in (*app.markdown, *app.caption))
    assert f"= **{z}**" in said
    assert TEXT["trained_elsewhere"] in said and TEXT["gallery_elsewhere"] in said
    assert "It was trained on" not in said


def test_the_gallery_is_ordered_anew_for_other_weights() -> None:
    held_out = drawings().split.held_out
    assert held_out is not None
    app = open_page("cats", "which=1")
    own = finished_runs(drawings(), RATE).learned.classifier_at(2000)
    for classifier in (own, Classifier(-own.w, own.b)):
        app.session_state["brought_weights"] = Bringing(Brought(classifier, "mine.npz"))
        first = judge(drawings(), classifier).order[0]
        opened = [element.value for element in clean(app.run()).markdown if ", which is" in element.value]
        assert len(opened) == 1 and harmless(held_out.names[first]) in opened[0]


def test_the_picture_that_is_shown_as_nudged_is_the_nudged_one(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    monkeypatch.setattr(verdicts_view, "show_picture", lambda picture, caption: shown.append(picture))
    _, classifier = brought(monkeypatch)
    picture, overlay, before, nudged = shown[-4:]
    change = smallest_change(classifier, picture)
    assert change is not None and np.array_equal(nudged, change.picture)
    assert before is picture and overlay is not picture
