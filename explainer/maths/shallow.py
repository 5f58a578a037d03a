"""A network with one hidden layer, in NumPy: n_h units with tanh, then one neuron with the sigmoid.

    X (n_x, m)     one example a column             Y (1, m)        labels, 1 = cat, 0 = not
    W1 (n_h, n_x)  a row of weights for each unit   b1 (n_h, 1)     their biases
    W2 (1, n_h)    the last neuron's weights        b2 (1, 1)       its bias
    A1 = tanh(W1 X + b1) (n_h, m)                   A2 = sigmoid(W2 A1 + b2) (1, m)
    dW1, db1, dW2, db2                              derivatives of the cost J, the mean log loss

Data with more features than examples, such as pictures, are trained in the span of the examples, as in
`training`: dW1 = dZ1 X^T / m is a combination of them, so

    W1 = W1_0 + C X^T, b1 = b1_0 + sum of C's columns      C (n_h, m), at first 0
    Z1 = Z1_0 + C (X^T X + 1)                              X^T X + 1 (m, m), computed once

and a step costs n_h m^2 products instead of 2 n_h n_x m. Nothing is approximate.

After the second programming exercise of Andrew Ng's course "Neural Networks and Deep Learning", whose letters
these are. All errors are an `InputError`: ``data`` (X and Y), ``parameters`` (not finite, or of the wrong
shapes for X or for each other), ``units``, ``rate``, ``iterations``, ``seed`` or ``steps``.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.maths import checks
from explainer.maths.checks import FloatArray, InputError, freeze_fields
from explainer.maths.logistic import costs, loss_from_z, sigmoid

MOST_UNITS: Final = 1000
"""The most hidden units: far more than are ever shown, and few enough for the memory."""
COSTS_AT_ONCE: Final = 64
"""Steps whose costs are computed together, from the z that were kept."""


@dataclass(frozen=True, eq=False)
class Parameters:
    """W1 (n_h, n_x), b1 (n_h, 1), W2 (1, n_h), b2 (1, 1), which may be given as a number; read-only."""

    W1: FloatArray
    b1: FloatArray
    W2: FloatArray
    b2: FloatArray

    def __post_init__(self) -> None:
        with _told_as("parameters"):
            for name in ("W1", "b1", "W2", "b2"):
                object.__setattr__(self, name, checks.finite(name, getattr(self, name)))
            if self.b2.size == 1:
                object.__setattr__(self, "b2", self.b2.reshape(1, 1))
            if self.W1.ndim != 2 or self.W1.size == 0:
                raise ValueError(f"W1 must have shape (n_h, n_x), not empty; got {self.W1.shape}")
            for name, shape in {"b1": (self.n_h, 1), "W2": (1, self.n_h), "b2": (1, 1)}.items():
                found = getattr(self, name).shape
                if found != shape:
                    raise ValueError(f"{name} must have shape {shape} to go with W1; got {found}")
        freeze_fields(self, "W1", "b1", "W2", "b2")

    @property
    def n_h(self) -> int:
        """The number of hidden units."""
        return int(self.W1.shape[0])

    @property
    def n_x(self) -> int:
        """The number of features."""
        return int(self.W1.shape[1])


@dataclass(frozen=True, eq=False)
class Activations:
    """What the hidden units say, A1 (n_h, m), and the last neuron's probabilities A2 (1, m); read-only."""

    A1: FloatArray
    A2: FloatArray

    def __post_init__(self) -> None:
        freeze_fields(self, "A1", "A2")


@dataclass(frozen=True, eq=False)
class Gradients:
    """The derivatives of the cost, each of its parameter's shape; read-only."""

    dW1: FloatArray
    db1: FloatArray
    dW2: FloatArray
    db2: FloatArray

    def __post_init__(self) -> None:
        freeze_fields(self, "dW1", "db1", "dW2", "db2")


@dataclass(frozen=True, eq=False)
class Training:
    """A training from step 0 to step T: `parameters` at its end, `costs` (T+1,) of every step, read-only.

    `kept` are the parameters at the steps that were asked for, in that order.
    """

    parameters: Parameters
    costs: FloatArray
    kept: tuple[Parameters, ...] = ()

    def __post_init__(self) -> None:
        freeze_fields(self, "costs")


def initialize(n_x: int, n_h: int, seed: int) -> Parameters:
    """A random start: weights are normal with variance 1 / (number of inputs), so that z is about as large
    as x whatever the width; biases are 0. The same seed gives the same start."""
    with _told_as("units"):
        sizes = [checks.whole(name, size) for name, size in (("n_x", n_x), ("n_h", n_h))]
        if min(sizes) < 1 or sizes[1] > MOST_UNITS:
            raise ValueError(f"n_x must be 1 or more, n_h 1 to {MOST_UNITS}; got {n_x} and {n_h}")
    with _told_as("seed"):
        rng = np.random.default_rng(checks.whole("seed", seed))
    n_x, n_h = sizes
    W1 = rng.standard_normal((n_h, n_x)) / np.sqrt(n_x)
    W2 = rng.standard_normal((1, n_h)) / np.sqrt(n_h)
    return Parameters(W1, np.zeros((n_h, 1)), W2, np.zeros((1, 1)))


