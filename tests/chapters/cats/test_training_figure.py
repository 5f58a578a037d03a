"""The chapter's figure: its tables against a walk with w itself, its words against counts made here."""

import re
from dataclasses import replace

import numpy as np
import pytest

from explainer.chapters.cats import training_figure as figure
from explainer.chapters.cats.chapter import CHAPTER, LEARNING_RATE, RATES, training
from explainer.chapters.cats.learning import FOUR, NUM_ITERATIONS, Marks, Runs, finished_runs, hold_out, learn
from explainer.chapters.cats.weights_figure import kept_steps, weight_pictures
from explainer.live import pack
from explainer.maths import logistic
from explainer.maths.descent import descend
from explainer.maths.logistic import sigmoid
from explainer.maths.scores import majority, wilson_interval
from explainer.maths.surface import principal_plane
from explainer.maths.training import span, walk
from explainer.pictures import PictureSet, bundled, to_columns
from explainer.pictures.chosen import Split, chosen_set
from explainer.stage.layers import Band, Bars, Image, Level, Marker, Trail
from explainer.stage.settings import AHEAD
from explainer.stage.stage import Stage
from explainer.words import words
from explainer.words.numbers import percent

TEXT = words("cats").figure
RATE = 0.001
LEARNED = bundled().of_families("fluent-emoji")
KEPT_ASIDE = bundled().of_families("twemoji")
STEPS = (0, 1, 50, 3000)


def shown(held_out: PictureSet | None) -> figure.Shown:
    spanned = span(to_columns(LEARNED.pictures), LEARNED.Y)
    aside = None if held_out is None else hold_out(spanned, to_columns(held_out.pictures), held_out.Y)
    learned, *four = learn(walk(spanned, (RATE, *FOUR), NUM_ITERATIONS), spanned, aside)
    judged = held_out or LEARNED
    places = [0, 5, len(judged.names) - 1]
    marks = learned.held_out or learned.training
    return figure.Shown(
        learned,
        four,
        principal_plane(learned.run, spanned, points=9),
        weight_pictures(learned.run, kept_steps(NUM_ITERATIONS)),
        figure.Strip(judged.pictures[places], judged.labels[places], sigmoid(marks.Z[:, places])),
        majority(judged.Y),
    )


@pytest.fixture(scope="module")
def both() -> tuple[figure.Shown, Stage]:
    one = shown(KEPT_ASIDE)
    return one, figure.stage(one, TEXT)


def sentence(stage: Stage, view: str, **shown: tuple[str, ...]) -> str:
    return next(one.text for one in stage.sentences if one.when == {"view": (view,), **shown})


def panel(stage: Stage, name: str):  # type: ignore[no-untyped-def]
    return next(one for one in stage.panels if one.name == name)


def test_costs_and_accuracies_are_those_of_w(both: tuple[figure.Shown, Stage]) -> None:
    _, stage = both
    X, Y = to_columns(LEARNED.pictures), LEARNED.Y
    walked = descend(X, Y, RATE, 50)
    for name, pictures in (("training", LEARNED), ("held_out", KEPT_ASIDE)):
        columns = to_columns(pictures.pictures)
        for step in (0, 1, 50):
            w, b = walked.w[step][:, None], float(walked.b[step])
            right = int((logistic.predict(w, b, columns) == pictures.Y).sum())
            cost = logistic.cost(w, b, columns, pictures.Y)
            assert stage.tables[f"cost_{name}"].values[step] == pytest.approx(cost, abs=1e-9)
            assert stage.tables[f"right_{name}"].values[step] == right
            assert stage.tables[f"accuracy_{name}"].values[step] == pytest.approx(
                100 * right / len(pictures.names)
            )


def test_the_band_is_the_interval_of_the_pictures_held_out(both: tuple[figure.Shown, Stage]) -> None:
    _, stage = both
    for step in STEPS:
        low, high = wilson_interval(stage.tables["right_held_out"].values[step], len(KEPT_ASIDE.names))
        assert stage.tables["low"].values[step] == pytest.approx(100 * low)
        assert stage.tables["high"].values[step] == pytest.approx(100 * high)
    assert sum(isinstance(layer, Band) for layer in panel(stage, "accuracy").layers) == 1


def test_no_curve_hides_a_point_or_its_name(both: tuple[figure.Shown, Stage]) -> None:
    _, stage = both
    for name in ("cost", "accuracy", "cost_four", "accuracy_four"):
        are_points = [isinstance(layer, Marker) for layer in panel(stage, name).layers]
        assert are_points == sorted(are_points)
        assert len(set(are_points)) == 2


