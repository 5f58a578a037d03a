"""Written lines: honest ones equal NumPy's results, and of hostile ones nothing is run."""

# ruff: noqa: E501  (tables of code, a line each)

import ast
import inspect
import random
import string
import sys
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.maths import line_functions, line_syntax, line_values, written_lines
from explainer.maths.written_lines import LIMITS, Limits, LineError, Warned, evaluate, lines

RNG = np.random.default_rng(0)
NAMES: dict[str, Any] = {
    "x": RNG.normal(size=(3, 3)), "w": RNG.normal(size=(3, 1)), "v": np.array([1.0, -2.0, 3.0]),
    "k": np.array([[1, 2, 3], [4, 5, 6]]), "image": np.arange(24).reshape(2, 4, 3).astype(np.uint8), "b": 0.5,
    "m": 3,
}  # fmt: skip


def failed(text: str, names: Any = NAMES, limits: Limits = LIMITS) -> LineError:
    with pytest.raises(LineError) as problem:
        evaluate(text, names, limits)
    return problem.value


def same(found: Any, wanted: Any) -> None:
    assert np.shape(found) == np.shape(wanted)
    assert np.asarray(found).dtype == np.asarray(wanted).dtype
    assert np.array_equal(found, wanted, equal_nan=np.asarray(wanted).dtype.kind == "f")


def numpys_own(text: str) -> dict[str, Any]:
    """What Python itself makes of lines that this file has written."""
    space = {
        name: np.copy(value) if isinstance(value, np.ndarray) else value for name, value in NAMES.items()
    }
    before = dict(space)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(text, {"np": np}, space)
    return {name: value for name, value in space.items() if value is not before.get(name)}


# ---- honest lines

HONEST = (
    "s = 1 / (1 + np.exp(-v))\nds = s * (1 - s)",
    "e = np.exp(x - np.max(x, axis=1, keepdims=True))\ns = e / np.sum(e, axis=1, keepdims=True)",
    "n = x / np.linalg.norm(x, axis=1, keepdims=True)",
    "c = image.reshape(image.shape[0] * image.shape[1] * image.shape[2], 1)\nd = image.reshape(-1, 1).T",
    "c = image.reshape((2 * 4, 3))\nz = np.zeros((c.shape[0], 1))\no = np.ones(3)",
    "Z = np.dot(w.T, x) + b\nA = 1 / (1 + np.exp(-Z))\nm2 = x.shape[1]\nJ = -np.sum(np.log(A)) / m2",
    "dw = x @ (x.T @ w) / m\ndb = np.mean(x)\nw2 = w - 0.1 * dw",
    "P = (x > 0).astype(int)\nq = np.where(x > 0, 1, 0)\nr = np.argmax(x, axis=1)",
    "Y = np.zeros((1, 3))\nfor i in range(Y.shape[1]):\n    if v[i] > 0:\n        Y[0, i] = 1\n    else:\n        Y[0, i] = -1",
    "t = 0\nfor i in range(3):\n    for j in range(1, 3):\n        t += v[i] * k[j - 1, i]",
    "a, c = k.shape\nd = e = a * c",
    "p = v[1:]\nq = x[:, 0]\nr = x[1:, :2]\ns = x[-1]\nt = v[::-1]\nu = x[:, 0:1]\nf = v[v > 0]\ng = v[[0, 2]]",
    "l = np.array([[1, 2], [3, 4]])\nn = l ** 2 % 3 // 1\no = np.array([1.5, 2]) * 2\ne = np.array([v, v])",
    "y = np.squeeze(w)\nz = np.squeeze(np.sum(w))\nf = float(z)\nn = len(v)\na = abs(-3)",
    "L1 = np.sum(np.abs(v - 1))\nL2 = np.dot(v - 1, v - 1)\nL3 = v.dot(v)",
    "g = x.sum(axis=0)\nh = x.mean(axis=1, keepdims=True)\ni = x.max()\nj = x.T.sum()",
    "a = 1 < m < 5\nc = not a or m == 3\nd = 1 if c else 2\ne = x.shape == (3, 3)",
    "u = np.tanh(x)\nr = np.sqrt(np.abs(x))\nq = np.maximum(0, x)\np = np.maximum(image, 0)\ns = image / 255",
    "grads = (np.mean(x), m)\nlst = [1, m]",
    "v[0] = 7\nv += 1\ny = v\ny *= 2\nv[1:] -= 0.5\nx[:, 0] = v",
    "y = -v ** 2\nz = ~(v > 0) & (v < 9) | (v == 0)\nn = v[:, None] * v\no = v[np.newaxis, :]",
    "o = np.outer(v, v)\nm4 = np.matmul(x, w)\nc = np.clip(v, -1, 1)\na = np.arange(5)\nb2 = np.arange(0, 1, 0.25)",
    "j = np.concatenate((v, v))\nl = np.concatenate([x, x], axis=1)\ni = np.eye(3)\nf = np.full((2, 2), 7)",
    "z = np.zeros_like(k)\no = np.ones_like(x)\nt = np.zeros((2, 2), dtype=int)\np = np.pi * np.e",
    "s = v.std() + v.min() + v.argmax()\nr = v.ravel()\nf = x.flatten()\nc = x.copy()\nd = x.ndim + x.size",
    "a = v / 0\nc = np.log(v - 1)\nd = np.exp(v * 1000)",
)  # fmt: skip


