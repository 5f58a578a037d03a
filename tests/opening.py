"""What the tests of pages do: open one without a browser, look at it, press its buttons."""

from functools import cache
from string import Formatter
from typing import Any
from urllib.parse import parse_qs

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

SECONDS = 60
# Every AppTest looks for components among all packages that are installed, which takes longer than a page.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def open_page(name: str, query: str = "") -> AppTest:
    app = AppTest.from_file("../explainer/app.py", default_timeout=SECONDS)
    app.run()
    for key, values in parse_qs(query, keep_blank_values=True).items():
        app.query_params[key] = values
    return clean(app.switch_page(f"../pages/{name}.py").run())


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