def forward(parameters: Parameters, X: ArrayLike) -> Activations:
    """A1 = tanh(W1 X + b1), A2 = sigmoid(W2 A1 + b2) for examples X (n_x, m)."""
    A1, Z2 = _layers(parameters, X)
    return Activations(A1, sigmoid(Z2))


def cost(parameters: Parameters, X: ArrayLike, Y: ArrayLike) -> float:
    """The cost J, the mean log loss, from z itself: finite also where a probability rounds to 0 or 1."""
    X, Y = _examples(X, Y)
    return float(np.mean(loss_from_z(_layers(parameters, X)[1], Y)))


def gradients(parameters: Parameters, X: ArrayLike, Y: ArrayLike) -> Gradients:
    """The derivatives of J, from right to left:

    dZ2 = A2 - Y, dW2 = dZ2 A1^T / m, db2 = mean of dZ2; dZ1 = W2^T dZ2 (1 - A1^2), dW1 = dZ1 X^T / m,
    db1 = mean of dZ1 over the examples.
    """
    X, Y = _examples(X, Y)
    A1, Z2 = _layers(parameters, X)
    m = X.shape[1]
    dZ2 = sigmoid(Z2) - Y
    dZ1 = parameters.W2.T @ dZ2 * (1 - A1**2)
    return Gradients(
        dZ1 @ X.T / m,
        dZ1.mean(axis=1, keepdims=True),
        dZ2 @ A1.T / m,
        dZ2.mean(axis=1, keepdims=True),
    )


def train(
    X: ArrayLike, Y: ArrayLike, n_h: int, learning_rate: float, num_iterations: int, seed: int
) -> Training:
    """Gradient descent on J with n_h hidden units, from the random start of this seed."""
    X, Y = _examples(X, Y)
    return descend(initialize(X.shape[0], n_h, seed), X, Y, learning_rate, num_iterations)


def descend(
    start: Parameters,
    X: ArrayLike,
    Y: ArrayLike,
    learning_rate: float,
    num_iterations: int,
    steps: Sequence[int] = (),
) -> Training:
    """The same from a start of one's own: every parameter := parameter - learning_rate times its derivative.

    The parameters at `steps` (0 to num_iterations) are kept. A learning rate far too large for the data
    overflows into `InputError` ``rate``, not into numbers without meaning.
    """
    X, Y = _examples(X, Y)
    _fits(start, X)
    with _told_as("rate"):
        rate = checks.positive("learning_rate", checks.scalar("learning_rate", learning_rate))
    with _told_as("iterations"):
        num_iterations = checks.whole("num_iterations", num_iterations)
    with _told_as("steps"):
        if any(checks.whole("steps", step) > num_iterations for step in steps):
            raise ValueError(f"steps must be 0 to {num_iterations}; got {max(steps)}")
    hidden = _InSpan(start, X) if X.shape[0] > X.shape[1] else _Plain(start, X)
    kept: dict[int, Parameters] = {}
    wanted = set(steps)

    def keep(step: int, W2: FloatArray, b2: FloatArray) -> None:
        if step in wanted:
            kept[step] = hidden.parameters(W2.copy(), b2.copy())

    try:
        went = go_on(hidden, start.W2, start.b2, Y, rate, num_iterations, keep)
        end = hidden.parameters(went.W2, went.b2)
    except InputError as problem:  # of parameters that are not finite any more
        raise _overflow(rate) from problem
    return Training(end, went.costs, tuple(kept[step] for step in steps))


class HiddenLayer(Protocol):
    """A way to keep the hidden layer while it is trained."""

    def Z1(self) -> FloatArray:
        """Z1 = W1 X + b1 (n_h, m) as it is now; the next call may change it in its place."""

    def step(self, pace: float, dZ1: FloatArray) -> None:
        """W1 := W1 - pace dZ1 X^T, and b1 with it."""


@dataclass(frozen=True, eq=False)
class Went:
    """Where some steps have led: the last neuron's W2 and b2, and the costs (T+1,) of all; read-only."""

    W2: FloatArray
    b2: FloatArray
    costs: FloatArray

    def __post_init__(self) -> None:
        freeze_fields(self, "W2", "b2", "costs")


