"""What the tests of pages do: open one without a browser, look at it, press its buttons."""

from functools import cache
from string import Formatter
from typing import Any
from urllib.parse import parse_qs

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

SECONDS = 60
HOME = "home"
# Every AppTest looks for components among all packages that are installed, which takes longer than a page.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def open_page(name: str, query: str = "") -> AppTest:
    """A new visitor's page, which they came to by its address: no page ran before."""
    app = AppTest.from_file("../explainer/app.py", default_timeout=SECONDS)
    for key, values in parse_qs(query, keep_blank_values=True).items():
        app.query_params[key] = values
    if name != HOME:
        app.switch_page(f"../pages/{name}.py")
    return clean(app.run())


def elements_of(app: AppTest) -> dict[int, Any]:
    """What stands on the page itself, one below the other, by number."""
    (page,) = [one for one in app.main.children.values() if "-page-" in getattr(one.proto, "id", "")]
    children: dict[int, Any] = page.children
    return children


def clean(app: AppTest) -> AppTest:
    assert [exception.message for exception in app.exception] == []
    return app


def address_warnings(app: AppTest) -> list[str]:
    return [sentence for warning in app.warning for sentence in warning.value.split("\n\n")]


def choice(app: AppTest, chapter: str, name: str) -> Any:
    return app.segmented_control(key=f"{chapter}-{name}")


def button(app: AppTest, label: str) -> Any:
    return next(button for button in app.button if button.label == label)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