@pytest.mark.parametrize("text", HONEST)
def test_honest_lines_give_what_numpy_gives(text: str) -> None:
    found, wanted = evaluate(text, NAMES), numpys_own(text)
    assert set(found) >= set(wanted)
    for name, value in wanted.items():
        if isinstance(value, tuple | list):
            assert type(found[name]) is type(value) and found[name] == value
        else:
            same(found[name], value)


LEAVES = st.sampled_from(
    ["x", "w", "v", "k", "b", "m", "2", "0.5", "-1", "image[:, 0]", "w.T", "x[0]", "x[:, 1:]", "k.shape[0]"]
)
AXES = st.sampled_from(
    ["", ", axis=0", ", axis=1", ", axis=-1, keepdims=True", ", keepdims=True", ", axis=2"]
)


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(
        ["+", "-", "*", "/", "@", "//", "%", "**", "<", "<=", ">", ">=", "==", "!=", "&", "|"]
    )
    each = st.sampled_from(["np.exp", "np.log", "np.sqrt", "np.abs", "np.tanh", "np.sign", "abs", "-", "~"])
    along = st.sampled_from(["sum", "mean", "max", "min", "argmax", "prod", "any", "std"])
    pairs = st.sampled_from(["maximum", "minimum", "dot", "multiply", "outer", "matmul", "add", "power"])
    return st.one_of(
        st.builds("({} {} {})".format, inner, signs, inner),
        st.builds("{}({})".format, each, inner),
        st.builds("np.{}({}{})".format, along, inner, AXES),
        st.builds("np.{}({}, {})".format, pairs, inner, inner),
        st.builds("np.where({} > 0, {}, {})".format, inner, inner, inner),
        st.builds("np.linalg.norm({}{})".format, inner, AXES),
        st.builds(
            "{}[{}]".format,
            st.sampled_from(["x", "v", "k"]),
            st.sampled_from(["0", "-1", ":2", "1:", "::2", "9", "None"]),
        ),
        st.builds("np.array([{}, {}])".format, inner, inner),
    )


