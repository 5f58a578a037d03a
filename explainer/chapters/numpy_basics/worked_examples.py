"""Every function of `numpy_basics` at work: its arrays, filled cell by cell."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from explainer.chapters.numpy_basics.cells_figure import (
    ALL,
    MOST_CHANNELS,
    MOST_OF_CHANNEL,
    MOST_OF_COLUMN,
    Index,
    Part,
    Text,
    Worked,
    as_rows,
    cell_name,
    joined,
    signed,
    sum_of,
    sum_of_squares,
    written,
)
from explainer.maths import numpy_basics as basics
from explainer.maths.checks import FloatArray
from explainer.stage.arrays import GAP


def work(function: str, arguments: tuple[Any, ...], text: Text) -> Worked:
    """The function of that name at work on its arguments, as `numpy_basics` takes them."""
    return WORKED[function](text, *arguments)


def _given(name: str, values: Any, title: str = "", **more: Any) -> Part:
    return Part(name, as_rows(values), np.shape(values), title or name, **more)


def _sigmoid_part(x: Any, text: Text) -> Part:
    rows, s = as_rows(x), basics.sigmoid(x)

    def say(i: int, j: int) -> str:
        return text["say_sigmoid"].format(
            cell=cell_name("s", s.shape, i, j),
            power=written(-rows[i, j] + 0.0),
            value=written(as_rows(s)[i, j]),
        )

    return Part("s", as_rows(s), s.shape, "s", lambda i, j: {"x": (i, j)}, say)


def _sigmoid(text: Text, x: Any) -> Worked:
    return Worked(((_given("x", x),), (_sigmoid_part(x, text),)), curve="s")


def _derivative(text: Text, x: Any) -> Worked:
    s, ds = as_rows(basics.sigmoid(x)), basics.sigmoid_derivative(x)

    def say(i: int, j: int) -> str:
        return text["say_derivative"].format(
            cell=cell_name("ds", ds.shape, i, j), s=written(s[i, j]), value=written(as_rows(ds)[i, j])
        )

    slope = Part("ds", as_rows(ds), ds.shape, "ds", lambda i, j: {"s": (i, j)}, say)
    return Worked(((_given("x", x),), (_sigmoid_part(x, text),), (slope,)), curve="ds")


def _image2vector(text: Text, image: FloatArray) -> Worked:
    length, height, depth = image.shape
    v = basics.image2vector(image)
    places = np.indices(image.shape).reshape(3, -1).T

    def uses(i: int, j: int) -> Mapping[str, Index]:
        row, column, channel = (int(place) for place in places[i])
        return {f"channel_{channel}": (row, column)}

    def say(i: int, j: int) -> str:
        row, column, channel = places[i]
        return text["say_vector"].format(
            cell=cell_name("v", v.shape, i, j),
            row=row,
            column=column,
            channel=channel,
            value=written(v[i, 0]),
        )

    channels = [
        Part(f"channel_{c}", image[:, :, c], (length, height), f"image[:, :, {c}]", most=MOST_OF_CHANNEL)
        for c in range(min(depth, MOST_CHANNELS))
    ]
    vector = Part("v", v, v.shape, "v", uses, say, most=MOST_OF_COLUMN)
    return Worked((*((channel,) for channel in channels), (vector,)), beside=True)


def _normalize_rows(text: Text, x: Any) -> Worked:
    rows, out = as_rows(x), basics.normalize_rows(x)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)

    def say_norm(i: int, j: int) -> str:
        cell = cell_name("norms", norms.shape, i, j)
        return text["say_norm"].format(cell=cell, squares=sum_of_squares(rows[i]), value=written(norms[i, 0]))

    def say(i: int, j: int) -> str:
        cell = cell_name("out", out.shape, i, j)
        if norms[i, 0] == 0:
            return text["say_zero"].format(cell=cell)
        said = text["say_normalized"]
        return said.format(
            cell=cell, x=written(rows[i, j]), squares=sum_of_squares(rows[i]), value=written(out[i, j])
        )

    lengths = Part("norms", norms, norms.shape, "norms", lambda i, j: {"x": (i, ALL)}, say_norm)
    result = Part("out", out, out.shape, "out", lambda i, j: {"x": (i, j), "norms": (i, 0)}, say)
    return Worked(((_given("x", x), lengths), (result,)), sums=("x", "norms"))


def _softmax(text: Text, x: Any) -> Worked:
    rows, s = as_rows(x), basics.softmax(x)
    largest = rows.max(axis=1, keepdims=True)
    with np.errstate(under="ignore"):
        e = np.exp(rows - largest)
    sums = e.sum(axis=1, keepdims=True)

    def say_e(i: int, j: int) -> str:
        return text["say_exp"].format(
            cell=cell_name("e", e.shape, i, j),
            x=written(rows[i, j]),
            largest=signed(largest[i, 0]),
            value=written(e[i, j]),
        )

    def say_sum(i: int, j: int) -> str:
        cell = cell_name("sums", sums.shape, i, j)
        return text["say_sum"].format(cell=cell, terms=sum_of(e[i]), value=written(sums[i, 0]))

    def say(i: int, j: int) -> str:
        cell = cell_name("s", s.shape, i, j)
        return text["say_share"].format(
            cell=cell, e=written(e[i, j]), sum=written(sums[i, 0]), value=written(s[i, j])
        )

    exponentials = Part("e", e, e.shape, text["title_exp"], lambda i, j: {"x": (i, j)}, say_e, ".2g")
    totals = Part("sums", sums, sums.shape, "sums", lambda i, j: {"e": (i, ALL)}, say_sum)
    shares = Part("s", s, s.shape, "s", lambda i, j: {"e": (i, j), "sums": (i, 0)}, say, ".2g")
    return Worked(((_given("x", x),), (exponentials, totals), (shares,)), sums=("e", "sums"))


def _product_said(text: Text, cell: str, first: float, second: float) -> str:
    return text["say_product"].format(
        cell=cell, first=written(first), second=signed(second), value=written(first * second)
    )


def _product(name: str, x1: FloatArray, x2: FloatArray, text: Text) -> Part:
    """x1[i] x2[i], in one row."""

    def say(i: int, j: int) -> str:
        return _product_said(text, cell_name(name, x1.shape, i, j), x1[j], x2[j])

    products = as_rows(basics.elementwise(x1, x2))
    return Part(name, products, x1.shape, name, lambda i, j: {"x1": (i, j), "x2": (i, j)}, say)


def _total(source: str, row: FloatArray, total: float, text: Text) -> Part:
    """The sum of a row, one number."""

    def say(i: int, j: int) -> str:
        return text["say_sum"].format(cell="total", terms=sum_of(row), value=written(total))

    return Part("total", as_rows(total), (), "total", lambda i, j: {source: (0, ALL)}, say, ".4g")


def _elementwise(text: Text, x1: FloatArray, x2: FloatArray) -> Worked:
    return Worked(((_given("x1", x1),), (_given("x2", x2),), (_product("products", x1, x2, text),)))


def _dot(text: Text, x1: FloatArray, x2: FloatArray) -> Worked:
    products = _product("products", x1, x2, text)
    total = _total("products", products.values[0], basics.dot(x1, x2), text)
    lines = ((_given("x1", x1),), (_given("x2", x2),), (products, total))
    return Worked(lines, sums=("products", "total"))


def _outer(text: Text, x1: FloatArray, x2: FloatArray) -> Worked:
    table = basics.outer(x1, x2)

    def say(i: int, j: int) -> str:
        return _product_said(text, cell_name("table", table.shape, i, j), x1[i], x2[j])

    column = Part("x1", x1[:, None], x1.shape, "x1")
    row = _given("x2", x2, indent=1 + GAP)  # above the table's columns
    products = Part("table", table, table.shape, "table", lambda i, j: {"x1": (i, 0), "x2": (0, j)}, say)
    return Worked(((row,), (column, products)))


def _general_dot(text: Text, W: FloatArray, x: FloatArray) -> Worked:
    z = basics.general_dot(W, x)

    def say(i: int, j: int) -> str:
        terms = joined((f"{written(a)} × {signed(b)}" for a, b in zip(W[i], x, strict=True)), x.size)
        return text["say_sum"].format(cell=cell_name("z", z.shape, i, j), terms=terms, value=written(z[i]))

    result = Part("z", z[:, None], z.shape, "z", lambda i, j: {"w": (i, ALL), "x": (0, ALL)}, say)
    return Worked(((_given("x", x),), (_given("w", W, "W"), result)), sums=("w", "z"))


def _loss(text: Text, yhat: FloatArray, y: FloatArray, kind: str, losses: FloatArray, total: float) -> Worked:
    """|y - yhat| or its square for each example, and their sum."""

    def say(i: int, j: int) -> str:
        return text[f"say_{kind}"].format(
            cell=cell_name(kind, y.shape, i, j),
            y=written(y[j]),
            yhat=signed(yhat[j]),
            value=written(losses[j]),
        )

    each = Part(kind, as_rows(losses), y.shape, text[f"title_{kind}"],
                lambda i, j: {"yhat": (i, j), "y": (i, j)}, say)  # fmt: skip
    lines = ((_given("yhat", yhat),), (_given("y", y),), (each, _total(kind, losses, total, text)))
    return Worked(lines, sums=(kind, "total"))


def _l1(text: Text, yhat: FloatArray, y: FloatArray) -> Worked:
    return _loss(text, yhat, y, "sizes", np.abs(y - yhat), basics.l1(yhat, y))


def _l2(text: Text, yhat: FloatArray, y: FloatArray) -> Worked:
    return _loss(text, yhat, y, "squares", (y - yhat) ** 2, basics.l2(yhat, y))


WORKED: Final[Mapping[str, Callable[..., Worked]]] = {
    "basic_sigmoid": _sigmoid,
    "sigmoid": _sigmoid,
    "sigmoid_derivative": _derivative,
    "image2vector": _image2vector,
    "normalize_rows": _normalize_rows,
    "softmax": _softmax,
    "dot": _dot,
    "outer": _outer,
    "elementwise": _elementwise,
    "general_dot": _general_dot,
    "l1": _l1,
    "l2": _l2,
}