def test_nothing_tells_in_advance_how_it_will_do(both: tuple[figure.Shown, Stage]) -> None:
    one, stage = both
    assert AHEAD in CHAPTER.figures["training"].controls
    for name in ("cost", "accuracy", "cost_four", "accuracy_four"):
        assert not panel(stage, name).figure.data, "all curves are trails, which end where it was played"
        assert not panel(stage, name).figure.layout.shapes
    assert "variance" not in sentence(stage, "surface")
    guessed = [layer for layer in panel(stage, "accuracy").layers if isinstance(layer, Level)]
    assert [dict(layer.when) for layer in guessed] == [{"guessing": ("shown",)}]
    assert [layer.y for layer in guessed] == [100 * one.majority.share]
    assert "“" not in sentence(stage, "learning")


def test_bars_are_the_probabilities_of_the_pictures_below(both: tuple[figure.Shown, Stage]) -> None:
    one, stage = both
    classifier = one.learning.classifier_at(3000)
    a = classifier.probabilities(one.strip.pictures)[0]
    assert np.abs(stage.tables["a"].values[3000] / 255 - a).max() <= 0.51 / 255
    assert stage.tables["a"].labels[51] == "0.20"
    cats = one.strip.labels
    assert np.array_equal(stage.tables["a_cats"].values, stage.tables["a"].values[:, cats])
    assert np.array_equal(stage.tables["a_others"].values, stage.tables["a"].values[:, ~cats])
    bars = [layer for layer in panel(stage, "strip").layers if isinstance(layer, Bars)]
    assert {layer.colour for layer in bars} == {"cat", "not-cat"}


def test_between_two_kept_steps_w_is_blended_and_at_them_it_is_itself(
    both: tuple[figure.Shown, Stage],
) -> None:
    one, stage = both
    for place, step in enumerate(one.weights.steps):
        assert stage.tables["kept"].values[step] == place
        assert stage.tables["scale"].values[step] == pytest.approx(one.weights.scales[place])
    signs = [layer.sign for layer in panel(stage, "parts").layers if isinstance(layer, Image)]
    assert sorted(signs) == [-1, -1, -1, 1, 1, 1]


def test_the_trail_has_the_runs_own_cost_as_its_height(both: tuple[figure.Shown, Stage]) -> None:
    one, stage = both
    trails = [layer for layer in panel(stage, "surface").layers if isinstance(layer, Trail)]
    assert {layer.z for layer in trails} == {"cost_training"}
    gap = float(np.abs(one.plane.shadow - one.learning.run.costs).max())
    assert f"{gap:.2g}" in sentence(stage, "surface", ahead=("shown",))
    assert f"{percent(one.plane.explained.sum(), 2)} of the variance of all 3,000 steps" in sentence(
        stage, "surface", ahead=("shown",)
    )


@pytest.mark.parametrize(
    ("labels", "kind", "axes"),
    [([1, 0, 1, 0, 0], "_line", ("axis_line", "axis_across")), ([1, 0, 1, 0], "_still", ("axis_still",) * 2)],
    ids=["more of one kind", "as many of both"],
)
def test_pictures_that_are_all_black_move_along_a_line_or_not_at_all(
    labels: list[int], kind: str, axes: tuple[str, str]
) -> None:
    m = len(labels)
    black = PictureSet(
        np.zeros((m, 64, 64, 3), np.uint8), np.array(labels, bool), ("black",) * m, ("zip",) * m
    )
    stage = training(finished_runs(chosen_set("zip", Split(black, None)), RATE))
    said = sentence(stage, "surface", ahead=("shown",))
    assert said == TEXT[f"sentence_surface{kind}"] and "%" not in said
    scene = panel(stage, "surface").figure.layout.scene
    titles = [axis.title.text for axis in (scene.xaxis, scene.yaxis)]
    assert titles == [TEXT[name] for name in axes]


def test_the_four_are_the_four(both: tuple[figure.Shown, Stage]) -> None:
    one, stage = both
    for k, (rate, run) in enumerate(zip(FOUR, one.four, strict=True)):
        assert run.learning_rate == rate
        assert np.array_equal(stage.tables[f"cost_{k}"].values, run.training.costs)
        assert np.array_equal(stage.tables[f"accuracy_{k}"].values, 100 * run.held_out.accuracies)
    curves = [layer for layer in panel(stage, "cost_four").layers if isinstance(layer, Marker)]
    told = [readout for readout in stage.readouts if dict(readout.when) == {"view": ("four",)}]
    assert [readout.colour for readout in told] == [curve.colour for curve in curves]
    assert told[2].text == "0.005: J = {cost_2:.3f}, {accuracy_2:.1f}\u00a0%"
    assert [readout.text.partition(":")[0] for readout in told] == ["0.0001", "0.001", "0.005", "0.01"]


