"""The chapter *Cats*: its settings, the training behind its figure, its sentences."""

from time import perf_counter
from typing import Any, Final

import numpy as np
import streamlit as st

from explainer.chapters.cats import gallery_view as mistakes
from explainer.chapters.cats import own_picture_view as yours
from explainer.chapters.cats import training_figure as figure
from explainer.chapters.cats.learning import HeldOut, Learning, hold_out, learn
from explainer.chapters.cats.weight_pictures import kept_steps, weight_pictures
from explainer.chapters.cats.weights_figure import FORMS
from explainer.live import pack
from explainer.maths import scores, surface
from explainer.maths.checks import IntArray
from explainer.maths.logistic import sigmoid
from explainer.maths.training import Run, Span, span, walk
from explainer.pictures import PictureSet, to_columns
from explainer.stage.settings import Choice, Grid
from explainer.ui import controls, picture_sets
from explainer.ui.picture_caches import of_set
from explainer.ui.picture_sets import Chosen
from explainer.ui.visit import Chapter, Visit
from explainer.words import COMMON, words

LEARNING_RATE: Final = Grid(
    "learning_rate",
    figure.LEARNING_RATES,
    figure.LEARNING_RATE_TEXTS,
    figure.LEARNING_RATES.index(0.001),
    log=True,
)
ITERATIONS: Final = Grid(
    "iterations", figure.ITERATIONS, tuple(map(str, figure.ITERATIONS)), figure.ITERATIONS.index(2000)
)
STEPS: Final = tuple(range(figure.NUM_ITERATIONS + 1))
STEP: Final = Grid("step", STEPS, tuple(map(str, STEPS)), 0)
VIEW: Final = Choice("view", figure.VIEWS, figure.VIEWS[0])
WEIGHTS: Final = Choice("weights", FORMS, FORMS[0])
CHAPTER: Final = Chapter(
    "cats",
    own=picture_sets.OWN | {yours.PICTURE.name},
    figures={
        "mistakes": mistakes.FIGURE,
        "training": frozenset({"learning_rate", "iterations", "step", "view", "weights"}),
    },
    watched=mistakes.WATCHED | {"learning_rate", "iterations"},
)
STRETCH: Final = 500  # iterations between two moves of the progress bar
BAR_FROM: Final = 0.5  # seconds: for less a bar would only flicker
STRIP: Final = 5  # pictures of each kind
TRAINED: Final = "cats_trained"
"""What was trained last in this visit: that it is there needs no looking."""


def settings(visit: Visit, chosen: Chosen) -> None:
    """What the address asks for; a step past the end of the walk is brought back to it."""
    yours.settings(visit)
    mistakes.settings(visit, judged_on(chosen))
    for setting in (LEARNING_RATE, VIEW, WEIGHTS):
        visit.value(setting)
    end = int(ITERATIONS.values[visit.value(ITERATIONS)])
    if visit.value(STEP) > end:
        visit.put(STEP, end)
        visit.note(STEP, COMMON["problems"]["step"].format(end=end), end)


def learning(visit: Visit, chosen: Chosen) -> Learning:
    """The run that the visitor's learning rate gives, marked; a bar shows how far, should it take long."""
    rate = figure.LEARNING_RATES[visit.value(LEARNING_RATE)]
    wanted = (chosen.key, rate)
    if st.session_state.get(TRAINED) != wanted:
        place = st.empty()
        for rates in {_trained_with(rate), figure.FOUR}:
            _train(place, chosen, rates)
        st.session_state[TRAINED] = wanted
    return _learned(chosen, rate)


def num_iterations(visit: Visit) -> int:
    """How many the visitor lets it learn."""
    return int(ITERATIONS.values[visit.value(ITERATIONS)])


def show(visit: Visit, chosen: Chosen, learned: Learning) -> None:
    """The live figure of the training."""
    controls.show(stage(chosen, learned.learning_rate), visit, "training", about=chosen.key)


