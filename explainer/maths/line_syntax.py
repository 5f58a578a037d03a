"""Reads written lines as Python's syntax tree and refuses all that is not known, before it is computed.

`ast.parse` only reads; nothing here or later is compiled or run as Python.
"""

import ast
import re
from collections.abc import Collection, Iterator
from textwrap import dedent
from typing import Any, Final

from explainer.maths.line_functions import BUILTINS, CONSTANTS, DTYPES, FUNCTIONS, METHODS, VIEWS
from explainer.maths.line_values import LARGEST_INTEGER, Limits, LineError
from explainer.maths.typed import shortened

COMMENT: Final = re.compile(r"#[^\n]*")
"""From the sign to the line's end: there are no strings in which it could stand."""
QUOTE: Final = re.compile(r"[\"'`]")
STRANGE: Final = re.compile(r"[^A-Za-z0-9_ \t\n.,:;()\[\]{}+\-*/%@=<>!&|~^]")
"""Everything else: letters of other alphabets that look alike, typographic dashes, control characters."""
DEEPEST_BRACKETS: Final = 30
"""Levels of brackets: more than any line needs, and few enough for Python's parser to be quick about them."""
PYTHON: Final = {"float", "int", "bool"}
RESERVED: Final = {"np", "range", *BUILTINS, *PYTHON}
WORDS: Final = {
    ast.Import: "import", ast.ImportFrom: "from", ast.FunctionDef: "def", ast.AsyncFunctionDef: "async",
    ast.ClassDef: "class", ast.While: "while", ast.With: "with", ast.AsyncWith: "async",
    ast.AsyncFor: "async", ast.Try: "try", ast.TryStar: "try", ast.Raise: "raise",
    ast.Assert: "assert", ast.Delete: "del", ast.Global: "global", ast.Nonlocal: "nonlocal",
    ast.Return: "return", ast.Break: "break",
    ast.Continue: "continue", ast.Match: "match", ast.AnnAssign: ":", ast.Lambda: "lambda",
    ast.ListComp: "[… for …]", ast.SetComp: "{… for …}", ast.DictComp: "{… for …}",
    ast.GeneratorExp: "(… for …)", ast.Dict: "{ }", ast.Set: "{ }", ast.JoinedStr: "f", ast.NamedExpr: ":=",
    ast.Starred: "*", ast.Await: "await", ast.Yield: "yield", ast.YieldFrom: "yield", ast.BitXor: "^",
    ast.LShift: "<<", ast.RShift: ">>", ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip
"""What Python knows and lines do not, as it is written."""
KNOWN: Final = (
    ast.Module, ast.Expr, ast.Assign, ast.AugAssign, ast.For, ast.If, ast.Pass, ast.BinOp, ast.UnaryOp,
    ast.Compare, ast.BoolOp, ast.IfExp, ast.Call, ast.keyword, ast.Attribute, ast.Subscript, ast.Slice,
    ast.Name, ast.Constant, ast.Tuple, ast.List, ast.expr_context, ast.boolop, ast.unaryop, ast.cmpop,
    ast.Add, ast.Sub, ast.Mult, ast.MatMult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.BitAnd, ast.BitOr,
)  # fmt: skip


def read(text: str, names: Collection[str], limits: Limits) -> ast.Module:
    """The tree of written lines, in which all is known. `LineError` for anything else."""
    if len(text) > limits.characters:
        raise LineError("long", found=len(text), most=limits.characters)
    tree = _parsed(_plain(text))
    nodes = list(_nodes(tree, limits.depth))
    for node in nodes:
        if word := WORDS.get(type(node)):
            raise _at(node, "not_offered", word=word)
        if not isinstance(node, KNOWN):
            raise _at(node, "not_offered", word=type(node).__name__)
    assigned = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    for node in nodes:
        _check(node, {*names, *assigned})
    return tree


def dotted(node: ast.expr) -> str:
    """``np.linalg.norm`` for its tree; "" for what does not begin with np."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join(["np", *reversed(parts)]) if isinstance(node, ast.Name) and node.id == "np" else ""


def _plain(text: str) -> str:
    """The text without comments, in characters that lines are written in, and not too deep in brackets."""
    text = COMMENT.sub("", text.replace("\r\n", "\n"))
    if not text.strip():
        raise LineError("empty")
    for pattern, kind in ((QUOTE, "string"), (STRANGE, "character")):
        if found := pattern.search(text):
            line, column = (
                text.count("\n", 0, found.start()) + 1,
                found.start() - text.rfind("\n", 0, found.start()),
            )
            details = {"text": _visible(found[0]), "column": column} if kind == "character" else {}
            raise LineError(kind, line=line, **details)
    _check_brackets(text)
    return dedent(text)


def _check_brackets(text: str) -> None:
    """Refuses deep brackets before Python's parser, which would try many ways to understand them."""
    depth = line = 0
    for character in text:
        line += character == "\n"
        depth = max(0, depth + (character in "([{") - (character in ")]}"))
        if depth > DEEPEST_BRACKETS:
            raise LineError("deep", line=line + 1)


def _visible(character: str) -> str:
    return character if character.isprintable() and character != " " else f"U+{ord(character):04X}"


def _parsed(text: str) -> ast.Module:
    try:
        return ast.parse(text, filename="")  # for its messages Python looks into the file of that name
    except SyntaxError as problem:
        line, column = problem.lineno or 1, problem.offset or 1
        raise LineError("syntax", line=line, column=column) from None
    except (RecursionError, MemoryError):
        raise LineError("deep", line=1) from None
    except ValueError:  # a number with thousands of digits
        raise LineError("large_number", line=1) from None


def _nodes(tree: ast.AST, deepest: int) -> Iterator[ast.AST]:
    """All nodes, without recursion: a tree may be as deep as its text is long."""
    waiting: list[tuple[ast.AST, int, int]] = [(tree, 0, 1)]
    while waiting:
        node, depth, line = waiting.pop()
        line = getattr(node, "lineno", line)
        if depth > deepest:
            raise LineError("deep", line=line)
        if isinstance(node, ast.operator | ast.cmpop | ast.keyword):
            node.lineno = line  # type: ignore[union-attr]
        yield node
        waiting.extend((child, depth + 1, line) for child in reversed(list(ast.iter_child_nodes(node))))


def _at(node: ast.AST, kind: str, **details: Any) -> LineError:
    return LineError(kind, line=getattr(node, "lineno", 1), **details)


# ---- what each node may be


def _check(node: ast.AST, names: Collection[str]) -> None:
    if isinstance(node, ast.Constant):
        _check_constant(node)
    elif isinstance(node, ast.Name):
        _check_name(node, names)
    elif isinstance(node, ast.Call):
        _check_call(node, names)
    elif isinstance(node, ast.Attribute):
        _check_attribute(node)
    elif isinstance(node, ast.keyword):
        if node.arg is None:
            raise _at(node, "not_offered", word="**")
    elif isinstance(node, ast.For):
        _check_loop(node)
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            _check_target(target)
    elif isinstance(node, ast.AugAssign):
        if isinstance(node.op, ast.MatMult):
            raise _at(node, "not_offered", word="@=")
        _check_target(node.target)


def _check_constant(node: ast.Constant) -> None:
    if isinstance(node.value, int) and node.value > LARGEST_INTEGER:
        raise _at(node, "large_number")
    if isinstance(node.value, complex):
        raise _at(node, "complex")
    if not isinstance(node.value, bool | int | float | None):
        raise _at(node, "not_offered", word=shortened(ast.unparse(node)))


def _check_name(node: ast.Name, names: Collection[str]) -> None:
    if node.id.startswith("__"):
        raise _at(node, "underscore", name=shortened(node.id))
    if isinstance(node.ctx, ast.Store) and node.id in RESERVED:
        raise _at(node, "reserved", name=node.id)
    known = node.id in names or node.id in RESERVED
    if not known:
        raise _at(node, "unknown_name", name=shortened(node.id))


def _check_call(node: ast.Call, names: Collection[str]) -> None:
    """That what is called is a function or a method that lines know; `_check_loop` is for ``range``."""
    function = node.func
    if path := dotted(function):
        if path in FUNCTIONS:
            return
        raise _at(node, "not_function" if path in CONSTANTS else "unknown_function", name=shortened(path))
    if isinstance(function, ast.Attribute):
        if function.attr in VIEWS:
            raise _at(node, "no_call", name=function.attr)
    elif isinstance(function, ast.Name):
        if function.id not in {*BUILTINS, "range"}:
            kind = "not_function" if function.id in names else "unknown_function"
            raise _at(node, kind, name=shortened(function.id))
    else:
        raise _at(node, "not_function", name=shortened(ast.unparse(function)))


def _check_attribute(node: ast.Attribute) -> None:
    if node.attr.startswith("__"):
        raise _at(node, "underscore", name=shortened(node.attr))
    path = dotted(node)
    if path:
        if path not in FUNCTIONS and path not in CONSTANTS and path not in DTYPES and path != "np.linalg":
            raise _at(node, "unknown_function", name=shortened(path))
    elif node.attr not in VIEWS and node.attr not in METHODS:
        raise _at(node, "attribute", name=shortened(node.attr))
    if isinstance(node.ctx, ast.Store):
        raise _at(node, "target")


def _check_loop(node: ast.For) -> None:
    called = node.iter
    if (
        not isinstance(node.target, ast.Name)
        or not isinstance(called, ast.Call)
        or not isinstance(called.func, ast.Name)
        or called.func.id != "range"
        or not 1 <= len(called.args) <= 3
        or called.keywords
        or node.orelse
    ):
        raise _at(node, "loop")


def _check_target(target: ast.expr) -> None:
    """A name, names between commas, or places of a named array."""
    if isinstance(target, ast.Tuple) and target.elts:
        fine = all(isinstance(one, ast.Name) for one in target.elts)
    else:
        place = target.value if isinstance(target, ast.Subscript) else target
        fine = isinstance(place, ast.Name)
    if not fine:
        raise _at(target, "target")