@given(st.lists(st.recursive(LEAVES, larger, max_leaves=6), min_size=1, max_size=3))
@settings(max_examples=700)
def test_generated_lines_equal_numpy_or_are_refused_where_numpy_refuses(expressions: list[str]) -> None:
    text = "\n".join(f"y{i} = {expression}" for i, expression in enumerate(expressions))
    if len(text) > LIMITS.characters:
        return
    try:
        wanted = numpys_own(text)
    except (ArithmeticError, TypeError, ValueError, IndexError, AttributeError):
        failed(text)
        return
    if any(np.asarray(value).dtype.kind not in "biuf" for value in wanted.values()):
        failed(text)
        return
    found = evaluate(text, NAMES)
    assert list(found) == list(wanted)
    for name, value in wanted.items():
        same(found[name], value)


def test_names_come_in_the_order_of_their_first_assignment() -> None:
    assert list(evaluate("z = 1\na, y = 2, 3\nz = 4\n5 + z", {})) == ["z", "a", "y"]


def test_what_is_given_is_never_changed() -> None:
    before = {name: np.copy(value) for name, value in NAMES.items()}
    found = evaluate("x[0] = 1\ny = x.T\ny += 1\nv *= 2\nimage[:] = 0\nb += 1", NAMES)
    assert all(np.array_equal(NAMES[name], value) for name, value in before.items())
    assert list(found) == ["x", "y", "v", "image", "b"]
    found["x"][:] = 9
    assert np.array_equal(NAMES["x"], before["x"])


def test_what_comes_back_is_ones_own() -> None:
    """Also where no line changes anything, so that nothing was copied before."""
    before = {name: np.copy(value) for name, value in NAMES.items()}
    found = evaluate("y = x.T\nz = v\np = (x, [v[1:]])\nq = x + 1\nr = image.reshape(-1)", NAMES)
    for array in (found["y"], found["z"], found["p"][0], found["p"][1][0], found["q"], found["r"]):
        array[...] = 9
    assert all(np.array_equal(NAMES[name], value) for name, value in before.items())


def test_an_array_larger_than_any_result_can_be_read_and_not_changed() -> None:
    big = np.ones((1001, 1000))
    found = evaluate("s = x.sum(axis=0)\nz = w.T @ x\nt = x.T", {"x": big, "w": np.ones((1001, 1))})
    assert found["z"].tolist() == [[1001.0] * 1000]
    for text in ("x[0] = 2", "x += 1", "y = x.T\ny[0, 0] = 3"):
        assert failed(text, {"x": big}).kind == "read_only"
    assert failed("y = x * 2", {"x": big}).kind == "elements"
    with pytest.raises(ValueError, match="read-only"):
        found["t"][0] = 1
    assert big.flags.writeable and (big == 1).all()


def test_warnings_are_given_back_and_not_shown(capfd: pytest.CaptureFixture[str]) -> None:
    text = "a = v / 0\nc = np.exp(v * 1000)\nd = np.log(-v)\ne = np.exp(-1000 * v * v)"
    found = lines(text, NAMES).run(NAMES)
    assert set(found.warnings) == {Warned("divide", 1), Warned("overflow", 2), Warned("invalid", 3)}
    assert capfd.readouterr() == ("", "")
    assert lines("y = v + 1", NAMES).run(NAMES).warnings == ()


def test_lines_are_read_once_and_computed_many_times() -> None:
    step = lines("w = w - 0.1 * 2 * w", {"w": 1.0})
    w = 1.0
    for _ in range(10):
        w = step.run({"w": w}).names["w"]
    assert w == pytest.approx(0.8**10)


def test_each_statement_tells_what_it_has_assigned_and_the_last_ones_are_what_all_give() -> None:
    text = "m = x.shape[0]\ny = (x\n     + m)\ny += 1\na, b = 1, v\nfor k in range(3):\n    z = k * v\n"
    steps = list(lines(text, NAMES).by_statement(NAMES))
    assert [(one.first, one.last) for one in steps] == [(1, 1), (2, 3), (4, 4), (5, 5), (6, 7)]
    assert [list(one.names) for one in steps] == [["m"], ["y"], ["y"], ["a", "b"], ["k", "z"]]
    same(steps[1].names["y"], NAMES["x"] + 3)
    same(steps[2].names["y"], NAMES["x"] + 4)
    last = {name: value for one in steps for name, value in one.names.items()}
    for name, value in evaluate(text, NAMES).items():
        same(last[name], value)


