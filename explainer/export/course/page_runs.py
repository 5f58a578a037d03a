"""Runs of the app's pages without a browser, for what stands on them to be written down.

Streamlit's own AppTest runs them, as it does in the tests. All boxes with something to read are open.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch
from urllib.parse import urlsplit

from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.testing.v1 import AppTest

from explainer.serving.published import find
from explainer.ui.frame import READING

APP: Final = Path(__file__).parents[2] / "app.py"
HOME: Final = "home"
SECONDS: Final = 300
"""What a page may take: some train before they show anything."""
FIGURE: Final = "cat_or_not_live"
# Every AppTest looks for components among all packages that are installed, which takes longer than a page.
find_components = cache(manifest_scanner.scan_component_manifests)


@dataclass(frozen=True)
class FigureShown:
    """A live figure as a run shows it: the path of its packed stage, the stage, its controls' texts."""

    path: str
    packed: bytes
    texts: Mapping[str, str]


class PageRun:
    """A visitor's page after its last run. `page` is what stands on it, as Streamlit's blocks."""

    def __init__(self, name: str, query: Mapping[str, str] | None = None) -> None:
        self.name = name
        self.pictures: dict[str, bytes] = {}
        self._app = AppTest.from_file(str(APP), default_timeout=SECONDS)
        for key, text in (query or {}).items():
            self._app.query_params[key] = [text]
        if name != HOME:
            self._app.switch_page(f"../pages/{name}.py")
        self._run()
        self._open_boxes()

    @property
    def page(self) -> Any:
        """The container of all that is the page's own."""
        (page,) = [one for one in self._app.main.children.values() if (key_of(one) or "").startswith("page-")]
        return page

    @property
    def figures(self) -> dict[str, FigureShown]:
        """The live figures on the page by their names, in their order."""
        return {figure_name(one, self.name): _shown(one) for one in _within(self.page) if is_figure(one)}

    @property
    def numbers(self) -> Mapping[str, Mapping[str, Any]]:
        """What stands for the placeholders of questions, by the spot where they are asked."""
        stays: Mapping[str, Any] = self._app.session_state["stays"]
        numbers: Mapping[str, Mapping[str, Any]] = stays[self.name].numbers
        return numbers

    @property
    def texts(self) -> dict[str, str]:
        """All settings that have an effect now, by their texts in an address."""
        texts: dict[str, str] = {}
        for one in _within(self.page):
            if is_figure(one):
                (visitor,) = json.loads(one.proto.json)
                texts |= visitor["texts"]
                texts |= {name: text for name, text in visitor["address"].items() if text is not None}
        return texts

    def choose_scene(self, figure: str, scene: str) -> None:
        """Presses a scene's button."""
        self._app.button(key=f"try-{self.name}-{figure}-{scene}").click()
        self._run()

    def _run(self) -> None:
        with _keeping_files() as files:
            self._app.run()
        if self._app.exception:
            raise RuntimeError(f"{self.name}: {self._app.exception[0].message}")
        for picture in self._app.get("image"):
            for one in picture.proto.imgs:
                self.pictures[one.url] = files.get_file(urlsplit(one.url).path.rpartition("/")[2]).content

    def _open_boxes(self) -> None:
        closed = [key for one in _within(self.page) if (key := key_of(one) or "").startswith(READING)]
        for key in closed:
            self._app.session_state[key] = True
        if closed:
            self._run()


def key_of(node: Any) -> str | None:
    """The key that the page has given to an element or a block."""
    parts = getattr(node.proto, "id", "").split("-", 2)
    return parts[2] if len(parts) == 3 and parts[2] != "None" else None


def is_figure(node: Any) -> bool:
    return bool(node.type == "bidi_component" and node.proto.component_name == FIGURE)


def figure_name(node: Any, chapter: str) -> str:
    return (key_of(node) or "").removeprefix(f"live-{chapter}-")


def _shown(node: Any) -> FigureShown:
    (visitor,) = json.loads(node.proto.json)
    publication = find(visitor["block"])
    assert publication is not None, "it was published in this run"
    return FigureShown(visitor["block"], publication.content, visitor["texts"])


def _within(node: Any) -> Iterator[Any]:
    """An element, or a block and all that is in it."""
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _within(child)


@contextmanager
def _keeping_files() -> Iterator[MemoryMediaFileStorage]:
    """The store of the pictures of a run, which Streamlit would throw away with it."""
    files = MemoryMediaFileStorage("/mock/media")
    with (
        patch("streamlit.testing.v1.app_test.MemoryMediaFileStorage", lambda _: files),
        patch.object(manifest_scanner, "scan_component_manifests", find_components),
    ):
        yield files
