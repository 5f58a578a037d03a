"""Every function of `explainer.maths.numpy_basics` as arrays that are filled cell by cell."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from explainer.chapters.numpy_basics.cells import (
    ALL,
    MOST_CHANNELS,
    MOST_OF_CHANNEL,
    MOST_OF_COLUMN,
    Index,
    Part,
    Text,
    Worked,
    as_rows,
    joined,
    signed,
    sum_of,
    written,
)
from explainer.maths import numpy_basics as basics
from explainer.maths.checks import FloatArray


def work(function: str, arguments: tuple[Any, ...], text: Text) -> Worked:
    """The function of that name, called with these arguments."""
    return WORKED[function](text, *arguments)


def _given(name: str, values: Any, title: str = "", **more: Any) -> Part:
    return Part(name, as_rows(values), np.shape(values), title or name, **more)


def _sigmoid_part(x: Any, text: Text) -> Part:
    rows, s = as_rows(x), basics.sigmoid(x)

    def details(i: int, j: int) -> Mapping[str, str]:
        return {"power": written(-rows[i, j] + 0.0)}

    return Part("s", as_rows(s), s.shape, "s", lambda i, j: {"x": (i, j)}, text["say_sigmoid"], details)


def _sigmoid(text: Text, x: Any) -> Worked:
    return Worked(((_given("x", x),), (_sigmoid_part(x, text),)), curve="s")


def _derivative(text: Text, x: Any) -> Worked:
    s, ds = as_rows(basics.sigmoid(x)), basics.sigmoid_derivative(x)

    def details(i: int, j: int) -> Mapping[str, str]:
        return {"s": written(s[i, j])}

    sentence = text["say_derivative"]
    slope = Part("ds", as_rows(ds), ds.shape, "ds", lambda i, j: {"s": (i, j)}, sentence, details)
    return Worked(((_given("x", x),), (_sigmoid_part(x, text),), (slope,)), curve="ds")


def _image2vector(text: Text, image: FloatArray) -> Worked:
    length, height, depth = image.shape
    v = basics.image2vector(image)
    places = np.indices(image.shape).reshape(3, -1).T.tolist()

    def uses(i: int, j: int) -> Mapping[str, Index]:
        row, column, channel = places[i]
        return {f"channel_{channel}": (row, column)}

    def details(i: int, j: int) -> Mapping[str, int]:
        return dict(zip(("row", "column", "channel"), places[i], strict=True))

    channels = [
        Part(f"channel_{c}", image[:, :, c], (length, height), f"image[:, :, {c}]", most=MOST_OF_CHANNEL)
        for c in range(min(depth, MOST_CHANNELS))
    ]
    vector = Part("v", v, v.shape, "v", uses, text["say_vector"], details, most=MOST_OF_COLUMN)
    return Worked((*((channel,) for channel in channels), (vector,)), beside=True)


def _normalize_rows(text: Text, x: Any) -> Worked:
    rows, out = as_rows(x), basics.normalize_rows(x)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)

    def details(i: int, j: int) -> Mapping[str, str]:
        return {"x": written(rows[i, j]), "squares": sum_of(rows[i], "²")}

    lengths = Part(
        "norms", norms, norms.shape, "norms", lambda i, j: {"x": (i, ALL)}, text["say_norm"], details
    )

    def uses(i: int, j: int) -> Mapping[str, Index]:
        return {"x": (i, j), "norms": (i, 0)}

    zero = {int(i): text["say_zero"] for i in np.flatnonzero(norms == 0)}
    result = Part("out", out, out.shape, "out", uses, text["say_normalized"], details, exceptions=zero)
    return Worked(((_given("x", x), lengths), (result,)), sums=("x", "norms"))


def _softmax(text: Text, x: Any) -> Worked:
    rows, s = as_rows(x), basics.softmax(x)
    largest = rows.max(axis=1, keepdims=True)
    with np.errstate(under="ignore"):
        e = np.exp(rows - largest)
    sums = e.sum(axis=1, keepdims=True)

    def of_e(i: int, j: int) -> Mapping[str, str]:
        return {"x": written(rows[i, j]), "largest": signed(largest[i, 0])}

    def of_sums(i: int, j: int) -> Mapping[str, str]:
        return {"terms": sum_of(e[i])}

    def share_uses(i: int, j: int) -> Mapping[str, Index]:
        return {"e": (i, j), "sums": (i, 0)}

    def of_s(i: int, j: int) -> Mapping[str, str]:
        return {"e": written(e[i, j]), "sum": written(sums[i, 0])}

    title, short = text["title_exp"], ".2g"
    exponentials = Part("e", e, e.shape, title, lambda i, j: {"x": (i, j)}, text["say_exp"], of_e, short)
    totals = Part("sums", sums, sums.shape, "sums", lambda i, j: {"e": (i, ALL)}, text["say_sum"], of_sums)
    shares = Part("s", s, s.shape, "s", share_uses, text["say_share"], of_s, short)
    return Worked(((_given("x", x),), (exponentials, totals), (shares,)), sums=("e", "sums"))


def _product(x1: FloatArray, x2: FloatArray, text: Text) -> Part:
    """x1[i] x2[i], in one row."""

    def details(i: int, j: int) -> Mapping[str, str]:
        return {"first": written(x1[j]), "second": signed(x2[j])}

    def uses(i: int, j: int) -> Mapping[str, Index]:
        return {"x1": (i, j), "x2": (i, j)}

    products = as_rows(basics.elementwise(x1, x2))
    return Part("products", products, x1.shape, "products", uses, text["say_product"], details)


def _total(source: str, row: FloatArray, total: float, text: Text) -> Part:
    """The sum of a row, one number."""

    def details(i: int, j: int) -> Mapping[str, str]:
        return {"terms": sum_of(row)}

    return Part(
        "total", as_rows(total), (), "total", lambda i, j: {source: (0, ALL)}, text["say_sum"], details, ".4g"
    )


def _elementwise(text: Text, x1: FloatArray, x2: FloatArray) -> Worked:
    return Worked(((_given("x1", x1),), (_given("x2", x2),), (_product(x1, x2, text),)))


def _dot(text: Text, x1: FloatArray, x2: FloatArray) -> Worked:
    products = _product(x1, x2, text)
    total = _total("products", products.values[0], basics.dot(x1, x2), text)
    lines = ((_given("x1", x1),), (_given("x2", x2),), (products, total))
    return Worked(lines, sums=("products", "total"))


def _outer(text: Text, x1: FloatArray, x2: FloatArray) -> Worked:
    table = basics.outer(x1, x2)

    def uses(i: int, j: int) -> Mapping[str, Index]:
        return {"x1": (i, 0), "x2": (0, j)}

    def details(i: int, j: int) -> Mapping[str, str]:
        return {"first": written(x1[i]), "second": signed(x2[j])}

    column = Part("x1", x1[:, None], x1.shape, "x1")
    row = _given("x2", x2, indent=1)  # above the table's columns
    products = Part("table", table, table.shape, "table", uses, text["say_product"], details)
    return Worked(((row,), (column, products)))


def _general_dot(text: Text, W: FloatArray, x: FloatArray) -> Worked:
    z = basics.general_dot(W, x)

    def uses(i: int, j: int) -> Mapping[str, Index]:
        return {"w": (i, ALL), "x": (0, ALL)}

    def details(i: int, j: int) -> Mapping[str, str]:
        products = (f"{written(a)} × {signed(b)}" for a, b in zip(W[i], x, strict=True))
        return {"terms": joined(products, x.size)}

    result = Part("z", z[:, None], z.shape, "z", uses, text["say_sum"], details)
    return Worked(((_given("x", x),), (_given("w", W, "W"), result)), sums=("w", "z"))


def _loss(text: Text, yhat: FloatArray, y: FloatArray, kind: str, losses: FloatArray, total: float) -> Worked:
    """|y - yhat| or its square for each example, and their sum."""

    def uses(i: int, j: int) -> Mapping[str, Index]:
        return {"yhat": (i, j), "y": (i, j)}

    def details(i: int, j: int) -> Mapping[str, str]:
        return {"y": written(y[j]), "yhat": signed(yhat[j])}

    each = Part(kind, as_rows(losses), y.shape, text[f"title_{kind}"], uses, text[f"say_{kind}"], details)
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