def test_statements_are_told_up_to_the_one_that_goes_wrong() -> None:
    told = lines("a = v + 1\nb = a @ x[:2]\nc = 1", NAMES).by_statement(NAMES)
    assert list(next(told).names) == ["a"]
    with np.errstate(all="raise"):
        with pytest.raises(LineError) as problem:
            next(told)
        assert np.geterr()["over"] == "raise", "what NumPy does elsewhere stays as it was"
    assert problem.value.details["line"] == 2


def test_values_that_are_no_numbers_are_the_programmers_mistake() -> None:
    for value in ("text", np.array(["a"]), {}, np.array([1j]), np.array([object()])):
        with pytest.raises(ValueError, match="q must"):
            evaluate("y = q", {"q": value})


# ---- what is refused

REFUSED = {
    "long": "a" * 1001,
    "empty": " \n # nothing",
    "character": "y = 3 − 1",
    "string": "y = 'x'",
    "syntax": "y = (1",
    "deep": "y = " + "-" * 200 + "1",
    "not_offered": "y = lambda: 1",
    "target": "x.T = 1",
    "loop": "for i in x: pass",
    "underscore": "y = x.__class__",
    "reserved": "np = 1",
    "unknown_name": "y = z",
    "unknown_function": "y = np.load(1)",
    "attribute": "y = x.tofile",
    "uncalled": "y = x.sum",
    "no_call": "y = x.T()",
    "not_function": "y = b(1 - b)",
    "module": "y = np",
    "large_number": "y = 9 ** 9 ** 9",
    "elements": "y = np.zeros((1001, 1000))",
    "products": "y = np.ones((300, 300)) @ np.ones((300, 300))",
    "total": "\n".join(["y = np.ones((1000, 1000))"] * 6),
    "steps": "for i in range(10 ** 9): pass",
    "shapes": "y = x + np.ones(2)",
    "product_shapes": "y = w @ x",
    "product_number": "y = x @ 2",
    "operand": "y = [1, 2] * 2",
    "argument": "y = np.sum(x, axis=0.5)",
    "arguments": "y = np.zeros(2, 3, 4)",
    "keyword": "y = np.sum(x, axes=1)",
    "missing": "y = np.dot(x)",
    "no_array": "y = m.T",
    "index": "y = x[0.5]",
    "truth": "y = 1 if x > 0 else 0",
    "unpack": "a, c = x",
    "read_only": "big[0] = 1",
    "empty_array": "y = np.mean(v[3:])",
    "complex": "y = (-8) ** 0.5",
    "zero_division": "y = 1 / 0",
    "numpy": "y = x[7]",
}
"""Each kind, and a line that it is said of."""


@pytest.mark.parametrize("kind", REFUSED)
def test_every_kind_of_refusal(kind: str) -> None:
    problem = failed(REFUSED[kind], NAMES | {"big": np.ones((1001, 1000))})
    assert problem.kind == kind
    assert (problem.details.get("line") == REFUSED[kind].count("\n") + 1) or kind in {
        "long",
        "empty",
        "total",
    }


def test_there_are_no_other_kinds() -> None:
    """Wherever a `LineError` is made, its kind is one of these."""
    made: set[str] = set()
    for module in (line_functions, line_syntax, line_values, written_lines):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"LineError", "_at", "self._check"}:
                place = 1 if ast.unparse(node.func) == "_at" else 0
                made |= {one.value for one in ast.walk(node.args[place]) if isinstance(one, ast.Constant)}
    assert made - {"np"} <= {*REFUSED} | set(dir(line_syntax))
    assert {*REFUSED} - made <= {"string", "character", "module", "uncalled", "unknown_name"}