@np.errstate(all="ignore")
def go_on(
    hidden: HiddenLayer,
    W2: FloatArray,
    b2: FloatArray,
    Y: FloatArray,
    rate: float,
    num_iterations: int,
    keep: Callable[[int, FloatArray, FloatArray], None] = lambda step, W2, b2: None,
) -> Went:
    """Gradient descent from a hidden layer, W2 and b2 as they are; the hidden layer changes in its place.

    `keep` is told every step, with W2 and b2, which change afterwards. Errors as for `descend`. Arrays are
    written in place: it saves half the time.
    """
    W2, b2 = W2.copy(), b2.copy()
    m, n_h = Y.shape[1], W2.shape[1]
    Z2, J = np.empty((COSTS_AT_ONCE, m)), np.empty(num_iterations + 1)
    A1, dZ1, dZ2 = (np.empty(shape) for shape in ((n_h, m), (n_h, m), (1, m)))
    for t in range(num_iterations + 1):
        tanh(hidden.Z1(), A1)
        row = t % COSTS_AT_ONCE
        z = Z2[row : row + 1]
        np.matmul(W2, A1, out=z)
        z += b2
        if row == COSTS_AT_ONCE - 1 or t == num_iterations:
            J[t - row : t + 1] = costs(Z2[: row + 1], Y)
        keep(t, W2, b2)
        if t == num_iterations:
            break
        _sigmoid_minus(z, Y, dZ2)
        np.multiply(A1, A1, out=dZ1)
        np.subtract(1.0, dZ1, out=dZ1)
        dZ1 *= dZ2
        dZ1 *= W2.T
        W2 -= rate / m * (dZ2 @ A1.T)
        b2 -= rate / m * dZ2.sum()
        hidden.step(rate / m, dZ1)
    if not np.isfinite(J).all():
        raise _overflow(rate)
    return Went(W2, b2, J)


def _overflow(rate: float) -> InputError:
    message = f"learning_rate {rate:g} is too large for these data: numbers overflowed"
    return InputError("rate", message, learning_rate=rate)


def tanh(Z: NDArray[np.floating[Any]], out: NDArray[np.floating[Any]]) -> None:
    """tanh Z into `out`, which may be Z itself.

    It is 1 - 2 / (e^(2 Z) + 1): NumPy's exp takes a third of the time of its tanh.

    Callers ignore over- and underflow: where e^(2 Z) becomes inf or 0, tanh is 1 or -1, which is right. To
    say so here at every step would take as long as a step.
    """
    np.multiply(Z, 2.0, out=out)
    np.exp(out, out=out)
    out += 1.0
    np.divide(-2.0, out, out=out)
    out += 1.0


def _sigmoid_minus(Z: FloatArray, Y: FloatArray, out: FloatArray) -> None:
    """sigmoid(Z) - Y."""
    np.negative(Z, out=out)
    np.exp(out, out=out)
    out += 1.0
    np.divide(1.0, out, out=out)
    out -= Y


class _Plain:
    """The hidden layer with W1 itself; its bias is the weight of a row of ones under X."""

    def __init__(self, start: Parameters, X: FloatArray) -> None:
        self.weights = np.hstack([start.W1, start.b1])
        self.rows = np.vstack([X, np.ones((1, X.shape[1]))])
        self.columns = np.ascontiguousarray(self.rows.T)
        self.z = np.empty((start.n_h, X.shape[1]))

    def Z1(self) -> FloatArray:
        return np.matmul(self.weights, self.rows, out=self.z)

    def step(self, pace: float, dZ1: FloatArray) -> None:
        self.weights -= pace * (dZ1 @ self.columns)

    def parameters(self, W2: FloatArray, b2: FloatArray) -> Parameters:
        return Parameters(self.weights[:, :-1].copy(), self.weights[:, -1:].copy(), W2, b2)


class _InSpan:
    """The hidden layer with the coefficients C of the examples; W1 is only computed when it is asked for."""

    def __init__(self, start: Parameters, X: FloatArray) -> None:
        self.start, self.X = start, X
        self.K = X.T @ X + 1
        self.first = start.W1 @ X + start.b1
        self.C = np.zeros_like(self.first)
        self.z = np.empty_like(self.first)

    def Z1(self) -> FloatArray:
        np.matmul(self.C, self.K, out=self.z)
        self.z += self.first
        return self.z

    def step(self, pace: float, dZ1: FloatArray) -> None:
        self.C -= pace * dZ1

    def parameters(self, W2: FloatArray, b2: FloatArray) -> Parameters:
        W1 = self.start.W1 + self.C @ self.X.T
        return Parameters(W1, self.start.b1 + self.C.sum(axis=1, keepdims=True), W2, b2)


def _layers(parameters: Parameters, X: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """A1 and Z2."""
    with _told_as("data"):
        X = checks.features(X)
    _fits(parameters, X)
    A1 = parameters.W1 @ X + parameters.b1
    with np.errstate(over="ignore", under="ignore"):
        tanh(A1, A1)
    return A1, parameters.W2 @ A1 + parameters.b2


def _examples(X: ArrayLike, Y: ArrayLike) -> tuple[FloatArray, FloatArray]:
    with _told_as("data"):
        return checks.examples(X, Y)


def _fits(parameters: Parameters, X: FloatArray) -> None:
    if parameters.n_x != X.shape[0]:
        message = f"W1 must have {X.shape[0]} columns, one for each row of X; got {parameters.W1.shape}"
        raise InputError("parameters", message, wanted=X.shape[0], shape=parameters.W1.shape)


@contextmanager
def _told_as(kind: str) -> Iterator[None]:
    """Any wrong argument as an `InputError` of this kind."""
    try:
        yield
    except InputError:
        raise
    except ValueError as problem:
        raise InputError(kind, str(problem)) from None
