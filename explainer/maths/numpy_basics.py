"""The functions of a first exercise in NumPy.

After the exercise "Python Basics with NumPy" of Andrew Ng's course "Neural Networks and Deep Learning".
Each is as short as you would write it; some have a slow version with a loop, `<name>_loop`. Rows are
examples here, as in that exercise. All take numbers; a ValueError says which shapes do not fit. Where a
visitor's arrays can cause it, it is an `InputError`: ``vector`` (name, shape), ``lengths`` (first, second,
first_shape, second_shape) or ``columns`` (wanted, shape).
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from explainer.maths.checks import FloatArray, InputError, finite, vector
from explainer.maths.logistic import sigmoid as sigmoid


def basic_sigmoid(x: float) -> float:
    """The sigmoid of one number, 1 / (1 + e^-x); for x < 0 as e^x / (1 + e^x), which cannot overflow."""
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    return math.exp(x) / (1 + math.exp(x))


def sigmoid_derivative(x: ArrayLike) -> FloatArray:
    """The slope of the sigmoid at each number, s (1 - s) with s = sigmoid(x), of the shape of x."""
    s = sigmoid(x)
    return s * (1 - s)


def image2vector(image: ArrayLike) -> FloatArray:
    """An image (length, height, depth) as one column (length height depth, 1), its numbers in order."""
    image = finite("image", image)
    if image.ndim != 3:
        raise ValueError(f"image must have shape (length, height, depth); got {image.shape}")
    return image.reshape(-1, 1)


def normalize_rows(x: ArrayLike) -> FloatArray:
    """Each row of x (m, n) divided by its length, the L2 norm sqrt(sum of squares); a row of zeros stays.

    Rows are first scaled by powers of 2, which changes no digit, so that no square overflows or vanishes.
    """
    x = _rows(x)
    _, exponents = np.frexp(np.abs(x).max(axis=1, keepdims=True))  # (m, 1)
    scaled = np.ldexp(x, -exponents)
    norms = np.linalg.norm(scaled, axis=1, keepdims=True)  # (m, 1)
    normalized: FloatArray = scaled / np.where(norms == 0, 1, norms)
    return normalized


@np.errstate(under="ignore")
def softmax(x: ArrayLike) -> FloatArray:
    """Each row of x (m, n) as shares of 1: e^x / sum of e^x; 1-D counts as one row.

    The row's largest number is subtracted from all first: the shares are the same, and e^x is at most 1.
    """
    x = _rows(x)
    e = np.exp(x - x.max(axis=1, keepdims=True))  # (m, n)
    shares: FloatArray = e / e.sum(axis=1, keepdims=True)  # (m, n) / (m, 1)
    return shares


def dot_loop(x1: ArrayLike, x2: ArrayLike) -> float:
    """The dot product of two vectors (n,), the sum of x1[i] x2[i], number by number."""
    x1, x2 = _alike("x1", x1, "x2", x2)
    total = 0.0
    for i in range(len(x1)):
        total += x1[i] * x2[i]
    return float(total)


def dot(x1: ArrayLike, x2: ArrayLike) -> float:
    """The dot product of two vectors (n,), the sum of x1[i] x2[i]."""
    x1, x2 = _alike("x1", x1, "x2", x2)
    return float(np.dot(x1, x2))


def outer_loop(x1: ArrayLike, x2: ArrayLike) -> FloatArray:
    """All products x1[i] x2[j] of two vectors (n,) and (k,), shape (n, k), number by number."""
    x1, x2 = vector("x1", x1), vector("x2", x2)
    table = np.zeros((len(x1), len(x2)))
    for i in range(len(x1)):
        for j in range(len(x2)):
            table[i, j] = x1[i] * x2[j]
    return table


def outer(x1: ArrayLike, x2: ArrayLike) -> FloatArray:
    """All products x1[i] x2[j] of two vectors (n,) and (k,), shape (n, k)."""
    table: FloatArray = np.outer(vector("x1", x1), vector("x2", x2))
    return table


def elementwise_loop(x1: ArrayLike, x2: ArrayLike) -> FloatArray:
    """The products x1[i] x2[i] of two vectors (n,), shape (n,), number by number."""
    x1, x2 = _alike("x1", x1, "x2", x2)
    products = np.zeros(len(x1))
    for i in range(len(x1)):
        products[i] = x1[i] * x2[i]
    return products


def elementwise(x1: ArrayLike, x2: ArrayLike) -> FloatArray:
    """The products x1[i] x2[i] of two vectors (n,), shape (n,)."""
    x1, x2 = _alike("x1", x1, "x2", x2)
    return x1 * x2


def general_dot_loop(W: ArrayLike, x: ArrayLike) -> FloatArray:
    """W (n, k) times a vector x (k,): one dot product for each row, shape (n,), number by number."""
    W, x = _matrix_and_vector(W, x)
    z = np.zeros(len(W))
    for i in range(len(W)):
        for j in range(len(x)):
            z[i] += W[i, j] * x[j]
    return z


def general_dot(W: ArrayLike, x: ArrayLike) -> FloatArray:
    """W (n, k) times a vector x (k,): one dot product for each row, shape (n,)."""
    W, x = _matrix_and_vector(W, x)
    z: FloatArray = np.dot(W, x)
    return z


def l1(yhat: ArrayLike, y: ArrayLike) -> float:
    """The L1 loss of predictions yhat (m,) against labels y (m,): the sum of |y - yhat|."""
    yhat, y = _alike("yhat", yhat, "y", y)
    return float(np.sum(np.abs(y - yhat)))


def l2(yhat: ArrayLike, y: ArrayLike) -> float:
    """The L2 loss of predictions yhat (m,) against labels y (m,): the sum of (y - yhat)^2, without a root."""
    yhat, y = _alike("yhat", yhat, "y", y)
    return float(np.dot(y - yhat, y - yhat))


def _rows(x: ArrayLike) -> FloatArray:
    """x as finite (m, n), not empty; (n,) is one row."""
    x = np.atleast_2d(finite("x", x))
    if x.ndim != 2 or x.size == 0:
        raise ValueError(f"x must have rows and columns, not be empty; got shape {x.shape}")
    return x


def _alike(
    first_name: str, first: ArrayLike, second_name: str, second: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Two vectors of the same length."""
    first, second = vector(first_name, first), vector(second_name, second)
    if first.shape != second.shape:
        message = f"{first_name} and {second_name} must be equally long; got {first.shape} and {second.shape}"
        shapes = {"first_shape": first.shape, "second_shape": second.shape}
        raise InputError("lengths", message, first=first_name, second=second_name, **shapes)
    return first, second


def _matrix_and_vector(W: ArrayLike, x: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """W (n, k) and x (k,)."""
    W, x = finite("W", W), vector("x", x)
    if W.ndim != 2 or W.shape[1] != x.size or W.size == 0:
        message = f"W must have {x.size} columns, one for each number of x; got shape {W.shape}"
        raise InputError("columns", message, wanted=x.size, shape=W.shape)
    return W, x
