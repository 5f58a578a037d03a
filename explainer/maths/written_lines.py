"""Computes lines of NumPy that a reader has written, by an evaluator of its own.

The text is read by `ast.parse`, and every node of the tree is computed here: nothing is ever given to Python
to run, and what this module and `line_functions` do not name does not exist for a line. Sizes and
multiply-adds are reckoned from the shapes before an operation; what would be too much is a `LineError`.
Results are NumPy's.
"""

import ast
import math
import operator
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from explainer.maths.line_functions import (
    BUILTINS,
    CONSTANTS,
    DTYPES,
    FUNCTIONS,
    broadcast,
    call_method,
    matmul,
    view,
)
from explainer.maths.line_syntax import dotted, read
from explainer.maths.line_values import (
    LARGEST_INTEGER,
    Budget,
    Limits,
    LineError,
    Listed,
    as_array,
    is_number,
    is_whole,
    listed,
    result,
    shape_of,
    type_name,
)

__all__ = ["LIMITS", "Assigned", "Evaluated", "Limits", "LineError", "Lines", "Warned", "evaluate", "lines"]

LIMITS: Final = Limits()
MOST_SAID: Final = 160
"""Characters of NumPy's own words in a `LineError`."""
WARNINGS: Final = {"divide by zero": "divide", "overflow": "overflow", "invalid value": "invalid"}
BINARY: Final[Mapping[type[ast.AST], tuple[str, Callable[[Any, Any], Any]]]] = {
    ast.Add: ("+", operator.add), ast.Sub: ("-", operator.sub), ast.Mult: ("*", operator.mul),
    ast.Div: ("/", operator.truediv), ast.FloorDiv: ("//", operator.floordiv), ast.Mod: ("%", operator.mod),
    ast.Pow: ("**", operator.pow), ast.BitAnd: ("&", operator.and_), ast.BitOr: ("|", operator.or_),
    ast.Lt: ("<", operator.lt), ast.LtE: ("<=", operator.le), ast.Gt: (">", operator.gt),
    ast.GtE: (">=", operator.ge), ast.Eq: ("==", operator.eq), ast.NotEq: ("!=", operator.ne),
}  # fmt: skip
IN_PLACE: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "+": operator.iadd, "-": operator.isub, "*": operator.imul, "/": operator.itruediv,
    "//": operator.ifloordiv, "%": operator.imod, "**": operator.ipow, "&": operator.iand, "|": operator.ior,
}  # fmt: skip
UNARY: Final[Mapping[type[ast.AST], tuple[str, Callable[[Any], Any]]]] = {
    ast.USub: ("-", operator.neg), ast.UAdd: ("+", operator.pos), ast.Invert: ("~", operator.invert),
}  # fmt: skip


@dataclass(frozen=True)
class Warned:
    """A warning of NumPy, ``divide``, ``overflow`` or ``invalid`` (such as 0 / 0), and its line."""

    kind: str
    line: int


@dataclass(frozen=True, eq=False)
class Evaluated:
    """All names that were assigned, in order, with their values at the end; and what NumPy warned of."""

    names: dict[str, Any]
    warnings: tuple[Warned, ...]


@dataclass(frozen=True, eq=False)
class Assigned:
    """What one statement has assigned: its first and last line, the values that the names have after it."""

    first: int
    last: int
    names: dict[str, Any]


@dataclass(frozen=True, eq=False)
class Lines:
    """Lines that have been read and in which all is known; they can be computed many times.

    `used` are all names that occur in them; `in_place` is whether any line may change an array in its place.
    """

    tree: ast.Module
    limits: Limits
    used: frozenset[str]
    in_place: bool

    def run(self, names: Mapping[str, Any]) -> Evaluated:
        """Computes them with these names. `LineError` if that is too much or goes wrong."""
        return _Run(self, names).done()

    def by_statement(self, names: Mapping[str, Any]) -> Iterator[Assigned]:
        """The same, one statement of the text after the other. `LineError` where it does not go on."""
        return _Run(self, names).by_statement()