def test_its_sentences_know_how_many_pictures_and_who_guesses(both: tuple[figure.Shown, Stage]) -> None:
    _, stage = both
    others = int((~KEPT_ASIDE.labels).sum())
    said = sentence(stage, "learning")
    assert f"of {len(LEARNED.names)} training" in said and f"of {len(KEPT_ASIDE.names)} held-out" in said
    said = sentence(stage, "learning", guessing=("shown",))
    assert f"gets {others}." in said and "“not a cat”" in said
    for text in (one.text for one in stage.sentences):
        assert set(re.findall(r"\{([a-z_0-9]+)", text)) <= {*stage.tables, "step"}


def test_where_nothing_is_held_out_the_training_pictures_are_judged_and_nobody_pretends() -> None:
    one = shown(None)
    stage = figure.stage(one, TEXT)
    pack(stage, CHAPTER.figures["training"].controls, TEXT)
    assert not [name for name in stage.tables if "held_out" in name]
    assert "Nothing is held out" in sentence(stage, "learning")
    assert len([one for one in stage.readouts if one.when == {"view": ("learning",)}]) == 1


def test_learning_rates_are_written_as_people_write_them() -> None:
    assert LEARNING_RATE.texts[0] == "0.0001" and LEARNING_RATE.texts[-1] == "0.1"
    for rate, text in zip(RATES, LEARNING_RATE.texts, strict=True):
        assert float(text) == rate and "e" not in text


@pytest.mark.parametrize(
    ("cats", "others", "shown_cats"),
    [
        (23, 86, 2),
        (50, 50, 5),
        (1, 99, 1),
        (99, 1, 9),
        (1, 1, 1),
        (2, 4, 2),
        (0, 30, 0),
        (12, 0, 10),
        (3, 9, 2),
    ],
)
def test_cats_are_as_common_in_the_strip_as_among_the_pictures_judged(
    cats: int, others: int, shown_cats: int
) -> None:
    labels = np.arange(cats + others) % (cats + others) < cats
    pictures = np.zeros((labels.size, 64, 64, 3), np.uint8)
    pictures[:, 0, 0, 0] = np.arange(labels.size)
    Z = np.arange(labels.size, dtype=np.float64)[None]
    strip = figure._some_of(Marks(Z, np.zeros(1), labels[None]), pictures, labels)
    count = min(10, labels.size)
    assert strip.labels.tolist() == [True] * shown_cats + [False] * (count - shown_cats)
    places = strip.pictures[:, 0, 0, 0]
    assert len(set(places)) == count
    assert np.array_equal(labels[places], strip.labels)
    assert np.array_equal(strip.A[0], sigmoid(Z[0, places]))


def test_before_any_training_it_says_what_the_share_right_is_to_who_has_guessed(
    both: tuple[figure.Shown, Stage],
) -> None:
    _, stage = both
    others, m = int((~KEPT_ASIDE.labels).sum()), len(KEPT_ASIDE.names)
    told = f"right about the {others} of {m} held-out pictures that are none: {percent(others / m, 1)}"
    assert stage.tables["right_held_out"].values[0] == others
    assert told in sentence(stage, "learning", guessing=("shown",))
    assert all(told not in one.text for one in stage.sentences if "guessing" not in one.when)


@pytest.mark.parametrize(("alike", "says"), [(True, "sentence_alike"), (False, "sentence_band")])
def test_the_band_is_said_to_be_too_narrow(alike: bool, says: str) -> None:
    one = replace(shown(KEPT_ASIDE), alike=alike)
    for guessing in ({}, {"guessing": ("shown",)}):
        assert TEXT[says] in sentence(figure.stage(one, TEXT), "learning", **guessing)
    alone = sentence(figure.stage(replace(shown(None), alike=alike), TEXT), "learning")
    assert "band" not in alone, "there is none"


def test_what_is_shown_is_of_the_pictures_held_out() -> None:
    training_set, held_out = LEARNED.at([0, 1, 2, 3, 40, 41, 42]), KEPT_ASIDE.at([0, 1, 2, 3, 4, 5, 40])
    chosen = chosen_set("zip", Split(training_set, held_out))
    spanned = span(to_columns(training_set.pictures), training_set.Y)
    aside = hold_out(spanned, to_columns(held_out.pictures), held_out.Y)
    learned, *four = learn(walk(spanned, (RATE, *FOUR), NUM_ITERATIONS), spanned, aside)
    one = figure.shown(Runs(chosen, spanned, learned, four))
    assert one.majority == majority(held_out.Y)
    last = learned.classifier_at(NUM_ITERATIONS)
    assert one.strip.A[-1] == pytest.approx(last.probabilities(one.strip.pictures)[0])
    those = {picture.tobytes() for picture in held_out.pictures}
    assert all(picture.tobytes() in those for picture in one.strip.pictures)
    assert one.strip.labels.tolist() == sorted(held_out.labels, reverse=True), "of seven all are shown"
    pack(training(Runs(chosen, spanned, learned, four)), CHAPTER.figures["training"].controls, TEXT)