def test_brackets_are_counted_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert evaluate("y = " + "(" * 30 + "1" + ")" * 30, {}) == {"y": 1}
    monkeypatch.setattr(line_syntax, "_parsed", None)
    for text in ("y = " + "(" * 31 + "1" + ")" * 31, ")" * 40 + "[" * 31, "\n" + "{(" * 16):
        problem = failed(text)
        assert (problem.kind, problem.details) == ("deep", {"line": 1 + text.count("\n")})


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("y = x.shape[0:1, 1]", "index"),
        ("y = x.shape[0.5]", "index"),
        ("y = [1, 2][True]", "index"),
        ("y = x[True]", "index"),
        ("y = ~True", "operand"),
        ("y = x.shape * 2", "operand"),
        ("y = None + 1", "operand"),
        ("x[0] += [1, 2, 3]", "operand"),
        ("x[0, 0] = v", "shapes"),
        ("v += x", "numpy"),
        ("image += 300", "large_number"),
        ("k += 0.5", "numpy"),
        ("y = np.zeros(-1)", "numpy"),
        ("y = np.arange(0, 1, 0)", "zero_division"),
        ("y = np.arange(np.nan)", "numpy"),
        ("y = int(np.inf)", "large_number"),
        ("y = int(1e300)", "large_number"),
        ("y = np.eye(1001)", "elements"),
        ("y = v[np.zeros((1000, 400), dtype=int)]", None),
        ("y = x[np.zeros((1000, 400), dtype=int)]", "elements"),
        ("y = np.array([[1, 2], [3]])", "numpy"),
        ("y = np.concatenate(v)", "argument"),
        ("y = np.reshape(v, (2, -1))", "numpy"),
        ("y = np.linalg.norm(x, ord=2)", "argument"),
        ("y = x.sum(axis=5)", "numpy"),
        ("for i in range(3, 0, 0): y = i", "loop"),
        ("for i in range(v): y = i", "loop"),
    ],
)
def test_what_numpy_or_python_would_do_with_odd_lines(text: str, kind: str | None) -> None:
    if kind is None:
        evaluate(text, NAMES)
    else:
        assert failed(text).kind == kind


def test_the_line_of_a_problem_is_counted() -> None:
    assert failed("a = 1\n\nc = a / 0").details == {"line": 3}
    assert failed("a = 1\n  # π is fine here\nc = π").details == {"text": "π", "line": 3, "column": 5}


@pytest.mark.parametrize("size", [999, 1000])
def test_at_the_limits_it_is_computed_and_beyond_them_not(size: int) -> None:
    assert evaluate(f"y = np.zeros((1000, {size}))", {})["y"].size == 1000 * size
    assert failed("y = np.zeros((1000, 1001))").details["found"] == 1_001_000
    assert evaluate("y = np.zeros((1000, 100)) @ np.zeros((100, 100))", {})["y"].shape == (1000, 100)
    problem = failed("y = np.zeros((1000, 100)) @ np.zeros((100, 101))")
    assert (problem.kind, problem.details["found"]) == ("products", 10_100_000)


def test_what_is_too_much_is_known_before_it_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("it was computed")

    monkeypatch.setattr(np, "matmul", never)
    assert failed("y = x @ x.T", {"x": np.ones((1001, 1000))}).kind == "products"


# ---- hostile lines

DUNDERS = [name for name in {*dir(object), *dir(type), *dir(len)} if name.startswith("__")] + [
    "__builtins__", "__import__", "__globals__", "__subclasses__", "__code__", "__loader__", "__dict__",
]  # fmt: skip
ATTRIBUTES = [
    *(name for name in dir(np.ndarray) if name not in line_functions.METHODS and name not in line_functions.VIEWS),
    "gi_frame", "f_globals", "func_globals", "system", "mro", "open", "read",
]  # fmt: skip
FUNCTIONS = [
    f"np.{name}" for name in dir(np) if f"np.{name}" not in line_functions.FUNCTIONS and f"np.{name}" not in
    line_functions.CONSTANTS and f"np.{name}" not in line_functions.DTYPES and name != "linalg"
] + ["eval", "exec", "compile", "open", "print", "input", "getattr", "setattr", "vars", "globals", "locals",
     "dir", "type", "object", "breakpoint", "exit", "help", "memoryview", "os.system", "sys.exit", "id"]  # fmt: skip
