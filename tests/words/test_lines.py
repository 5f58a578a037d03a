"""What is wrong with a written line is said in a sentence, whatever it is."""

import numpy as np
import pytest

from explainer.maths.written_lines import LineError, evaluate
from explainer.ui.typed_text import problem_text
from explainer.words import COMMON
from tests.maths.test_written_lines import NAMES, REFUSED


@pytest.mark.parametrize("kind", REFUSED)
def test_every_kind_has_its_sentence(kind: str) -> None:
    with pytest.raises(LineError) as problem:
        evaluate(REFUSED[kind], NAMES | {"big": np.ones((1001, 1000))})
    said = problem_text(problem.value, COMMON["lines"])
    assert problem.value.kind == kind and said.endswith((".", "?", "3")) and "{" not in said
    if "line" in problem.value.details:
        assert said.startswith(f"Line {problem.value.details['line']}")


def test_there_is_no_other_sentence() -> None:
    assert set(COMMON["lines"]) == {*REFUSED}


def test_a_strangers_marks_do_not_format_the_sentence() -> None:
    with pytest.raises(LineError) as problem:
        evaluate("y = x.a__b__c", NAMES)
    assert r"a\_\_b\_\_c" in problem_text(problem.value, COMMON["lines"])