# ---- training, a stretch at a time


def _trained_with(rate: float) -> tuple[float, ...]:
    """The learning rates walked with this one: the four, if it is one of them."""
    return figure.FOUR if rate in figure.FOUR else (rate,)


def _train(place: Any, chosen: Chosen, rates: tuple[float, ...]) -> None:
    """Sees to it that these runs are there."""
    begun, stretches = perf_counter(), figure.NUM_ITERATIONS // STRETCH
    for number in range(stretches):
        _stretch(chosen, rates, number)
        passed, done = perf_counter() - begun, number + 1
        if done < stretches and passed * stretches / done > BAR_FROM:
            place.progress(done / stretches, words("cats").text["training"].format(done=done * STRETCH))
    place.empty()


@of_set(shared=24, own=figure.NUM_ITERATIONS // STRETCH)
def _stretch(chosen: Chosen, rates: tuple[float, ...], number: int) -> list[Run]:
    before = _stretch(chosen, rates, number - 1) if number else ()
    return walk(_spanned(chosen), rates, STRETCH, before)


@of_set(shared=3, own=1)
def _spanned(chosen: Chosen) -> Span:
    training = chosen.split.training
    return span(to_columns(training.pictures), training.Y)


def _learned(chosen: Chosen, rate: float) -> Learning:
    rates = _trained_with(rate)
    return _all_learned(chosen, rates)[rates.index(rate)]


@of_set(shared=12, own=3)
def _all_learned(chosen: Chosen, rates: tuple[float, ...]) -> list[Learning]:
    stretches = [_stretch(chosen, rates, number) for number in range(figure.NUM_ITERATIONS // STRETCH)]
    runs = [Run.joined(parts) for parts in zip(*stretches, strict=True)]
    return learn(runs, _spanned(chosen), _held_out(chosen))


@of_set(shared=3, own=1)
def _held_out(chosen: Chosen) -> HeldOut | None:
    pictures = chosen.split.held_out
    if pictures is None:
        return None
    return hold_out(_spanned(chosen), to_columns(pictures.pictures), pictures.Y)


@of_set(shared=24, own=6, cache=st.cache_data)
def stage(chosen: Chosen, learning_rate: float) -> bytes:
    """The live figure of one learning rate's run, packed."""
    learned = _learned(chosen, learning_rate)
    judged = judged_on(chosen)
    shown = figure.Shown(
        learned,
        _all_learned(chosen, figure.FOUR),
        surface.principal_plane(learned.run, _spanned(chosen)),
        weight_pictures(learned.run, kept_steps(figure.NUM_ITERATIONS)),
        _strip(learned, judged),
        scores.majority(judged.Y),
    )
    return pack(figure.stage(shown, words("cats").figure))


def judged_on(chosen: Chosen) -> PictureSet:
    """The pictures held out; where none are, those it learned from."""
    return chosen.split.held_out or chosen.split.training


def _strip(learned: Learning, judged: PictureSet) -> figure.Strip:
    """A few cats and a few others, in turn, evenly spaced over those that it is judged on."""
    marks = learned.held_out or learned.training
    kinds = [np.flatnonzero(judged.labels), np.flatnonzero(~judged.labels)]
    places: IntArray = np.concatenate([_spread(kind, STRIP) for kind in kinds])
    return figure.Strip(judged.pictures[places], judged.labels[places], sigmoid(marks.Z[:, places]))


def _spread(places: IntArray, count: int) -> IntArray:
    """So many of the places at most, evenly spaced."""
    if not places.size:  # a small set may hold out pictures of one kind only
        return places
    chosen: IntArray = places[np.unique(np.linspace(0, places.size - 1, count).round().astype(int))]
    return chosen


def warm() -> None:
    """What the first visit asks for."""
    chosen = picture_sets.drawings()
    rate = figure.LEARNING_RATES[LEARNING_RATE.default]
    stage(chosen, rate)