LOOK_ALIKES = [chr(code) for code in range(0x80, 0x3000) if chr(code).isidentifier()] + list(
    "＿𝐱𝗻𝘱²½−–—×÷“”‘’＝（）［］，．：​‮﻿"
)
Make = Callable[[random.Random], str]


def value(rng: random.Random) -> str:
    return rng.choice(["x", "w", "v", "b", "m", "1", "2.5", "np.exp(v)", "(x + 1)", "x.T", "np.zeros(3)"])


def harmless(rng: random.Random) -> str:
    return rng.choice(["", "y = 1\n", "a = x.T\n", "# note\n", "\n\n"])


def argument(rng: random.Random) -> str:
    return rng.choice(["", "1", "x", "x, 1", "axis=0", "x, axis=1", "*x", "**x", "0 for y in x"])


HOSTILE: dict[str, Make] = {
    "dunder name": lambda r: f"y = {r.choice(DUNDERS)}",
    "dunder called": lambda r: f"{r.choice(DUNDERS)}({argument(r)})",
    "dunder attribute": lambda r: f"y = {value(r)}.{r.choice(DUNDERS)}",
    "attribute chain": lambda r: "y = " + "x" + "".join(
        f".{r.choice([*DUNDERS, *ATTRIBUTES])}" for _ in range(r.randint(1, 12))
    ),
    "long chain": lambda r: "y = x" + ".T" * r.randint(90, 490),
    "unknown function": lambda r: f"y = {r.choice(FUNCTIONS)}({argument(r)})",
    "unknown method": lambda r: f"y = x.{r.choice(ATTRIBUTES)}({argument(r)})",
    "comprehension": lambda r: r.choice(["y = [{0} for i in x]", "y = {{{0} for i in x}}", "y = ({0} for i in x)",
                                         "y = {{i: {0} for i in x}}", "y = np.sum({0} for i in x)"]).format(value(r)),
    "lambda": lambda r: r.choice(["y = lambda: {0}", "(lambda a: a)({0})", "y = (lambda: {0})()", "f = lambda *a, **k: {0}"]).format(value(r)),
    "f-string": lambda r: r.choice(["y = f'{{{0}}}'", 'f"{{{0}!r:>{{{0}}}}}"', "y = f'''{{{0}}}'''", "rf'{{{0}}}'"]).format(value(r)),
    "string": lambda r: r.choice(["y = 'a' * {0}", '"%s" % {0}', "b'x' * {0}", "y = `{0}`", "y = '{{}}'.format({0})"]).format(10 ** r.randint(1, 30)),
    "huge power": lambda r: "y = " + "**".join(str(r.randint(9, 99)) for _ in range(r.randint(3, 40))),
    "power of a power": lambda r: f"y = ({r.randint(3, 99)} ** {r.randint(40, 999)}) ** {r.randint(2, 9**9)}",
    "huge integer": lambda r: "y = " + "".join(r.choice("123456789") for _ in range(r.randint(20, 900))),
    "hexadecimal": lambda r: "y = 0x" + "f" * r.randint(17, 900),
    "huge shape": lambda r: f"y = np.{r.choice(['zeros', 'ones'])}(({10 ** r.randint(4, 9)}, {10 ** r.randint(3, 9)}))",
    "huge range": lambda r: r.choice(["y = np.arange({0})", "y = np.eye({0})", "y = np.full({0}, 1)", "y = np.arange(0, 1, 1 / {0})", "for i in range({0}): pass"]).format(10 ** r.randint(8, 18)),
    "huge outer": lambda r: f"y = np.arange({r.randint(2000, 10**6)})\nz = y[:, None] * y",
    "huge product": lambda r: f"y = np.ones(({r.randint(500, 900)}, 900))\nz = y @ y.T",
    "doubled": lambda r: "y = [x, x]\n" + "y = [y, y]\n" * r.randint(25, 60),
    "doubled array": lambda r: "y = v\n" + "y = np.concatenate((y, y))\n" * r.randint(20, 30),
    "endless": lambda r: "for i in range(9999):\n" + "".join(f"{' ' * d}for j{d} in range(9999):\n" for d in range(1, r.randint(2, 8))) + " " * 9 + f"y = {value(r)}",
    "deep brackets": lambda r: "y = " + "(" * (n := r.randint(201, 480)) + "1" + ")" * n,
    "deep lists": lambda r: "y = " + "[" * (n := r.randint(33, 480)) + "1" + "]" * n,
    "deep calls": lambda r: "y = " + "abs(" * (n := r.randint(85, 190)) + "1" + ")" * n,
    "deep indices": lambda r: "y = " + "v[" * (n := r.randint(85, 300)) + "0" + "]" * n,
    "many signs": lambda r: "y = " + r.choice(["-", "+", "~", "not "]) * r.randint(90, 240) + "1",
    "unbalanced": lambda r: "y = " + "".join(r.choice("([{") for _ in range(r.randint(1, 900))),
    "look-alike": lambda r: f"y = {r.choice(LOOK_ALIKES)} + {value(r)}",
    "look-alike inside": lambda r: f"y = n{r.choice(LOOK_ALIKES)}p.exp({value(r)})",
    "statement": lambda r: r.choice([
        "import os", "from os import system", "def f(): return {0}", "class A: y = {0}", "while True: y = {0}", "with x: y = {0}",
        "try:\n y = {0}\nexcept: pass", "raise x", "assert {0}", "del x", "global x", "async def f(): await x", "return {0}",
        "y = yield", "y: int = {0}", "match x:\n case _: y = {0}", "y = (z := {0})", "y = {{1: {0}}}", "y = {{{0}}}", "a, *y = x",
        "nonlocal x", "@x\ndef f(): pass", "if True:\n  import os", "for i in range(2): exec(x)", "y = x is {0}", "y = {0} in x",
        "y = x << 3", "y = x ^ 3", "y = 1j * {0}", "y = ...", "for i in x: y = i", "for x.T in range(3): pass", "print(x)",
    ]).format(value(r)),
    "target": lambda r: r.choice(["x.T = {0}", "x.shape = {0}", "np.exp = {0}", "np = {0}", "abs = {0}", "float = {0}", "(a, (c, d)) = {0}",
                                  "__x__ = {0}", "x.__class__ = {0}", "range = {0}", "[a, c] = {0}, 1", "np.sum(x)[0] = {0}", "x.T[0] = {0}"]).format(value(r)),
    "line ends": lambda r: f"y = x{r.choice(chr(0) + chr(7) + chr(11) + chr(12) + chr(27) + chr(0x2028) + chr(0x85) + chr(92))}{value(r)}",
    "long": lambda r: "y = " + "x + " * r.randint(300, 3000) + "x",
    "keyword": lambda r: f"y = np.sum(x, {r.choice(['out', 'where', 'initial', 'dtype', 'like', '__x__'])}=x)",
    "noise": lambda r: "y = " + "".join(r.choice(string.ascii_letters) for _ in range(9)) + "." + "".join(r.choice(string.punctuation) for _ in range(r.randint(3, 80))),
}  # fmt: skip
HOSTILE_LINES = 10_000
SELDOM = {"endless": 0.02, "doubled": 0.2, "doubled array": 0.2, "huge product": 0.1}
"""Kinds that compute up to their limit first, and how often they come for each time of another."""
WATCHED = (
    "exec",
    "open",
    "os.",
    "subprocess.",
    "socket.",
    "import",
    "shutil.",
    "ctypes.",
    "code.__new__",
    "pickle.",
)


