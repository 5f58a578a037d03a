"""The slice of the cost surface as a figure, for every width, and what is said of it."""

import pytest

from explainer.chapters.hidden.answers import OTHER
from explainer.chapters.hidden.chapter import CHAPTER, MOST_UNITS
from explainer.chapters.hidden.chapter import valleys as figure
from explainer.chapters.hidden.valleys import SAME, valleys
from explainer.words import words
from tests.chapters.packing import packed

SAID = words("hidden").figure


def test_trainings_that_come_to_the_same_weights_are_called_so() -> None:
    assert valleys("rings", 3, 1, 2).apart <= SAME
    (sentence,) = figure("rings", 3, 1, 2).sentences
    assert sentence.text.startswith(SAID["sentence_same"].strip()[:15])
    (sentence,) = figure("rings", 3, 1, OTHER).sentences
    assert sentence.text.startswith(SAID["sentence_valleys"].strip()[:15])
    assert "same weights" not in sentence.text


@pytest.mark.parametrize("units", [1, 2, MOST_UNITS])
def test_the_slice_is_drawn_for_every_width(units: int) -> None:
    assert len(packed(CHAPTER, "valleys", units=units)) <= 100_000
