"""Checks of arguments: a ValueError names the argument, what was expected and what was given."""

import operator
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
ByteArray = NDArray[np.uint8]
AnyArray = TypeVar("AnyArray", bound=NDArray[Any])


class InputError(ValueError):
    """Input that cannot be used: the `kind` of problem, and `details` that say what and where.

    The words have a sentence for visitors under each kind. `message` is for programmers; without one they see
    the kind and the details.
    """

    def __init__(self, kind: str, message: str = "", /, **details: Any) -> None:
        super().__init__(message or (f"{kind}: {details}" if details else kind))
        self.kind = kind
        self.details = details


def frozen(array: AnyArray) -> AnyArray:
    """A read-only view of the same numbers; the array itself stays writable."""
    view = array.view()
    view.setflags(write=False)
    return view


def freeze_fields(record: object, *names: str) -> None:
    """Makes array fields of a frozen dataclass read-only, in its `__post_init__`."""
    for name in names:
        object.__setattr__(record, name, frozen(getattr(record, name)))


def numbers(name: str, value: ArrayLike, expected: str = "numbers") -> FloatArray:
    """`value` as an array of float64 of any shape; ValueError if it does not hold real numbers."""
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} must be {expected}; got rows of unequal length") from None
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must be {expected}; got {value!r:.80} of type {type(value).__name__}")
    return array.astype(np.float64, copy=False)


def finite(name: str, value: ArrayLike, expected: str = "finite numbers") -> FloatArray:
    """`value` as an array of finite float64 of any shape."""
    array = numbers(name, value, expected)
    wrong = array[~np.isfinite(array)]
    if wrong.size:
        raise ValueError(f"{name} must be {expected}; got {wrong.flat[0]} among its values")
    return array


def scalar(name: str, value: ArrayLike) -> float:
    """`value` as one finite Python float."""
    array = finite(name, value, "one finite number")
    if array.ndim != 0:
        raise ValueError(f"{name} must be one finite number; got an array of shape {array.shape}")
    return float(array)


def vector(name: str, value: ArrayLike) -> FloatArray:
    """`value` as a finite 1-D array with at least one entry. Another shape is an `InputError`, ``vector``."""
    array = finite(name, value, "a 1-D array of finite numbers")
    if array.ndim != 1 or array.size == 0:
        message = f"{name} must be a 1-D array, not empty; got shape {array.shape}"
        raise InputError("vector", message, name=name, shape=array.shape)
    return array


def positive(name: str, value: float) -> float:
    """`value` unchanged, if it is above 0."""
    if not value > 0:
        raise ValueError(f"{name} must be above 0; got {value}")
    return value


def whole(name: str, value: int) -> int:
    """`value` as a Python int of 0 or more."""
    try:
        number = operator.index(value)
    except TypeError:
        number = -1
    if number < 0:
        raise ValueError(f"{name} must be a whole number, 0 or more; got {value!r}")
    return number


def labels(name: str, value: ArrayLike) -> FloatArray:
    """`value` as float64 of any shape that holds nothing but 0 and 1."""
    array = numbers(name, value, "labels 0 or 1")
    wrong = array[(array != 0) & (array != 1)]
    if wrong.size:
        raise ValueError(f"{name} must hold the labels 0 and 1 only; got {wrong.flat[0]}")
    return array


def features(X: ArrayLike) -> FloatArray:
    """X as finite float64 (n_x, m), at least one row and one example."""
    array = finite("X", X, "finite numbers of shape (n_x, m)")
    if array.ndim != 2 or array.size == 0:
        raise ValueError(f"X must have shape (n_x, m), one example a column, not empty; got {array.shape}")
    return array


def examples(X: ArrayLike, Y: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """X (n_x, m) and its labels Y (1, m), both as float64."""
    X, Y = features(X), labels("Y", Y)
    if Y.shape != (1, X.shape[1]):
        raise ValueError(f"Y must have shape (1, m) = (1, {X.shape[1]}) to go with X; got {Y.shape}")
    return X, Y


def weights(w: ArrayLike, n_x: int) -> FloatArray:
    """w as finite float64 (n_x, 1), from that shape or from (n_x,)."""
    array = finite("w", w)
    if array.shape not in {(n_x, 1), (n_x,)}:
        raise ValueError(f"w must have shape (n_x, 1) or (n_x,) with n_x = {n_x}; got {array.shape}")
    return array.reshape(n_x, 1)


def only_feature(X: FloatArray) -> FloatArray:
    """X unchanged, if it has one row, so that there is a (w, b) plane."""
    if X.shape[0] != 1:
        raise ValueError(f"X must have one row (n_x = 1) to have a (w, b) plane; got n_x = {X.shape[0]}")
    return X
