"""What chapters say to those who ask for more; the code in it runs."""

import re

import numpy as np
import pytest

from explainer.chapters import CHAPTERS
from explainer.maths.datasets import DATASETS, standardise
from explainer.maths.descent import descend
from explainer.words import words

CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)


def code_in(chapter: str) -> str:
    (code,) = [code for note in words(chapter).deeper for code in CODE.findall(note.text)]
    return str(code)


@pytest.mark.parametrize("data", list(DATASETS))
def test_the_iteration_is_a_step_of_descent(data: str) -> None:
    X, Y = standardise(DATASETS[data].X).X, DATASETS[data].Y
    run = descend(X, Y, 0.5, 3, [1.0], -0.5)
    values = {"np": np, "X": X, "Y": Y, "m": Y.size, "learning_rate": 0.5, "w": np.array([[1.0]]), "b": -0.5}
    for step in range(1, 4):
        exec(code_in("descent"), values)
        assert values["w"].shape == values["dw"].shape == (1, 1)
        assert values["w"].item() == pytest.approx(run.w[step].item(), abs=1e-12)
        assert values["b"] == pytest.approx(run.b[step].item(), abs=1e-12)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_every_note_has_a_title_of_its_own(chapter) -> None:  # type: ignore[no-untyped-def]
    titles = [note.title for note in chapter.words.deeper]
    assert len(set(titles)) == len(titles)
    assert all(note.text.strip() for note in chapter.words.deeper)
