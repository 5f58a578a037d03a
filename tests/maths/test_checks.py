"""Arguments checked on entry, problems with a kind, arrays that nobody can change."""

from dataclasses import dataclass

import numpy as np
import pytest

from explainer.maths.checks import InputError, freeze_fields, frozen, vector


def test_a_problem_says_its_kind_and_details_or_its_message() -> None:
    assert str(InputError("gap")) == "gap"
    assert str(InputError("many", found=3, most=2)) == "many: {'found': 3, 'most': 2}"
    problem = InputError("vector", "x must be a 1-D array", name="x")
    assert isinstance(problem, ValueError)
    assert (str(problem), problem.kind, problem.details) == ("x must be a 1-D array", "vector", {"name": "x"})


@pytest.mark.parametrize("value", [[[1.0]], [], 3.0])
def test_another_shape_than_a_vectors_is_a_problem_with_details(value) -> None:
    with pytest.raises(InputError, match="x1 must be a 1-D array, not empty") as caught:
        vector("x1", value)
    assert caught.value.kind == "vector"
    assert caught.value.details == {"name": "x1", "shape": np.shape(value)}


def test_a_frozen_array_cannot_be_changed_and_its_source_can() -> None:
    source = np.array([1.0, 2.0])
    read_only = frozen(source)
    with pytest.raises(ValueError, match="read-only"):
        read_only[0] = 3.0
    source[0] = 5.0
    assert np.array_equal(read_only, source)


def test_fields_of_a_record_are_frozen() -> None:
    @dataclass(frozen=True, eq=False)
    class Record:
        first: np.ndarray
        second: np.ndarray

        def __post_init__(self) -> None:
            freeze_fields(self, "first")

    record = Record(np.zeros(2), np.zeros(2))
    assert not record.first.flags.writeable and record.second.flags.writeable
