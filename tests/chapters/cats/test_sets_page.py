"""The chapter *Cats* with all sets: nothing of one is shown of another, small ones are no trouble."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from streamlit.runtime.caching import clear_session_resource_cache
from streamlit.testing.v1 import AppTest

from explainer.chapters.cats import accuracy_text as judging
from explainer.chapters.cats import reasons_view as reasons
from explainer.chapters.cats import training_view as chapter
from explainer.chapters.cats.classifier import Classifier
from explainer.chapters.cats.gallery_figure import in_order
from explainer.chapters.cats.learning import Learning, hold_out, learn
from explainer.chapters.cats.reasons import smallest_change
from explainer.chapters.cats.take_along_view import WEIGHTS, Brought
from explainer.chapters.cats.training_figure import Shown
from explainer.maths import scores
from explainer.maths.training import span, train, walk
from explainer.pictures import PictureSet, to_columns
from explainer.pictures.splits import Split, drawings
from explainer.ui import picture_sets
from explainer.ui.own_picture import harmless
from explainer.ui.picture_sets import Chosen
from explainer.words import words
from tests.opening import SECONDS, clean, open_page

RATE = 0.001
SESSION = "test session id"  # AppTest's, of all its visits
EVERY = drawings().training
TEXT = words("cats").text
CATS, OTHERS = np.flatnonzero(EVERY.labels), np.flatnonzero(~EVERY.labels)


def pictures(cats: int, others: int, start: int = 0) -> PictureSet:
    places = [*CATS[start : start + cats], *OTHERS[start : start + others]]
    return EVERY.at(sorted(int(place) for place in places))


def made(training: PictureSet, held_out: PictureSet | None = None, own: bool = False) -> Chosen:
    return picture_sets._made("zip", Split(training, held_out), (), own)


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


def asking() -> None:
    """A page that asks for the runs of some sets, one after the other, twice."""
    import streamlit as st

    from explainer.chapters.cats import training_view as cats

    chosen = st.session_state["sets"]
    st.session_state["runs"] = [cats._learned(one, 0.001).run for one in (*chosen, *chosen)]


@pytest.mark.parametrize("own", [False, True])
def test_each_set_has_its_own_run(own: bool) -> None:
    sets = [ONE, OTHER["pictures"], OTHER["labels"]]
    app = AppTest.from_function(asking, default_timeout=SECONDS)
    app.session_state["sets"] = [made(one, own=own) for one in sets]
    clean(app.run())
    for asked, found in zip([*sets, *sets], app.session_state["runs"], strict=True):
        (run,) = train(to_columns(asked.pictures), asked.Y, [RATE], 40)
        assert found.costs[:41] == pytest.approx(run.costs, rel=1e-9)


def test_what_comes_of_a_visitor_s_own_pictures_is_kept_for_that_visit_alone() -> None:
    runs = []
    for own in (True, True, False, False):
        app = AppTest.from_function(asking, default_timeout=SECONDS)
        app.session_state["sets"] = [made(pictures(3, 3, start=20), own=own)]
        first, again = clean(app.run()).session_state["runs"]
        assert first is again
        runs.append(first)
        clear_session_resource_cache(SESSION)  # as Streamlit does when a visit ends
    assert runs[0] is not runs[1] and runs[2] is runs[3]


def test_what_is_shown_is_of_the_pictures_held_out(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Shown] = []
    monkeypatch.setattr(chapter.figure, "stage", lambda shown, text: seen.append(shown))
    monkeypatch.setattr(chapter, "pack", lambda stage: b"")
    held_out = pictures(7, 3, start=30)
    chapter.stage(made(ONE, held_out), RATE)
    (shown,) = seen
    assert shown.majority == scores.majority(held_out.Y) == scores.Majority(0.7, True)
    last = shown.learning.classifier_at(shown.learning.num_iterations)
    assert shown.strip.A[-1] == pytest.approx(last.probabilities(shown.strip.pictures)[0])
    those = {picture.tobytes() for picture in held_out.pictures}
    assert len(shown.strip.labels) == 8 and all(one.tobytes() in those for one in shown.strip.pictures)


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
    assert judging.answers(one, 3)["best_step"] == "2"
    assert judging.answers(one, 4)["best"] == pytest.approx(0.9)


def test_only_steps_that_were_walked_can_be_rough() -> None:
    one = learned([0.5] * 5, [0.7, 0.6, 0.65, 0.5, 0.55])
    assert judging.rough(one, 1) == ""
    assert judging.rough(one, 3) == TEXT["rough"].format(rises="1")
    assert judging.rough(one, 4) == TEXT["rough"].format(rises="2")


def test_whether_it_gets_fewer_right_is_told_by_the_numbers() -> None:
    for share, place in ((0.0, judging.FEWER), (1.0, judging.MORE)):
        one = learned([share] * 3, [0.7, 0.6, 0.5])
        assert judging.answers(one, 2)["compared"] == place
    assert judging.answers(learned([0.5] * 3, [0.7, 0.6, 0.5]), 2)["compared"] == judging.AS_MANY
    assert judging.answers(learned([0.5] * 3, [0.7, 0.6, 0.5], held_out=False), 2)["compared"] is None


def use(monkeypatch: pytest.MonkeyPatch, chosen: Chosen) -> None:
    monkeypatch.setattr(picture_sets, "choose", lambda visit: chosen)


def test_with_as_many_of_both_half_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, made(pictures(4, 4), pictures(2, 2, start=10)))
    app = open_page("cats")
    options = app.pills[0].options
    assert len(set(options)) == 3
    clean(app.pills[0].set_value(options[2]).run())
    assert any("2 of 4, 50.0%" in info.value and "Not quite" not in info.value for info in app.info)


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
    app.session_state[WEIGHTS] = Brought(classifier, "mine.npz")
    return clean(app.run()), classifier


def test_weights_that_were_brought_are_those_that_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    app, classifier = brought(monkeypatch, "which=1")
    held_out = drawings().held_out
    assert held_out is not None
    cat = held_out.pictures[list(held_out.labels).index(True)]
    z = f"{float(classifier.z(cat[None])[0, 0]):.2f}".replace("-", "−")
    said = " ".join(element.value for element in (*app.markdown, *app.caption))
    assert f"= **{z}**" in said
    assert TEXT["trained_elsewhere"] in said and TEXT["gallery_elsewhere"] in said
    assert "It was trained on" not in said


def test_the_gallery_is_ordered_anew_for_other_weights() -> None:
    held_out = drawings().held_out
    assert held_out is not None
    app = open_page("cats", "which=1")
    own = chapter._learned(picture_sets.drawings(), RATE).classifier_at(2000)
    for classifier in (own, Classifier(-own.w, own.b)):
        app.session_state[WEIGHTS] = Brought(classifier, "mine.npz")
        first = in_order(held_out, classifier.probabilities(held_out.pictures))[0]
        opened = [element.value for element in clean(app.run()).markdown if ", which is" in element.value]
        assert len(opened) == 1 and harmless(held_out.names[first]) in opened[0]


def test_the_picture_that_is_shown_as_nudged_is_the_nudged_one(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    monkeypatch.setattr(reasons, "image", lambda picture, caption: shown.append(picture))
    _, classifier = brought(monkeypatch)
    picture, overlay, before, nudged = shown[-4:]
    change = smallest_change(classifier, picture)
    assert change is not None and np.array_equal(nudged, change.picture)
    assert before is picture and overlay is not picture
