"""The functions, methods and attributes that written lines know: NumPy's, each with its cost reckoned first.

A `Function` says which arguments it takes, what each must be, and what the call costs; nothing is called with
anything else. Results are NumPy's own.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from explainer.maths.line_values import (
    Budget,
    LineError,
    Listed,
    as_array,
    is_number,
    is_whole,
    listed,
    product_shape,
    result,
    shape_of,
    type_name,
)

Compute = Callable[..., Any]
Arguments = dict[str, Any]
DTYPES: Final[Mapping[str, Any]] = {
    name: np.dtype(kind)
    for name, kind in {
        "float": float, "int": int, "bool": bool, "np.float64": np.float64, "np.float32": np.float32,
        "np.int64": np.int64, "np.int32": np.int32, "np.uint8": np.uint8, "np.bool_": np.bool_,
    }.items()
}  # fmt: skip
CONSTANTS: Final[Mapping[str, Any]] = {
    "np.pi": math.pi, "np.e": math.e, "np.inf": math.inf, "np.nan": math.nan, "np.newaxis": None,
}  # fmt: skip
VIEWS: Final = {"T", "shape", "size", "ndim", "dtype"}
"""What an array has, without brackets."""


@dataclass(frozen=True)
class Function:
    """`takes` says of each parameter, in NumPy's order, what it must be; the first `required` must be given.

    Only the first `by_place` may stand without their names. `compute(budget, **arguments)` reckons and calls.
    """

    name: str
    takes: Mapping[str, str]
    compute: Compute
    required: int = 1
    by_place: int | None = None

    def call(self, budget: Budget, values: Sequence[Any], keywords: Mapping[str, Any]) -> Any:
        """The result for these arguments; `LineError` for others than it takes."""
        names = list(self.takes)[: self.by_place]
        if len(values) > len(names):
            raise LineError("arguments", name=self.name)
        given = dict(zip(names, values, strict=False))
        for keyword, value in keywords.items():
            if keyword not in self.takes or keyword in given:
                raise LineError("keyword", name=self.name, keyword=keyword)
            given[keyword] = value
        for parameter in list(self.takes)[: self.required]:
            if parameter not in given:
                raise LineError("missing", name=self.name, parameter=parameter)
        checked = {name: self._checked(budget, name, value) for name, value in given.items()}
        return result(self.compute(budget, **checked))

    def _checked(self, budget: Budget, parameter: str, value: Any) -> Any:
        def refused() -> LineError:
            return LineError("argument", name=self.name, parameter=parameter, found=type_name(value))

        return ROLES[self.takes[parameter]](value, budget, refused)


# ---- what an argument must be

Refused = Callable[[], LineError]


def _axis(value: Any, budget: Budget, refused: Refused) -> Any:
    if value is None or is_whole(value):
        return value
    return tuple(_whole_items(value, refused))


def _shape(value: Any, budget: Budget, refused: Refused) -> tuple[int, ...]:
    return (int(value),) if is_whole(value) else tuple(_whole_items(value, refused))


def _whole_items(value: Any, refused: Refused) -> list[int]:
    if not isinstance(value, Listed) or not all(map(is_whole, value.items)):
        raise refused()
    return [int(item) for item in value.items]


def _flag(value: Any, budget: Budget, refused: Refused) -> bool:
    if not isinstance(value, bool | np.bool_):
        raise refused()
    return bool(value)


def _dtype(value: Any, budget: Budget, refused: Refused) -> Any:
    if not isinstance(value, np.dtype):
        raise refused()
    return value


def _number(value: Any, budget: Budget, refused: Refused) -> Any:
    if isinstance(value, np.ndarray) and value.size == 1:
        return value.item()
    if not is_number(value):
        raise refused()
    return value


def _order(value: Any, budget: Budget, refused: Refused) -> Any:
    if value is not None and not (is_number(value) and float(value) in {1.0, 2.0, math.inf}):
        raise refused()
    return value


def _arrays(value: Any, budget: Budget, refused: Refused) -> list[Any]:
    if not isinstance(value, Listed):
        raise refused()
    return [as_array(item, budget, refused) for item in value.items]


def _sized(value: Any, budget: Budget, refused: Refused) -> Any:
    if not isinstance(value, Listed) and shape_of(value) == ():
        raise refused()
    return value


def _operand(value: Any, budget: Budget, refused: Refused) -> Any:
    """An array, or a number as it is: NumPy gives a bare number the type of the array beside it."""
    return result(value) if is_number(value) else as_array(value, budget, refused)


ROLES: Final[Mapping[str, Callable[[Any, Budget, Refused], Any]]] = {
    "array": as_array, "operand": _operand, "axis": _axis, "shape": _shape, "flag": _flag, "dtype": _dtype,
    "number": _number, "order": _order, "arrays": _arrays, "sized": _sized,
}  # fmt: skip


# ---- families of functions


def broadcast(budget: Budget, name: str, *arrays: Any) -> None:
    """Reckons a result of the arrays' common shape."""
    shapes = [shape_of(array) for array in arrays]
    try:
        shape = np.broadcast_shapes(*shapes)
    except ValueError:
        raise LineError("shapes", operator=name, left=shapes[0], right=shapes[-1]) from None
    budget.elements(*shape)