class Watch:
    """Hears what the interpreter tells its auditors, while it listens; a hook stays for ever, and so is one."""

    heard: list[str] | None = None

    def hook(self, event: str, details: Any) -> None:
        """All but the parser's look into the file that has no name."""
        if self.heard is not None and event.startswith(WATCHED) and (event, *details[:1]) != ("open", ""):
            self.heard.append(event)


WATCH = Watch()
sys.addaudithook(WATCH.hook)


@contextmanager
def nothing_is_run() -> Iterator[None]:
    WATCH.heard = []
    try:
        yield
    finally:
        heard, WATCH.heard = WATCH.heard, None
        assert heard == []  # also when an error ended it


def test_the_watch_hears_what_python_runs() -> None:
    for text in ("1 + 1", "1 / 0"):
        with pytest.raises(AssertionError), nothing_is_run():
            eval(text)


def test_hostile_lines_end_in_an_error_and_nothing_is_run() -> None:
    rng = random.Random(7)
    kinds = rng.choices(list(HOSTILE), [SELDOM.get(name, 1) for name in HOSTILE], k=HOSTILE_LINES)
    assert set(kinds) == {*HOSTILE}
    given_before = {name: np.copy(value) for name, value in NAMES.items()}
    failed("y = v[9]")  # whatever NumPy imports at its first error is imported now
    found: set[str] = set()
    for name in kinds:
        text = harmless(rng) + HOSTILE[name](rng)
        try:
            with nothing_is_run():
                made = evaluate(text, NAMES)
        except LineError as problem:
            found.add(problem.kind)
            continue
        raise AssertionError(f"{name}: {text[:200]!r} gave {list(made)}")
    assert len(found) >= 18
    assert all(np.array_equal(NAMES[name], value) for name, value in given_before.items())