def lines(text: str, names: Mapping[str, Any], limits: Limits = LIMITS) -> Lines:
    """Reads a text in which these names are known. `LineError` if anything in it is not."""
    tree = read(text, names, limits)
    used = frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    return Lines(tree, limits, used, any(map(_changes_in_place, ast.walk(tree))))


def evaluate(text: str, names: Mapping[str, Any], limits: Limits = LIMITS) -> dict[str, Any]:
    """The values of all names that the text assigns, in the order of their first assignment.

    `names` are what it may use: numbers, and arrays, which it never changes. `LineError` for what is not
    known, too much, or wrong. Warnings of NumPy are not shown; `Lines.run` gives them.
    """
    return lines(text, names, limits).run(names).names


class _Run:
    """One computation: what names stand for now, and what has been spent."""

    def __init__(self, read_lines: Lines, names: Mapping[str, Any]) -> None:
        self.tree, self.budget, self.line = read_lines.tree, Budget(read_lines.limits), 1
        self.in_place = read_lines.in_place
        self.names = {
            name: self._given(name, value) for name, value in names.items() if name in read_lines.used
        }
        self.assigned: dict[str, None] = {}
        self.warnings: dict[Warned, None] = {}

    def done(self) -> Evaluated:
        """Everything computed."""
        with self._told_as_lines():
            self._block(self.tree.body)
            names = {name: self._own(self.names[name]) for name in self.assigned}
        return Evaluated(names, tuple(self.warnings))

    def by_statement(self) -> Iterator[Assigned]:
        """Every statement's names, as they are before the next one may change them in their place."""
        for statement in self.tree.body:
            self.assigned = {}
            with self._told_as_lines():
                self._statement(statement)
                names = {name: self._own(self.names[name]) for name in self.assigned}
            if self.in_place:
                names = {name: np.array(value) if isinstance(value, np.ndarray) else value
                         for name, value in names.items()}  # fmt: skip
            yield Assigned(statement.lineno, statement.end_lineno or statement.lineno, names)

    @contextmanager
    def _told_as_lines(self) -> Iterator[None]:
        """NumPy's warnings are kept, and what goes wrong is a `LineError` of the line that is computed."""
        with np.errstate(divide="call", over="call", invalid="call", under="ignore", call=self._warned):
            try:
                yield
            except LineError as problem:
                problem.details.setdefault("line", self.line)
                raise
            except ZeroDivisionError:
                raise LineError("zero_division", line=self.line) from None
            except OverflowError:
                raise LineError("large_number", line=self.line) from None
            except (RecursionError, MemoryError):
                raise LineError("deep", line=self.line) from None
            except (TypeError, ValueError, IndexError) as problem:  # NumPy's own checks
                said = " ".join(str(problem).split())[:MOST_SAID]
                raise LineError("numpy", said=said, line=self.line) from None

    def _own(self, value: Any) -> Any:
        """A value to give away: no view of a given array, but for those larger than anything computed."""
        if isinstance(value, Listed):
            items = [self._own(item) for item in value.items]
            return items if value.is_list else tuple(items)
        most = self.budget.limits.elements
        seen = isinstance(value, np.ndarray) and not value.flags.writeable and value.size <= most
        return np.array(value) if seen else value

    def _warned(self, kind: str, flag: int) -> None:
        self.warnings[Warned(WARNINGS[kind], self.line)] = None

    def _given(self, name: str, value: Any) -> Any:
        """A name's value; an array as a copy where lines may change it, else (or if large) not writable."""
        if isinstance(value, np.ndarray):
            if value.dtype.kind not in "biuf":
                raise ValueError(f"{name} must hold numbers; got dtype {value.dtype}")
            if self.in_place and value.size <= self.budget.limits.elements:
                return np.array(value)
            fixed = np.asarray(value).view()
            fixed.setflags(write=False)
            return fixed
        if isinstance(value, list | tuple):
            items = [self._given(name, item) for item in value]
            return Listed(tuple(items), isinstance(value, list))
        if value is not None and not is_number(value):
            raise ValueError(f"{name} must be a number or an array; got {type(value).__name__}")
        return value

    # ---- statements

    def _block(self, body: list[ast.stmt]) -> None:
        for statement in body:
            self._statement(statement)

    def _statement(self, node: ast.stmt) -> None:
        self.line = node.lineno
        self.budget.operation()
        if isinstance(node, ast.Expr):
            self._value(node.value)
        elif isinstance(node, ast.Assign):
            value = self._value(node.value)
            for target in node.targets:
                self._assign(target, value)
        elif isinstance(node, ast.AugAssign):
            self._change(node)
        elif isinstance(node, ast.If):
            self._block(node.body if self._truth(self._value(node.test)) else node.orelse)
        elif isinstance(node, ast.For):
            self._loop(node)

    def _assign(self, target: ast.expr, value: Any) -> None:
        if isinstance(target, ast.Name):
            self.names[target.id] = value
            self.assigned[target.id] = None
        elif isinstance(target, ast.Tuple):
            items = value.items if isinstance(value, Listed) else None
            if items is None or len(items) != len(target.elts):
                found = type_name(value) if items is None else len(items)
                raise LineError("unpack", wanted=len(target.elts), found=found)
            for one, item in zip(target.elts, items, strict=True):
                self._assign(one, item)
        elif isinstance(target, ast.Subscript):
            self._put(target, value)

    def _put(self, target: ast.Subscript, value: Any) -> None:
        """array[...] = value."""
        array, name = self._array_to_change(target.value)
        index = self._index(array, target.slice)
        places = array[index]  # what it costs has been reckoned
        value = self._operand("=", value)
        try:
            fits = np.broadcast_shapes(shape_of(places), shape_of(value)) == shape_of(places)
        except ValueError:
            fits = False
        if not fits:
            raise LineError("shapes", operator="=", left=shape_of(places), right=shape_of(value))
        self.budget.elements(*shape_of(places))
        array[index] = value
        self.assigned[name] = None

    def _array_to_change(self, node: ast.expr) -> tuple[Any, str]:
        assert isinstance(node, ast.Name)  # held by `line_syntax`
        array = self._value(node)
        if not isinstance(array, np.ndarray):
            raise LineError("no_array", name=node.id, found=type_name(array))
        if not array.flags.writeable:
            raise LineError("read_only", name=node.id)
        return array, node.id

    def _change(self, node: ast.AugAssign) -> None:
        """name += value, array[...] += value; an array changes in its own place, as in NumPy."""
        sign, target = BINARY[type(node.op)][0], node.target
        if isinstance(target, ast.Subscript):
            before = self._item(self._array_to_change(target.value)[0], target.slice)
            self._put(target, self._binary(node.op, before, self._value(node.value)))
            return
        assert isinstance(target, ast.Name)  # held by `line_syntax`
        before, value = self._value(target), self._value(node.value)
        if not isinstance(before, np.ndarray):
            self._assign(target, self._binary(node.op, before, value))
            return
        array, name = self._array_to_change(target)
        value = self._operand(sign, value)
        broadcast(self.budget, sign, array, value)
        self.names[name] = IN_PLACE[sign](array, value)
        self.assigned[name] = None

    def _loop(self, node: ast.For) -> None:
        assert isinstance(node.iter, ast.Call)  # held by `line_syntax`
        bounds = [self._value(one) for one in node.iter.args]
        if not all(map(is_whole, bounds)) or (len(bounds) == 3 and not bounds[2]):
            raise LineError("loop")
        steps = range(*map(int, bounds))
        if len(steps) > self.budget.limits.operations:
            raise LineError("steps", found=len(steps), most=self.budget.limits.operations)
        for step in steps:
            self._assign(node.target, step)
            self._block(node.body)

    # ---- expressions

    def _value(self, node: ast.expr) -> Any:
        self.budget.operation()
        return EXPRESSIONS[type(node)](self, node)

    def _constant(self, node: ast.Constant) -> Any:
        return node.value

    def _name(self, node: ast.Name) -> Any:
        if node.id in self.names:
            return self.names[node.id]
        if node.id in DTYPES:
            return DTYPES[node.id]
        kind = (
            "module" if node.id == "np" else "uncalled" if node.id in {*BUILTINS, "range"} else "unknown_name"
        )
        raise LineError(kind, name=node.id)

    def _binop(self, node: ast.BinOp) -> Any:
        return self._binary(node.op, self._value(node.left), self._value(node.right))

    def _binary(self, kind: ast.AST, left: Any, right: Any) -> Any:
        if isinstance(kind, ast.MatMult):
            return result(matmul(self.budget, self._operand("@", left), self._operand("@", right)))
        sign, compute = BINARY[type(kind)]
        left, right = self._operand(sign, left), self._operand(sign, right)
        if sign == "**":
            _check_power(left, right)
        broadcast(self.budget, sign, left, right)
        return result(compute(left, right))

    def _operand(self, sign: str, value: Any) -> Any:
        if not isinstance(value, np.ndarray) and not is_number(value):
            raise LineError("operand", operator=sign, found=type_name(value))
        return value

    def _unary(self, node: ast.UnaryOp) -> Any:
        value = self._value(node.operand)
        if isinstance(node.op, ast.Not):
            return not self._truth(value)
        sign, compute = UNARY[type(node.op)]
        value = self._operand(sign, value)
        if sign == "~" and isinstance(value, bool):  # -2 or -1: newer Pythons warn of it
            raise LineError("operand", operator=sign, found="bool")
        self.budget.elements(*shape_of(value))
        return result(compute(value))

    def _compare(self, node: ast.Compare) -> Any:
        left = self._value(node.left)
        for place, (sign, other) in enumerate(zip(node.ops, node.comparators, strict=True), start=1):
            right = self._value(other)
            found = self._compared(sign, left, right)
            if place == len(node.ops) or not self._truth(found):
                return found
            left = right
        raise AssertionError("a comparison has at least one sign")

    def _compared(self, sign: ast.cmpop, left: Any, right: Any) -> Any:
        """Shapes can be compared, too: x.shape == (3, 1)."""
        shapes = all(isinstance(one, Listed) and all(map(is_number, one.items)) for one in (left, right))
        if shapes and isinstance(sign, ast.Eq | ast.NotEq):
            return (left.plain() == right.plain()) == isinstance(sign, ast.Eq)
        return self._binary(sign, left, right)

    def _truth(self, value: Any) -> bool:
        if isinstance(value, np.ndarray) and value.size != 1:
            raise LineError("truth", shape=value.shape)
        return bool(value.item() if isinstance(value, np.ndarray) else self._operand("if", value))

    def _boolean(self, node: ast.BoolOp) -> Any:
        ends = isinstance(node.op, ast.Or)  # the first true one, or the first false one
        for one in node.values:
            value = self._value(one)
            if self._truth(value) == ends:
                break
        return value

    def _choice(self, node: ast.IfExp) -> Any:
        return self._value(node.body if self._truth(self._value(node.test)) else node.orelse)

    def _list(self, node: ast.List | ast.Tuple) -> Any:
        items = [self._value(one) for one in node.elts]
        return listed(items, self.budget, isinstance(node, ast.List))

    def _call(self, node: ast.Call) -> Any:
        path = dotted(node.func) or (node.func.id if isinstance(node.func, ast.Name) else "")
        if path == "range":
            raise LineError("loop")
        array = None
        if not path:
            assert isinstance(node.func, ast.Attribute)  # held by `line_syntax`
            array = self._array(self._value(node.func.value), node.func.attr)
        values = [self._value(one) for one in node.args]
        keywords = {str(one.arg): self._value(one.value) for one in node.keywords}
        if path:
            return FUNCTIONS[path].call(self.budget, values, keywords)
        assert isinstance(node.func, ast.Attribute)
        return result(call_method(self.budget, node.func.attr, array, values, keywords))

    def _array(self, value: Any, name: str) -> Any:
        """What is asked for its `name`: an array, or one of NumPy's numbers as one."""
        if isinstance(value, np.generic):
            return np.asarray(value)
        if not isinstance(value, np.ndarray):
            raise LineError("no_array", name=name, found=type_name(value))
        return value

    def _attribute(self, node: ast.Attribute) -> Any:
        path = dotted(node)
        for known in (CONSTANTS, DTYPES):
            if path in known:
                return known[path]
        if path == "np.linalg":
            raise LineError("module")
        if path or node.attr not in {"T", "shape", "size", "ndim", "dtype"}:
            raise LineError("uncalled", name=path or node.attr)
        return view(node.attr, self._array(self._value(node.value), node.attr), self.budget)

    # ---- indices

    def _subscript(self, node: ast.Subscript) -> Any:
        return self._item(self._value(node.value), node.slice)

    def _item(self, value: Any, node: ast.expr) -> Any:
        if isinstance(value, Listed):
            if isinstance(node, ast.Tuple):  # a place for each of several axes
                raise LineError("index", found="tuple")
            index = self._part(node)
            if isinstance(index, slice):
                return listed(value.items[index], self.budget, value.is_list)
            if not is_whole(index):
                raise LineError("index", found=type_name(index))
            return value.items[index]
        return result(self._array(value, "[ ]")[self._index(self._array(value, "[ ]"), node)])

    def _index(self, array: Any, node: ast.expr) -> Any:
        """An index into the array; what is copied by it is reckoned first."""
        parts = [self._part(one) for one in (node.elts if isinstance(node, ast.Tuple) else [node])]
        lengths, axis, copies = [], 0, False
        for part in parts:
            over = (
                part.ndim
                if isinstance(part, np.ndarray) and part.dtype.kind == "b"
                else int(part is not None)
            )
            if isinstance(part, np.ndarray):
                copies = True
                lengths.append(int(np.count_nonzero(part)) if part.dtype.kind == "b" else part.size)
            elif isinstance(part, slice) and axis < array.ndim:
                lengths.append(len(range(*part.indices(array.shape[axis]))))
            axis += over
        if copies:
            self.budget.elements(math.prod([*lengths, *array.shape[axis:]]))
        return tuple(parts)

    def _part(self, node: ast.expr) -> Any:
        """A whole number, a slice, None, or an array of whole numbers or of truth values."""
        if isinstance(node, ast.Slice):
            ends = [None if one is None else self._value(one) for one in (node.lower, node.upper, node.step)]
            wrong = [end for end in ends if end is not None and not is_whole(end)]
            if wrong:
                raise LineError("index", found=type_name(wrong[0]))
            return slice(*ends)
        value = self._value(node)
        if value is None or is_whole(value):
            return value
        if isinstance(value, Listed) and value.is_list:
            value = as_array(value, self.budget, lambda: LineError("index", found=type_name(value)))
        if not isinstance(value, np.ndarray) or value.dtype.kind not in "biu":
            raise LineError("index", found=type_name(value))
        return value


EXPRESSIONS: Final[Mapping[type[ast.AST], Callable[[_Run, Any], Any]]] = {
    ast.Constant: _Run._constant, ast.Name: _Run._name, ast.BinOp: _Run._binop, ast.UnaryOp: _Run._unary,
    ast.Compare: _Run._compare, ast.BoolOp: _Run._boolean, ast.IfExp: _Run._choice, ast.List: _Run._list,
    ast.Tuple: _Run._list, ast.Call: _Run._call, ast.Attribute: _Run._attribute,
    ast.Subscript: _Run._subscript,
}  # fmt: skip


def _check_power(base: Any, exponent: Any) -> None:
    """Python computes powers of whole numbers to any length: these must fit into 64 bits."""
    if not (isinstance(base, int) and isinstance(exponent, int) and exponent > 0):
        return
    if (abs(base).bit_length() - 1) * exponent > LARGEST_INTEGER.bit_length():
        raise LineError("large_number")


def _changes_in_place(node: ast.AST) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else []
    return isinstance(node, ast.AugAssign) or any(isinstance(one, ast.Subscript) for one in targets)