def _each(name: str, compute: Compute) -> Function:
    """A function of each number."""

    def elementwise(budget: Budget, x: Any) -> Any:
        budget.elements(*x.shape)
        return compute(x)

    return Function(name, {"x": "array"}, elementwise)


def _pairs(name: str, compute: Compute) -> Function:
    """A function of two arrays' numbers, pair by pair."""

    def elementwise(budget: Budget, x1: Any, x2: Any) -> Any:
        broadcast(budget, name, x1, x2)
        return compute(x1, x2)

    return Function(name, {"x1": "operand", "x2": "operand"}, elementwise, required=2)


def _along(name: str, compute: Compute, of_none: bool = True) -> Function:
    """A function of all numbers along an axis; unless `of_none`, there must be some."""

    def reduced(budget: Budget, a: Any, **how: Any) -> Any:
        budget.products(a.size)
        budget.elements(a.size // max(1, min(a.shape, default=1)))
        if not of_none and not a.size:
            raise LineError("empty_array", name=name)
        return compute(a, **how)

    return Function(name, {"a": "array", "axis": "axis", "keepdims": "flag"}, reduced, by_place=2)


def _like(name: str, compute: Compute) -> Function:
    def made(budget: Budget, a: Any, **how: Any) -> Any:
        budget.elements(*a.shape)
        return compute(a, **how)

    return Function(name, {"a": "array", "dtype": "dtype"}, made, by_place=2)


def _of_shape(name: str, compute: Compute) -> Function:
    def made(budget: Budget, shape: tuple[int, ...], **how: Any) -> Any:
        budget.elements(*(max(0, length) for length in shape))
        return compute(shape, **how)

    return Function(name, {"shape": "shape", "dtype": "dtype"}, made)


# ---- single functions


def matmul(budget: Budget, a: Any, b: Any) -> Any:
    """a @ b."""
    shape, depth = product_shape(shape_of(a), shape_of(b))
    budget.products(math.prod(shape) * depth)
    budget.elements(*shape)
    return np.matmul(a, b)


def _dot(budget: Budget, a: Any, b: Any) -> Any:
    if not a.shape or not b.shape:
        broadcast(budget, "np.dot", a, b)
    elif a.ndim <= 2 and b.ndim <= 2:
        return matmul(budget, a, b)
    else:
        raise LineError("product_shapes", left=a.shape, right=b.shape)
    return np.dot(a, b)


def _outer(budget: Budget, a: Any, b: Any) -> Any:
    budget.elements(a.size, b.size)
    return np.outer(a, b)


def _norm(budget: Budget, x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    if ord is not None and x.ndim > 1 and not is_whole(axis):  # of a matrix: far more than adding squares
        raise LineError("argument", name="np.linalg.norm", parameter="ord", found=str(ord))
    budget.products(x.size)
    budget.elements(*x.shape)
    return np.linalg.norm(x, ord=ord, axis=axis, keepdims=keepdims)


def _where(budget: Budget, condition: Any, x: Any, y: Any) -> Any:
    broadcast(budget, "np.where", condition, x, y)
    return np.where(condition, x, y)


def _clip(budget: Budget, a: Any, a_min: Any, a_max: Any) -> Any:
    broadcast(budget, "np.clip", a, a_min, a_max)
    return np.clip(a, a_min, a_max)


def _array(budget: Budget, object: Any, dtype: Any = None) -> Any:
    budget.elements(*object.shape)
    return np.array(object, dtype=dtype)


def _reshape(budget: Budget, a: Any, shape: tuple[int, ...]) -> Any:
    if not a.flags.c_contiguous:  # otherwise nothing is copied
        budget.elements(a.size)
    return np.reshape(a, shape)


def _ravel(budget: Budget, a: Any) -> Any:
    return _reshape(budget, a, (-1,))


def _copy(budget: Budget, a: Any) -> Any:
    budget.elements(a.size)
    return a.copy()


def _flatten(budget: Budget, a: Any) -> Any:
    budget.elements(a.size)
    return a.flatten()


def _astype(budget: Budget, a: Any, dtype: Any) -> Any:
    budget.elements(a.size)
    return a.astype(dtype)


def _full(budget: Budget, shape: tuple[int, ...], fill_value: Any) -> Any:
    budget.elements(*(max(0, length) for length in shape))
    return np.full(shape, fill_value)


def _eye(budget: Budget, N: Any) -> Any:
    size = int(N)
    budget.elements(max(size, 0), max(size, 0))
    return np.eye(size)


def _arange(budget: Budget, start: Any, stop: Any = None, step: Any = 1) -> Any:
    start, stop = (0, start) if stop is None else (start, stop)
    if step:
        budget.elements(max(0, math.ceil((stop - start) / step)))
    return np.arange(start, stop, step)


def _concatenate(budget: Budget, arrays: list[Any], axis: Any = 0) -> Any:
    budget.elements(sum(array.size for array in arrays))
    return np.concatenate(arrays, axis=axis)


def _squeeze(budget: Budget, a: Any, axis: Any = None) -> Any:
    return np.squeeze(a, axis=axis)


def _transpose(budget: Budget, a: Any) -> Any:
    return np.transpose(a)


def _expand_dims(budget: Budget, a: Any, axis: Any) -> Any:
    return np.expand_dims(a, axis)


def _len(budget: Budget, a: Any) -> int:
    return len(a.items) if isinstance(a, Listed) else len(a)


def _abs(budget: Budget, x: Any) -> Any:
    budget.elements(*shape_of(x))
    return abs(x)


def _as_number(kind: Callable[[Any], Any]) -> Compute:
    return lambda budget, x: kind(x)


_UFUNCS: Final = {
    "exp": np.exp, "log": np.log, "log1p": np.log1p, "sqrt": np.sqrt, "square": np.square, "abs": np.abs,
    "absolute": np.absolute, "sign": np.sign, "tanh": np.tanh, "isnan": np.isnan, "isfinite": np.isfinite,
    "logical_not": np.logical_not, "negative": np.negative,
}  # fmt: skip
_BINARY: Final = {
    "maximum": np.maximum, "minimum": np.minimum, "add": np.add, "subtract": np.subtract,
    "multiply": np.multiply, "divide": np.divide, "power": np.power, "greater": np.greater, "less": np.less,
    "equal": np.equal, "logical_and": np.logical_and, "logical_or": np.logical_or,
}  # fmt: skip
_REDUCTIONS: Final[Mapping[str, Compute]] = {
    "sum": np.sum, "prod": np.prod, "any": np.any, "all": np.all, "mean": np.mean, "std": np.std,
    "max": np.max, "amax": np.max, "min": np.min, "amin": np.min, "argmax": np.argmax, "argmin": np.argmin,
}  # fmt: skip
_OF_NONE: Final = {"sum", "prod", "any", "all"}
_TWO: Final = {"a": "array", "b": "array"}
_ARRAY: Final = {"a": "array"}
_SINGLE: Final = (
    Function("np.dot", _TWO, _dot, required=2),
    Function("np.matmul", _TWO, matmul, required=2),
    Function("np.outer", _TWO, _outer, required=2),
    Function("np.linalg.norm", {"x": "array", "ord": "order", "axis": "axis", "keepdims": "flag"}, _norm),
    Function("np.where", {"condition": "operand", "x": "operand", "y": "operand"}, _where, required=3),
    Function("np.clip", {"a": "array", "a_min": "operand", "a_max": "operand"}, _clip, required=3),
    Function("np.array", {"object": "array", "dtype": "dtype"}, _array),
    Function("np.asarray", {"object": "array", "dtype": "dtype"}, _array),
    Function("np.reshape", {"a": "array", "shape": "shape"}, _reshape, required=2),
    Function("np.ravel", _ARRAY, _ravel),
    Function("np.copy", _ARRAY, _copy),
    Function("np.full", {"shape": "shape", "fill_value": "number"}, _full, required=2),
    Function("np.eye", {"N": "number"}, _eye),
    Function("np.arange", {"start": "number", "stop": "number", "step": "number"}, _arange),
    Function("np.concatenate", {"arrays": "arrays", "axis": "axis"}, _concatenate),
    Function("np.squeeze", {"a": "array", "axis": "axis"}, _squeeze),
    Function("np.transpose", _ARRAY, _transpose),
    Function("np.expand_dims", {"a": "array", "axis": "axis"}, _expand_dims, required=2),
    _of_shape("np.zeros", np.zeros),
    _of_shape("np.ones", np.ones),
    _like("np.zeros_like", np.zeros_like),
    _like("np.ones_like", np.ones_like),
    Function("abs", {"x": "operand"}, _abs),
    Function("len", {"a": "sized"}, _len),
    Function("float", {"x": "number"}, _as_number(float)),
    Function("int", {"x": "number"}, _as_number(int)),
    Function("bool", {"x": "number"}, _as_number(bool)),
)
FUNCTIONS: Final[Mapping[str, Function]] = {
    **{f"np.{name}": _each(f"np.{name}", ufunc) for name, ufunc in _UFUNCS.items()},
    **{f"np.{name}": _pairs(f"np.{name}", ufunc) for name, ufunc in _BINARY.items()},
    **{f"np.{name}": _along(f"np.{name}", call, name in _OF_NONE) for name, call in _REDUCTIONS.items()},
    **{function.name: function for function in _SINGLE},
}
"""By the name that is written: NumPy's with their ``np.``, Python's without."""
METHODS: Final[Mapping[str, Function]] = {
    **{
        name: FUNCTIONS[f"np.{name}"]
        for name in ("sum", "mean", "std", "max", "min", "argmax", "argmin", "prod", "any", "all", "dot")
    },
    **{name: FUNCTIONS[f"np.{name}"] for name in ("reshape", "ravel", "squeeze", "transpose", "copy")},
    "flatten": Function("flatten", _ARRAY, _flatten),
    "astype": Function("astype", {"a": "array", "dtype": "dtype"}, _astype, required=2),
}
"""What an array can be asked for with brackets; the array is the first argument."""
BUILTINS: Final = {name for name in FUNCTIONS if not name.startswith("np.")}


def call_method(
    budget: Budget, name: str, array: Any, values: Sequence[Any], keywords: Mapping[str, Any]
) -> Any:
    """array.name(...); reshape takes a shape's numbers also one by one."""
    if name == "reshape" and values and all(map(is_whole, values)):
        values = [listed(values, budget, is_list=False)]
    return METHODS[name].call(budget, [array, *values], keywords)


def view(name: str, array: Any, budget: Budget) -> Any:
    """array.name, for one of the `VIEWS`."""
    if name == "shape":
        return listed(array.shape, budget, is_list=False)
    return getattr(array, name)