@given(st.text(max_size=60), st.integers(0, 50))
@settings(max_examples=300)
def test_any_text_is_computed_or_refused(text: str, at: int) -> None:
    """Whatever is put into an honest line, no other error comes out of it."""
    honest = HONEST[at % len(HONEST)][: at * 3]
    for one in (text, honest + text, text + honest):
        with warnings.catch_warnings(), nothing_is_run(), suppress(LineError):
            evaluate(one, NAMES)


@given(st.text(alphabet="xvwbmnp.()[]{}+-*/@,:=0123456789 \n<>!sumTexreshape", max_size=80))
@settings(max_examples=600)
def test_texts_of_python_signs_are_computed_or_refused(text: str) -> None:
    with nothing_is_run(), suppress(LineError):
        evaluate(text, NAMES)


def test_letters_that_python_itself_would_take_for_plain_ones_are_refused() -> None:
    """Python normalises identifiers: ｎｐ is np, 𝐱 is x, ﬁ is fi."""
    tried = 0
    for code in range(0x80, 0x1F000):
        letter = chr(code)
        if letter.isidentifier() and unicodedata.normalize("NFKC", letter).isascii():
            tried += 1
            assert failed(f"y = {letter}").kind == "character"
    assert tried > 500


def test_the_evaluator_gives_nothing_to_python() -> None:
    """No name in its modules runs text, and attributes are taken by name only where the names are listed."""
    for module in (line_functions, line_syntax, line_values, written_lines):
        tree = ast.parse(inspect.getsource(module))
        called = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
        assert not {"eval", "exec", "compile", "__import__", "setattr", "vars", "globals"} & set(called)
        taken = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "getattr"
        ]
        inside = {ast.unparse(node.args[0]) for node in taken}
        assert inside <= {"node", "array"}
