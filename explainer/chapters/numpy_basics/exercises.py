"""The exercises of the chapter *NumPy basics*, one for each function; `checking` checks them."""

import math
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from explainer.chapters.numpy_basics.checking import Exercise
from explainer.maths import numpy_basics as basics

# ---- lines of code, right and wrong


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


def _by_math(x: Any) -> Any:
    return 1 / (1 + math.exp(-x))


def _without_brackets(x: Any) -> Any:
    return 1 / 1 + np.exp(-x)


def _without_minus(x: Any) -> Any:
    return 1 / (1 + np.exp(x))


def _by_rows(x: Any) -> Any:
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def _by_columns(x: Any) -> Any:
    return x / np.linalg.norm(x, axis=0, keepdims=True)


def _without_keepdims(x: Any) -> Any:
    return x / np.linalg.norm(x, axis=1)


def _by_all(x: Any) -> Any:
    return x / np.linalg.norm(x)


def _star(x1: Any, x2: Any) -> Any:
    return x1 * x2


def _summed(x1: Any, x2: Any) -> Any:
    return np.dot(x1, x2)


def _table(x1: Any, x2: Any) -> Any:
    return np.outer(x1, x2)


def _sum_of_products(x1: Any, x2: Any) -> Any:
    return np.sum(x1 * x2)


def _squares_summed(yhat: Any, y: Any) -> Any:
    return np.dot(y - yhat, y - yhat)


def _rooted(yhat: Any, y: Any) -> Any:
    return np.sqrt(np.sum((y - yhat) ** 2))


def _absolute(yhat: Any, y: Any) -> Any:
    return np.sum(np.abs(y - yhat))


def _squared_late(yhat: Any, y: Any) -> Any:
    return np.sum(y - yhat) ** 2


def _overflown(x: Any) -> Any:
    with np.errstate(all="ignore"):  # the mistake is that it overflows
        return np.exp(x[0, 0]) / np.exp(x).sum()


def _size(image: Any) -> int:
    return int(np.prod(image.shape))


EXERCISES: Final[Mapping[str, Exercise]] = {
    "basic_sigmoid": Exercise(
        "value",
        basics.basic_sigmoid,
        (0.0,),
        {"zero": lambda x: 0.0, "one": lambda x: 1.0, "doubled": lambda x: 1 + math.exp(-x)},
    ),
    "sigmoid": Exercise(
        "line",
        basics.sigmoid,
        (np.array([1.0, 2.0, 3.0]),),
        {
            "by_math": _by_math,
            "numpy": _sigmoid,
            "without_brackets": _without_brackets,
            "without_minus": _without_minus,
        },
    ),
    "sigmoid_derivative": Exercise(
        "value",
        basics.sigmoid_derivative,
        (0.0,),
        {
            "sigmoid": lambda x: basics.sigmoid(x),
            "zero": lambda x: 0.0,
            "one": lambda x: 1.0,
        },
    ),
    "image2vector": Exercise(
        "shape",
        basics.image2vector,
        (np.zeros((64, 64, 3)),),
        {
            "flat": lambda image: (_size(image),),
            "row": lambda image: (1, _size(image)),
            "same": np.shape,
            "pixels": lambda image: (image.shape[0] * image.shape[1], image.shape[2]),
            "one_channel": lambda image: (image.shape[0] * image.shape[1], 1),
        },
    ),
    "normalize_rows": Exercise(
        "line",
        basics.normalize_rows,
        (np.array([[0.0, 3.0, 4.0], [1.0, 6.0, 4.0]]),),
        {
            "by_columns": _by_columns,
            "without_keepdims": _without_keepdims,
            "by_all": _by_all,
            "by_rows": _by_rows,
        },
    ),
    "softmax": Exercise(
        "value",
        basics.softmax,
        (np.full((1, 4), 1000.0),),
        {
            "overflown": _overflown,
            "divided": lambda x: x[0, 0] / x.size,
            "alone": lambda x: x[0, 0] / x.max(),
            "zero": lambda x: 0.0,
        },
    ),
    "dot": Exercise(
        "value",
        basics.dot,
        (np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, 6.0])),
        {
            "sums_first": lambda x1, x2: x1.sum() * x2.sum(),
            "added": lambda x1, x2: (x1 + x2).sum(),
            "one_product": lambda x1, x2: x1 * x2,
        },
    ),
    "outer": Exercise(
        "shape",
        basics.outer,
        (np.zeros(3), np.zeros(5)),
        {
            "swapped": lambda x1, x2: (x2.size, x1.size),
            "flat": lambda x1, x2: (x1.size * x2.size,),
            "alike": lambda x1, x2: x1.shape,
            "joined": lambda x1, x2: (x1.size + x2.size,),
            "number": lambda x1, x2: (),
        },
    ),
    "elementwise": Exercise(
        "line",
        basics.elementwise,
        (np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, 6.0])),
        {"summed": _summed, "table": _table, "star": _star, "sum_of_products": _sum_of_products},
    ),
    "general_dot": Exercise(
        "shape",
        basics.general_dot,
        (np.zeros((4, 3)), np.zeros(3)),
        {
            "columns": lambda W, x: x.shape,
            "column": lambda W, x: (W.shape[0], 1),
            "unsummed": lambda W, x: W.shape,
            "number": lambda W, x: (),
        },
    ),
    "l1": Exercise(
        "value",
        basics.l1,
        (np.array([0.9, 0.2, 0.5]), np.array([1.0, 0.0, 1.0])),
        {
            "signed": lambda yhat, y: np.array([1, -1]) * (y - yhat).sum(),
            "mean": lambda yhat, y: np.abs(y - yhat).mean(),
            "squared": lambda yhat, y: ((y - yhat) ** 2).sum(),
        },
    ),
    "l2": Exercise(
        "line",
        basics.l2,
        (np.array([0.9, 0.2, 0.5]), np.array([1.0, 0.0, 1.0])),
        {
            "rooted": _rooted,
            "absolute": _absolute,
            "squares_summed": _squares_summed,
            "squared_late": _squared_late,
        },
    ),
}
"""The function's name -> its exercise, in the order of the cards."""
