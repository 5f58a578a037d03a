"""What written lines compute with: values, how much may be computed, and what can be wrong."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from explainer.maths.checks import InputError

LARGEST_INTEGER: Final = 2**63 - 1
NUMBERS: Final = (bool, int, float, np.bool_, np.integer, np.floating)
WHOLE: Final = (int, np.integer)
OF_NUMPY: Final = (np.ndarray, np.generic)
DEEPEST: Final = 32
"""The most levels of brackets in a list, as many as an array can have axes."""


class LineError(InputError):
    """A line that is not computed, or not to its end. Nothing of it is kept.

    All have `line`, counted from 1, but for ``long`` and ``empty``. Kinds that are found before anything is
    computed:

    ``long`` (found, most); ``empty``; ``character`` (text, column); ``string``; ``syntax`` (column);
    ``deep``; ``not_offered`` (word); ``target``; ``loop``; ``underscore``, ``reserved``, ``unknown_name``,
    ``unknown_function``, ``attribute``, ``uncalled``, ``no_call``, ``not_function`` (name); ``module``;
    ``large_number``.

    And while it is computed: ``elements``, ``products``, ``total``, ``steps`` (found, most); ``shapes``
    (operator, left, right); ``product_shapes`` (left, right); ``product_number``; ``operand`` (operator,
    found); ``argument`` (name, parameter, found); ``arguments`` (name); ``keyword`` (name, keyword);
    ``missing`` (name, parameter); ``no_array`` (name, found); ``index`` (found); ``truth`` (shape);
    ``unpack`` (wanted, found); ``read_only`` (name); ``empty_array`` (name); ``complex``; ``zero_division``;
    ``numpy`` (said: in NumPy's own words).
    """


@dataclass(frozen=True)
class Limits:
    """How much lines may compute.

    `elements` of one result and `products` (multiply-adds) of one operation; the two `total_`s and
    `operations` of all lines together, loops included.
    """

    characters: int = 1_000
    depth: int = 80
    elements: int = 1_000_000
    products: int = 10_000_000
    total_elements: int = 5_000_000
    total_products: int = 20_000_000
    operations: int = 10_000


@dataclass
class Budget:
    """What has been spent of the `limits`. Every operation asks here before it computes."""

    limits: Limits
    elements_spent: int = 0
    products_spent: int = 0
    operations_spent: int = 0

    def elements(self, *shape: int) -> None:
        """A result of that shape; `LineError` if it is too large."""
        found = max(math.prod(shape), max(shape, default=1) if 0 in shape else 0)
        self._check("elements", found, self.limits.elements)
        self.elements_spent += found
        self._check("total", self.elements_spent, self.limits.total_elements)

    def products(self, count: int) -> None:
        """So many multiply-adds."""
        self._check("products", count, self.limits.products)
        self.products_spent += count
        self._check("total", self.products_spent, self.limits.total_products)

    def operation(self, count: int = 1) -> None:
        """So many steps of the evaluator."""
        self.operations_spent += count
        self._check("steps", self.operations_spent, self.limits.operations)

    @staticmethod
    def _check(kind: str, found: int, most: int) -> None:
        if found > most:
            raise LineError(kind, found=min(found, LARGEST_INTEGER), most=most)


@dataclass(frozen=True, eq=False)
class Listed:
    """A list or a tuple. `size` counts all that is in it, on all levels, so that it can be bounded."""

    items: tuple[Any, ...]
    is_list: bool
    size: int = field(init=False)
    depth: int = field(init=False)

    def __post_init__(self) -> None:
        depth = 1 + max((item.depth for item in self.items if isinstance(item, Listed)), default=0)
        if depth > DEEPEST:
            raise LineError("deep")
        object.__setattr__(self, "size", 1 + sum(map(_size, self.items)))
        object.__setattr__(self, "depth", depth)

    def plain(self) -> Any:
        """As Python's own list or tuple."""
        items = [item.plain() if isinstance(item, Listed) else item for item in self.items]
        return items if self.is_list else tuple(items)


def _size(item: Any) -> int:
    return int(item.size) if isinstance(item, Listed | np.ndarray) else 1


def listed(values: Sequence[Any], budget: Budget, is_list: bool) -> Listed:
    """A list or tuple of these, if it is not too large."""
    made = Listed(tuple(values), is_list)
    budget.elements(made.size)
    return made


def is_number(value: Any) -> bool:
    """Whether it is one number or truth value, Python's or NumPy's."""
    return isinstance(value, NUMBERS)


def is_whole(value: Any) -> bool:
    """Whether it is an integer, and no truth value."""
    return isinstance(value, WHOLE) and not isinstance(value, bool)


def type_name(value: Any) -> str:
    """What a value is, in Python's words."""
    if isinstance(value, Listed):
        return "list" if value.is_list else "tuple"
    return "None" if value is None else "dtype" if isinstance(value, np.dtype) else type(value).__name__


def shape_of(value: Any) -> tuple[int, ...]:
    """The shape of an array, () of a number."""
    return value.shape if isinstance(value, np.ndarray) else ()


def result(value: Any) -> Any:
    """A computed value, if it is of those that lines know."""
    if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
        raise LineError("large_number")
    kind = value.dtype.kind if isinstance(value, OF_NUMPY) else ""
    if isinstance(value, complex) or kind == "c":
        raise LineError("complex")
    if kind and kind not in "biuf":
        raise LineError("numpy", said=f"dtype={value.dtype}")
    return value


def as_array(value: Any, budget: Budget, refused: Callable[[], LineError]) -> Any:
    """A number, an array, or a list of numbers as an array; what else it is, is `refused`."""
    if isinstance(value, np.ndarray):
        return value
    if is_number(value):
        return np.asarray(result(value))
    if isinstance(value, Listed):
        budget.elements(value.size)
        return result(np.array(value.plain()))
    raise refused()


def product_shape(left: tuple[int, ...], right: tuple[int, ...]) -> tuple[tuple[int, ...], int]:
    """The shape of left @ right, and how many numbers each of its entries adds up."""
    if not left or not right:
        raise LineError("product_number")
    rows, columns = left[-2:-1], right[-1:] if len(right) > 1 else ()
    if left[-1] != right[-2:][0]:
        raise LineError("product_shapes", left=left, right=right)
    try:
        stack = np.broadcast_shapes(left[:-2], right[:-2])
    except ValueError:
        raise LineError("product_shapes", left=left, right=right) from None
    return (*stack, *rows, *columns), left[-1]
