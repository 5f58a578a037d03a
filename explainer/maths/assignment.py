"""The course's first NumPy exercises as data: what is given, the right lines, hidden inputs, known mistakes.

Lines that a reader has written are computed for every input of an exercise and held against what the right
lines give. No result is stored. Hidden inputs find what a friendly example does not: a square matrix for who
forgot an axis, a row of zeros, 1,000 for who forgot to subtract the maximum.

After the exercises "Python Basics with NumPy" and "Logistic Regression with a Neural Network mindset" of
Andrew Ng's course "Neural Networks and Deep Learning", in their order and with their names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from explainer.maths.checks import BoolArray
from explainer.maths.line_values import is_number, type_name
from explainer.maths.written_lines import LineError, lines

RIGHT: Final = "right"
RELATIVE, ABSOLUTE = 1e-6, 1e-9
"""How far a number may be from the right one."""


@dataclass(frozen=True)
class Difference:
    """What differs first, and its details.

    Kinds: ``missing`` (no value was assigned), ``type`` (found: no number and no array), ``warning``
    (warning: ``overflow``, ``divide`` or ``invalid``), ``shape`` and ``axis`` (wanted, found: shapes; an
    ``axis`` is what was computed along the wrong one, such as a row for a column), ``dtype`` (wanted, found),
    ``value`` (place, wanted, found, count, total, and `factor` if every number is wrong by the same one).
    """

    kind: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Exercise:
    """One exercise: its right `lines`, which assign what is `wanted`, and its `cases`, inputs by name.

    The first case is the example that is shown, the others are hidden. `mistakes` are wrong lines by
    name, the likely ones; `also` are other lines with the same mistake.
    """

    name: str
    lines: str
    wanted: tuple[str, ...]
    cases: Mapping[str, Mapping[str, Any]]
    mistakes: Mapping[str, str]
    also: Mapping[str, str] = field(default_factory=dict)

    @property
    def given(self) -> tuple[str, ...]:
        """The names that the lines may use."""
        return tuple(next(iter(self.cases.values())))


@dataclass(frozen=True, eq=False)
class Reply:
    """What is said of lines: `kind` is ``right``, the name of a known mistake, or the kind of a `Difference`.

    `case` is the first input for which something differs, `name` the value that does, and `difference` what
    exactly; it is None where the lines are right, or where they end in an error as the known mistake does.
    """

    kind: str
    case: str = ""
    name: str = ""
    difference: Difference | None = None


# ---- what differs


def compare(expected: Any, got: Any, warnings: Iterable[str] = ()) -> Difference | None:
    """What differs between the right value and the one that was computed, while NumPy warned of `warnings`.

    Shapes come first, then numbers, then their type: None if all is as it should be.
    """
    if got is None:
        return Difference("missing")
    if not isinstance(got, np.ndarray) and not is_number(got):
        return Difference("type", {"found": type_name(got)})
    expected, got = np.asarray(expected), np.asarray(got)
    if expected.shape != got.shape:
        turned = got.ndim == expected.ndim and sorted(got.shape) == sorted(expected.shape)
        kind = "axis" if turned else "shape"
        return Difference(kind, {"wanted": expected.shape, "found": got.shape})
    warned = next(iter(warnings), None)
    if warned is not None:
        return Difference("warning", {"warning": warned})
    types = {"wanted": expected.dtype.name, "found": got.dtype.name}
    if _near(got, expected):
        return Difference("dtype", types) if (got.dtype.kind == "b") != (expected.dtype.kind == "b") else None
    if _other_axis(expected, got):
        return Difference("axis", {"wanted": expected.shape, "found": got.shape})
    cut = expected.dtype.kind == "f" and got.dtype.kind in "biu"
    if cut and any(np.array_equal(got, whole(expected)) for whole in (np.trunc, np.rint)):
        return Difference("dtype", types)
    return Difference("value", _value_details(expected, got))


def _near(got: Any, expected: Any) -> bool:
    return bool(np.allclose(got, expected, RELATIVE, ABSOLUTE))


def _other_axis(expected: Any, got: Any) -> bool:
    """Whether `got` is `expected` turned, or has along its columns what the other has along its rows."""
    if expected.ndim != 2 or expected.shape[0] == 1 or expected.shape[1] == 1:
        return False
    if got.T.shape == expected.shape and _near(got.T, expected):
        return True
    for power in (1, 2):  # shares add up to 1, the squares of a row of length 1 as well
        rows, columns = (expected**power).sum(axis=1), (got**power).sum(axis=0)
        own = (got**power).sum(axis=1)
        if np.allclose(rows, rows[0]) and np.allclose(columns, rows[0]) and not np.allclose(own, rows[0]):
            return True
    return False


def _value_details(expected: Any, got: Any) -> dict[str, Any]:
    """The first number that differs, how many do, and the factor between all of them, if there is one."""
    wrong = ~np.isclose(got, expected, RELATIVE, ABSOLUTE)
    place = tuple(int(one) for one in np.argwhere(wrong)[0])
    details: dict[str, Any] = {
        "place": place, "wanted": float(expected[place]), "found": float(got[place]),
        "count": int(wrong.sum()), "total": int(wrong.size),
    }  # fmt: skip
    factor = float(got[place] / expected[place]) if expected[place] else 0.0
    if factor and (wrong.size > 1 or factor == -1) and _near(got, factor * expected):
        details["factor"] = factor
    return details


# ---- what is said of written lines


def check(exercise: Exercise, text: str) -> Reply:
    """Holds lines against the right ones, for every input.

    `LineError` if they cannot be computed, unless a known mistake ends in the same one.
    """
    for case, given in exercise.cases.items():
        outcome = _outcome(text, given, exercise.wanted)
        right = _right(exercise.name, case)
        assert not isinstance(right, LineError)  # a test holds it
        found = None if isinstance(outcome, LineError) else _first_difference(right, outcome)
        if found is None and not isinstance(outcome, LineError):
            continue
        name, difference = found or ("", None)
        for mistake, wrong in (*exercise.mistakes.items(), *exercise.also.items()):
            if _alike(outcome, _outcome(wrong, given, exercise.wanted)):
                return Reply(mistake, case, name, difference)
        if isinstance(outcome, LineError):
            raise outcome
        assert difference is not None
        return Reply(difference.kind, case, name, difference)
    return Reply(RIGHT)


def shown_values(exercise: Exercise) -> dict[str, Any]:
    """What the right lines give for the example that is shown, by the names that are wanted."""
    right = _right(exercise.name, next(iter(exercise.cases)))
    assert not isinstance(right, LineError)  # a test holds it
    return dict(right.values)


def wrong_places(expected: Any, got: Any) -> BoolArray | None:
    """Which numbers of `got` are not as they should be, in its shape; None if `compare` finds no difference.

    All are wrong where the shape or the type is.
    """
    if compare(expected, got) is None:
        return None
    found = np.asarray(got if isinstance(got, np.ndarray) or is_number(got) else np.nan)
    if found.shape == np.shape(expected):
        wrong: BoolArray = ~np.isclose(found, expected, RELATIVE, ABSOLUTE)
        if wrong.any():
            return wrong
    return np.ones(found.shape, dtype=bool)


@dataclass(frozen=True, eq=False)
class _Outcome:
    """The wanted values, None where one is missing, and what NumPy warned of."""

    values: dict[str, Any]
    warnings: tuple[str, ...]


def _outcome(text: str, given: Mapping[str, Any], wanted: tuple[str, ...]) -> _Outcome | LineError:
    try:
        found = lines(text, given).run(given)
    except LineError as problem:
        return problem
    kinds = tuple(sorted({warned.kind for warned in found.warnings}))
    return _Outcome({name: found.names.get(name) for name in wanted}, kinds)


@cache
def _right(name: str, case: str) -> _Outcome | LineError:
    exercise = EXERCISES[name]
    return _outcome(exercise.lines, exercise.cases[case], exercise.wanted)


def _first_difference(right: _Outcome, got: _Outcome) -> tuple[str, Difference] | None:
    warnings = [kind for kind in got.warnings if kind not in right.warnings]
    for name, value in got.values.items():
        if difference := compare(right.values[name], value, warnings):
            return name, difference
    return None


def _alike(one: _Outcome | LineError, other: _Outcome | LineError) -> bool:
    if isinstance(one, LineError) or isinstance(other, LineError):
        if not (isinstance(one, LineError) and isinstance(other, LineError)):
            return False
        known = [{**problem.details, "line": 0} for problem in (one, other)]
        return one.kind == other.kind and known[0] == known[1]
    return one.warnings == other.warnings and all(
        _equal(one.values[name], other.values[name]) for name in one.values
    )


def _equal(one: Any, other: Any) -> bool:
    """Same shape, same kind of numbers, same numbers, nan included."""
    if not all(isinstance(value, np.ndarray) or is_number(value) for value in (one, other)):
        return one is None and other is None
    a, b = np.asarray(one), np.asarray(other)
    booleans = (a.dtype.kind == "b") == (b.dtype.kind == "b")
    return a.shape == b.shape and booleans and bool(np.allclose(a, b, RELATIVE, ABSOLUTE, equal_nan=True))


# ---- the exercises


def _array(*values: Any) -> Any:
    array = np.array(values)
    array.setflags(write=False)
    return array


def _picture(*shape: int) -> Any:
    picture = np.sqrt(np.arange(1, np.prod(shape) + 1)).round(2).reshape(shape)
    picture.setflags(write=False)
    return picture


_SQUARE: Final = _array([1.0, 2.0, 3.0], [0.5, -1.0, 0.0], [2.0, 2.0, 4.0])
_SIGMOID: Final = "s = 1 / (1 + np.exp(-x))"
_FORWARD: Final = "A = 1 / (1 + np.exp(-(np.dot(w.T, X) + b)))"
_NORM: Final = "n = np.linalg.norm(x, axis=1, keepdims=True)\n"
_SAFE: Final = "y = x / np.where(n == 0, 1, n)"
_E: Final = "e = np.exp(x - np.max(x, axis=1, keepdims=True))\n"
_COST: Final = "cost = -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))\n"
_SLOPES: Final = "dw = np.dot(X, (A - Y).T) / m\ndb = np.sum(A - Y) / m"
_PROPAGATE: Final = f"m = X.shape[1]\n{_FORWARD}\n{_COST}{_SLOPES}"
_VECTORS: Final = {
    "three numbers": {"x": _array(1.0, 2.0, 3.0)},
    "both signs": {"x": _array(-3.0, -0.5, 0.0, 4.0)},
    "square": {"x": _SQUARE},
}
_LOSSES: Final = {
    "five": {"yhat": _array(0.9, 0.2, 0.1, 0.4, 0.9), "y": _array(1, 0, 0, 1, 1)},
    "too high": {"yhat": _array(0.9, 0.5, 0.2), "y": _array(0, 1, 0)},
    "perfect": {"yhat": _array(1.0, 0.0), "y": _array(1, 0)},
}
_TRAINING: Final = {
    "three examples": {
        "w": _array([1.0], [2.0]), "b": 1.5, "X": _array([1.0, -2.0, -1.0], [3.0, 0.5, -3.2]),
        "Y": _array([1, 1, 0]),
    },
    "as many features as examples": {
        "w": _array([0.3], [-0.2], [0.1]), "b": -0.4, "X": _SQUARE, "Y": _array([0, 1, 0]),
    },
    "one feature": {
        "w": _array([0.5]), "b": 0.0, "X": _array([2.0, -1.0, 0.5, 3.0]), "Y": _array([1, 0, 0, 1]),
    },
}  # fmt: skip
_PAIRS: Final = {
    "three and three": {"x1": _array(1.0, 2.0, 3.0), "x2": _array(4.0, -5.0, 6.0)},
    "two and two": {"x1": _array(0.5, -1.0), "x2": _array(2.0, 0.0)},
}
_ALL: Final = (
    Exercise(
        "sigmoid", _SIGMOID, ("s",), _VECTORS,
        {"sign": "s = 1 / (1 + np.exp(x))", "brackets": "s = 1 / 1 + np.exp(-x)",
         "no_one": "s = 1 / np.exp(-x)"},
    ),
    Exercise(
        "sigmoid_derivative", f"{_SIGMOID}\nds = s * (1 - s)", ("ds",), _VECTORS,
        {"of_x": "ds = x * (1 - x)", "brackets": f"{_SIGMOID}\nds = s * 1 - s",
         "only_s": f"{_SIGMOID}\nds = s"},
    ),
    Exercise(
        "image2vector", "v = image.reshape(image.shape[0] * image.shape[1] * image.shape[2], 1)", ("v",),
        {name: {"image": _picture(*shape)} for name, shape in
         {"3 x 3 x 2": (3, 3, 2), "2 x 2 x 3": (2, 2, 3), "one row": (1, 4, 3)}.items()},
        {"row": "v = image.reshape(1, -1)", "flat": "v = image.reshape(-1)",
         "hard_coded": "v = image.reshape(18, 1)"},
    ),
    Exercise(
        "normalize_rows", _NORM + _SAFE, ("y",),
        {"two rows": {"x": _array([0.0, 3.0, 4.0], [1.0, 6.0, 4.0])}, "square": {"x": _SQUARE},
         "a row of zeros": {"x": _array([3.0, 4.0], [0.0, 0.0], [5.0, 12.0])}},
        {"no_axis": "n = np.linalg.norm(x)\n" + _SAFE,
         "other_axis": "n = np.linalg.norm(x, axis=0, keepdims=True)\n" + _SAFE,
         "no_keepdims": "n = np.linalg.norm(x, axis=1)\n" + _SAFE,
         "zero_row": _NORM + "y = x / n",
         "by_sum": "n = np.sum(x, axis=1, keepdims=True)\n" + _SAFE},
    ),
    Exercise(
        "softmax", _E + "s = e / np.sum(e, axis=1, keepdims=True)", ("s",),
        {"two rows": {"x": _array([9.0, 2.0, 5.0, 0.0, 0.0], [7.0, 5.0, 0.0, 0.0, 0.0])},
         "square": {"x": _SQUARE},
         "a thousand": {"x": _array([1000.0, 999.0], [1000.0, 1000.0], [0.0, 1.0])}},
        {"no_axis": _E + "s = e / np.sum(e)",
         "other_axis": (_E + "s = e / np.sum(e, axis=1, keepdims=True)").replace("axis=1", "axis=0"),
         "no_keepdims": _E + "s = e / np.sum(e, axis=1)",
         "no_maximum": "e = np.exp(x)\ns = e / np.sum(e, axis=1, keepdims=True)",
         "not_divided": "s = np.exp(x)"},
        {"no_axis": "e = np.exp(x)\ns = e / np.sum(e)", "other_axis": _E + "s = e / np.sum(e, axis=0)"},
    ),
    Exercise(
        "dot", "d = np.dot(x1, x2)", ("d",), _PAIRS,
        {"unsummed": "d = x1 * x2", "each_with_each": "d = np.outer(x1, x2)"},
    ),
    Exercise(
        "outer", "p = np.outer(x1, x2)", ("p",),
        {"three and four": {"x1": _array(1.0, 2.0, 3.0), "x2": _array(1.0, 10.0, 100.0, 1000.0)},
         **_PAIRS},
        {"turned": "p = np.outer(x2, x1)", "elementwise": "p = x1 * x2"},
    ),
    Exercise(
        "elementwise", "p = x1 * x2", ("p",), _PAIRS,
        {"summed": "p = np.dot(x1, x2)", "each_with_each": "p = np.outer(x1, x2)"},
    ),
    Exercise(
        "general_dot", "d = np.dot(W, x)", ("d",),
        {"two rows of three": {"W": _array([1.0, 2.0, 3.0], [4.0, 5.0, 6.0]), "x": _array(1.0, 10.0, 100.0)},
         "square and a vector": {"W": _SQUARE, "x": _array(1.0, -1.0, 2.0)}},
        {"unsummed": "d = W * x", "columns": "d = np.dot(x, W)"},
    ),
    Exercise(
        "L1", "loss = np.sum(np.abs(y - yhat))", ("loss",), _LOSSES,
        {"signed": "loss = np.sum(y - yhat)", "mean": "loss = np.mean(np.abs(y - yhat))",
         "squared": "loss = np.sum((y - yhat) ** 2)", "unsummed": "loss = np.abs(y - yhat)"},
        {"signed": "loss = np.sum(yhat - y)"},
    ),
    Exercise(
        "L2", "loss = np.dot(y - yhat, y - yhat)", ("loss",), _LOSSES,
        {"rooted": "loss = np.linalg.norm(y - yhat)", "absolute": "loss = np.sum(np.abs(y - yhat))",
         "squared_late": "loss = np.sum(y - yhat) ** 2", "unsummed": "loss = (y - yhat) ** 2",
         "mean": "loss = np.mean((y - yhat) ** 2)"},
    ),
    Exercise(
        "initialize", "w = np.zeros((dim, 1))\nb = 0.0", ("w", "b"),
        {"two features": {"dim": 2}, "five features": {"dim": 5}},
        {"flat": "w = np.zeros(dim)\nb = 0.0", "row": "w = np.zeros((1, dim))\nb = 0.0",
         "brackets": "w = np.zeros(dim, 1)\nb = 0.0", "ones": "w = np.ones((dim, 1))\nb = 0.0"},
    ),
    Exercise(
        "propagate", _PROPAGATE, ("cost", "dw", "db"), _TRAINING,
        {"no_mean": f"{_FORWARD}\n{_COST}dw = np.dot(X, (A - Y).T)\ndb = np.sum(A - Y)",
         "cost_sign": f"m = X.shape[1]\n{_FORWARD}\n{_COST.replace('-np.mean', 'np.mean')}{_SLOPES}",
         "cost_summed": f"m = X.shape[1]\n{_FORWARD}\n{_COST.replace('np.mean', 'np.sum')}{_SLOPES}",
         "turned_round": _PROPAGATE.replace("A - Y", "Y - A"),
         "no_transpose": _PROPAGATE.replace("w.T", "w"),
         "rows_for_columns": _PROPAGATE.replace("X.shape[1]", "X.shape[0]")},
    ),
    Exercise(
        "optimize", "w = w - learning_rate * dw\nb = b - learning_rate * db", ("w", "b"),
        {"one step": {"w": _array([1.0], [2.0]), "b": 1.5, "dw": _array([0.9], [-2.4]), "db": 0.2,
                      "learning_rate": 0.1},
         "a larger rate": {"w": _array([0.0]), "b": 0.0, "dw": _array([-0.5]), "db": 0.3,
                           "learning_rate": 2.0}},
        {"uphill": "w = w + learning_rate * dw\nb = b + learning_rate * db",
         "no_rate": "w = w - dw\nb = b - db",
         "only_step": "w = learning_rate * dw\nb = learning_rate * db",
         "mixed_up": "w = w - learning_rate * db\nb = b - learning_rate * db"},
    ),
    Exercise(
        "predict", f"{_FORWARD}\nY_prediction = (A > 0.5).astype(int)", ("Y_prediction",),
        {"three examples": {"w": _array([0.1], [0.2]), "b": -0.3,
                            "X": _array([1.0, -1.1, -3.2], [1.2, 2.0, 0.1])},
         "nothing is known": {"w": _array([0.0], [0.0]), "b": 0.0, "X": _array([1.0, 2.0], [3.0, 4.0])},
         "sure of all": {"w": _array([2.0]), "b": 1.0, "X": _array([3.0, -3.0, 0.1])}},
        {"booleans": f"{_FORWARD}\nY_prediction = A > 0.5", "probability": f"{_FORWARD}\nY_prediction = A",
         "at_half": f"{_FORWARD}\nY_prediction = (A >= 0.5).astype(int)",
         "at_zero": f"{_FORWARD}\nY_prediction = (A > 0).astype(int)",
         "no_sigmoid": "A = np.dot(w.T, X) + b\nY_prediction = (A > 0.5).astype(int)"},
    ),
)  # fmt: skip
EXERCISES: Final[Mapping[str, Exercise]] = MappingProxyType({exercise.name: exercise for exercise in _ALL})
"""By name, in the course's order."""
