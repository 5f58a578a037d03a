"""Takes pictures of the app, and tells where two sets of them differ: for changes that nobody should see.

    python -m tools.compare_pictures take FOLDER [--app CHECKOUT]    every chapter and every address below
    python -m tools.compare_pictures compare BEFORE AFTER            pixel by pixel, and sentence by sentence

A chapter is taken from its top to its end, in both sizes and both themes; an address as it opens.
What is drawn comes from the software renderer of one browser on one computer: equal pages are equal pixels.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from explainer.chapters import ORDER
from tests.browser.chromium import ARGS, executable
from tests.browser.serving import ROOT, Server, serve

CHAPTERS: Final = ("", *ORDER)
SIZES: Final = {"laptop": (1366, 768), "phone": (390, 844)}
THEMES: Final = ("light", "dark")
ADDRESSES: Final = tuple((Path(__file__).parent / "addresses.txt").read_text(encoding="utf-8").split())
READY: Final = """() => {
    if (document.querySelector('.stApp')?.dataset.testScriptState !== 'notRunning') return false;
    const seen = [...document.querySelectorAll('.live-root')].filter((root) => {
        const box = root.getBoundingClientRect();
        return box.bottom > 0 && box.top < innerHeight;
    });
    return seen.every((root) => root.player?.ready);
}"""
SETTLE: Final = 700
"""Milliseconds in which what moves by itself comes to rest: fonts, a camera, a scroll bar."""
OVERLAP: Final = 60
"""Pixels of a page that two pictures one below the other share."""
SAYS: Final = (
    "[...document.querySelectorAll('[data-testid=stAlertContentWarning] p')].map((p) => p.innerText)"
)


def take(folder: Path, checkout: Path) -> None:
    """Pictures of the app in `checkout`, into `folder`; beside them what pages say about addresses."""
    folder.mkdir(parents=True, exist_ok=True)
    sentences = {}
    with serve(root=checkout) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGS)
        for size in SIZES:
            for theme in THEMES:
                _take_chapters(browser, server, folder, size, theme)
        for number, address in enumerate(ADDRESSES, start=1):
            page = _opened(browser, f"{server}/{address}", "laptop", "light")
            page.screenshot(path=folder / f"address-{number:02}.png")
            sentences[address] = sorted(page.evaluate(SAYS))
            page.context.close()
        browser.close()
    (folder / "sentences.json").write_text(json.dumps(sentences, indent=1), encoding="utf-8")


def _take_chapters(browser: Browser, server: Server, folder: Path, size: str, theme: str) -> None:
    for chapter in CHAPTERS:
        page = _opened(browser, f"{server}/{chapter}", size, theme)
        for number, _ in enumerate(_downwards(page)):
            page.screenshot(path=folder / f"{chapter or 'home'}-{size}-{theme}-{number}.png")
        page.context.close()


def _opened(browser: Browser, address: str, size: str, theme: str) -> Page:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=theme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    page.locator("[data-testid=stMain] h1, [data-testid=stMain] h3").first.wait_for()
    _wait(page)
    return page


def _wait(page: Page) -> None:
    page.wait_for_function(READY, timeout=60_000)
    page.wait_for_timeout(SETTLE)
    page.wait_for_function(READY, timeout=60_000)


def _downwards(page: Page) -> Iterator[None]:
    """The page's main part from its top to its end, a screen at a time."""
    while True:
        yield
        moved = page.evaluate(
            f"""() => {{
                const main = document.querySelector('[data-testid=stMain]');
                const before = main.scrollTop;
                main.scrollTo(0, before + innerHeight - {OVERLAP});
                return main.scrollTop > before;
            }}"""
        )
        if not moved:
            return
        _wait(page)


def compare(before: Path, after: Path) -> int:
    """Prints what differs; how many pictures and addresses do."""
    names = sorted({path.name for folder in (before, after) for path in folder.glob("*.png")})
    differing = 0
    for name in names:
        said = _difference(before / name, after / name)
        if said:
            differing += 1
            print(f"{name}: {said}")
    differing += _compare_sentences(before, after)
    print(f"{len(names)} pictures and {len(ADDRESSES)} addresses compared, {differing} differ")
    return differing


def _difference(before: Path, after: Path) -> str:
    if not (before.is_file() and after.is_file()):
        return f"only in {before.parent if before.is_file() else after.parent}"
    old, new = (np.asarray(Image.open(path).convert("RGB")).astype(int) for path in (before, after))
    if old.shape != new.shape:
        return f"{old.shape} is {new.shape} now"
    apart = np.abs(old - new).max(axis=2)
    if not apart.any():
        return ""
    rows, columns = np.nonzero(apart)
    place = f"x {columns.min()}-{columns.max()}, y {rows.min()}-{rows.max()}"
    return f"{np.count_nonzero(apart)} pixels by up to {apart.max()} of 255, in {place}"


def _compare_sentences(before: Path, after: Path) -> int:
    old, new = (
        json.loads((folder / "sentences.json").read_text(encoding="utf-8")) for folder in (before, after)
    )
    differing = [address for address in ADDRESSES if old.get(address) != new.get(address)]
    for address in differing:
        print(f"{address}:\n  before {old.get(address)}\n  after  {new.get(address)}")
    return len(differing)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    todo = parser.add_subparsers(dest="todo", required=True)
    taking = todo.add_parser("take")
    taking.add_argument("folder", type=Path)
    taking.add_argument("--app", type=Path, default=ROOT)
    comparing = todo.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    asked = parser.parse_args()
    if asked.todo == "take":
        take(asked.folder, asked.app.resolve())
        return 0
    return 1 if compare(asked.before, asked.after) else 0


if __name__ == "__main__":
    sys.exit(main())
