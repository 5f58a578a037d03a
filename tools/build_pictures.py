"""Draws assets/pictures: one sheet of 64x64 tiles for each emoji family, and the table of what is on them.

    python -m venv /tmp/tools && /tmp/tools/bin/pip install -r tools/requirements.txt
    /tmp/tools/bin/python tools/build_pictures.py            writes the sheets and the table anew
    /tmp/tools/bin/python tools/build_pictures.py --check    compares them with what a rebuild would write

The drawings are those of pinned npm packages, fetched by `npm pack`. The same packages give the same bytes.
"""

import argparse
import csv
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import resvg_py
from numpy.typing import NDArray
from PIL import Image

PICTURES = Path(__file__).parents[1] / "assets" / "pictures"
SIDE, COLUMNS = 64, 10  # pixels along a tile, tiles along a sheet
HEAD = ("family", "name", "cat", "licence", "row", "column")
FREE = {"Apache-2.0", "CC-BY-4.0", "MIT"}  # none of them asks that what is made with it be licensed alike

# fmt: off
CATS = [
    "black-cat", "cat", "cat-face", "cat-with-tears-of-joy", "cat-with-wry-smile", "crying-cat",
    "grinning-cat", "grinning-cat-with-smiling-eyes", "kissing-cat", "pouting-cat",
    "smiling-cat-with-heart-eyes", "weary-cat",
]
"""Domestic cats, whole or only their faces; a tiger is not one, nor is the print of a paw."""
OTHERS = [
    "bear", "cow-face", "dog", "dog-face", "fish", "fox", "frog", "hamster", "koala", "leopard", "lion",
    "monkey-face", "mouse-face", "owl", "panda", "penguin", "pig-face", "rabbit", "rabbit-face", "raccoon",
    "tiger", "tiger-face", "wolf",
    "basketball", "carrot", "jack-o-lantern", "maple-leaf", "tangerine",
    "crying-face", "face-with-tears-of-joy", "grinning-face", "smiling-face-with-heart-eyes",
    "doughnut", "pizza", "red-apple", "strawberry",
    "bicycle", "rocket", "taxi",
    "bell", "guitar", "umbrella",
    "house-with-garden",
    "cactus", "rose", "sunflower",
]
"""What has a cat's shape (other animals), a cat's colour (orange things, yellow faces), or neither."""
# fmt: on


@dataclass(frozen=True)
class Family:
    """A package of drawings: its version, the licence it states, and the licence of the drawings in it.

    `spelled` is how the family calls a drawing where no rule finds it; None where it has none that will do.
    """

    version: str
    stated: str
    licence: str
    spelled: dict[str, str | None]


FXEMOJI: dict[str, str | None] = {
    # The plain name is the face, the animal from the side is what others call by the plain name.
    **{f"{name}-face": name for name in ("cat", "dog", "mouse", "tiger")},
    **{name: f"{name}side" for name in ("cat", "dog", "tiger", "leopard")},
    "rabbit": "bunnyside",
    "rabbit-face": "bunny",
    "hamster": "hampster",
    "fox": "foxsmiling",
    "basketball": "basketballandhoop",
    "panda": "pandaface",
    "wolf": "wolfface",
    "pizza": "sliceofpizza",
    "red-apple": "redapple",
    "crying-face": "crying",
    "face-with-tears-of-joy": "grintears",
    "grinning-face": "grinwide",
    "smiling-face-with-heart-eyes": "hearteyes",
    # Where others draw cats, Firefox OS drew foxes: as like a cat as an animal can be, and none.
    "crying-fox": "foxcrying",
    "fox-with-tears-of-joy": "foxtearofjoy",
    "grinning-fox": "foxgrin",
    "kissing-fox": "foxkissing",
    "pouting-fox": "foxpouting",
}
FAMILIES = {
    "emojione": Family("1.2.3", "CC-BY-4.0", "CC-BY-4.0", {}),
    # Their grinning cats are their cat's faces once more.
    "fluent-emoji": Family("1.2.7", "MIT", "MIT", {"grinning-cat": None}),
    "fluent-emoji-flat": Family("1.2.6", "MIT", "MIT", {"grinning-cat": None}),
    # The package states the licence of Firefox OS Emoji's code; its drawings have one of their own.
    "fxemoji": Family("1.2.2", "Apache-2.0", "CC-BY-4.0", FXEMOJI),
    "noto": Family("1.2.9", "Apache-2.0", "Apache-2.0", {}),
    "noto-v1": Family("1.2.5", "Apache-2.0", "Apache-2.0", {}),
    # Its leaf is not a maple's.
    "streamline-emojis": Family("1.2.4", "CC-BY-4.0", "CC-BY-4.0", {"fox": "fox-face-1", "maple-leaf": None}),
    "twemoji": Family("1.2.5", "CC-BY-4.0", "CC-BY-4.0", {}),
}


@dataclass(frozen=True)
class Package:
    """What an npm package of drawings holds: info.json and icons.json."""

    info: dict[str, Any]
    icons: dict[str, Any]

    def find(self, name: str, spelled: dict[str, str | None]) -> str | None:
        """The package's own name of a drawing, None if it has none."""
        if name in spelled:
            return spelled[name]
        spellings = (name, name.replace("cat", "cat-face", 1), f"{name}-face", f"{name}-1")
        known = self.icons["icons"].keys() | self.icons.get("aliases", {}).keys()
        return next((way for way in (*spellings, name.replace("-", "")) if way in known), None)

    def svg(self, own_name: str) -> str:
        """A drawing as a page of SVG that fits into a square tile, centred."""
        icon = self.icons["icons"].get(own_name) or self.icons["aliases"][own_name]
        if "parent" in icon:
            if icon.keys() != {"parent"}:
                raise ValueError(f"{own_name} is turned or flipped, which nothing here does")
            return self.svg(icon["parent"])
        left, top, width, height = (
            icon.get(key, self.icons.get(key, usual))
            for key, usual in (("left", 0), ("top", 0), ("width", 16), ("height", 16))
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'width="{SIDE}" height="{SIDE}" viewBox="{left} {top} {width} {height}">{icon["body"]}</svg>'
        )


def fetch(family: str, version: str, folder: Path) -> Package:
    """The package of a family, fetched into `folder` unless it lies there. ValueError for another licence."""
    archive = folder / f"iconify-json-{family}-{version}.tgz"
    if not archive.exists():
        command = ["npm", "pack", "--silent", f"@iconify-json/{family}@{version}"]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(archive) as files:
        info, icons = (json.load(_member(files, name)) for name in ("info.json", "icons.json"))
    stated = info["license"]["spdx"]
    if stated != FAMILIES[family].stated or not {stated, FAMILIES[family].licence} <= FREE:
        raise ValueError(f"{family} {version} is licensed {stated}, which is not what was looked at")
    return Package(info, icons)


def _member(files: tarfile.TarFile, name: str) -> io.BufferedReader:
    member = files.extractfile(f"package/{name}")
    if member is None:
        raise ValueError(f"the package has no file {name}")
    return member  # type: ignore[return-value]  # typeshed says IO[bytes]


def draw(svg: str) -> NDArray[np.uint8]:
    """A tile (64, 64, 3) on white."""
    png = resvg_py.svg_to_bytes(
        svg_string=svg, background="#ffffff", width=SIDE, height=SIDE, skip_system_fonts=True
    )
    with Image.open(io.BytesIO(bytes(png))) as image:
        return np.asarray(image.convert("RGB"))


def tiles(family: str, package: Package) -> Iterator[tuple[str, NDArray[np.uint8]]]:
    """The chosen drawings of a family by name, in the order of the alphabet."""
    spelled = FAMILIES[family].spelled
    extra = [name for name in spelled if name not in {*CATS, *OTHERS}]
    for name in sorted({*CATS, *OTHERS, *extra}):
        own_name = package.find(name, spelled)
        if own_name is not None:
            yield name, draw(package.svg(own_name))


def build(folder: Path, downloads: Path) -> None:
    """Writes the sheets and the table into `folder`."""
    rows: list[tuple[str | int, ...]] = []
    for family, source in sorted(FAMILIES.items()):
        drawn = dict(tiles(family, fetch(family, source.version, downloads)))
        places = [divmod(k, COLUMNS) for k in range(len(drawn))]
        sheet = np.full(((places[-1][0] + 1) * SIDE, COLUMNS * SIDE, 3), 255, np.uint8)
        for (row, column), (name, tile) in zip(places, drawn.items(), strict=True):
            sheet[row * SIDE :, column * SIDE :][:SIDE, :SIDE] = tile
            rows.append((family, name, int(name in CATS), source.licence, row, column))
        Image.fromarray(sheet).save(folder / f"{family}.png", optimize=True)
    with (folder / "pictures.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEAD, *rows])


def differences(folder: Path) -> list[str]:
    """What of a build in `folder` is not what is committed; SOURCES.md must name every package."""
    names = [f"{family}.png" for family in FAMILIES] + ["pictures.csv"]
    wrong = [
        name
        for name in names
        if not (PICTURES / name).exists() or (PICTURES / name).read_bytes() != (folder / name).read_bytes()
    ]
    told = (PICTURES / "SOURCES.md").read_text(encoding="utf-8")
    packages = [f"@iconify-json/{family} {source.version}" for family, source in FAMILIES.items()]
    return wrong + [f"SOURCES.md: {package}" for package in packages if package not in told]


def main() -> None:
    """Reads the command line and does what it says."""
    parser = argparse.ArgumentParser(description="Draws assets/pictures.")
    parser.add_argument("--check", action="store_true", help="compare a rebuild with what is committed")
    parser.add_argument("--into", type=Path, default=PICTURES, help="where to write instead")
    parser.add_argument("--downloads", type=Path, help="a folder that keeps the npm packages")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        downloads = asked.downloads or Path(scratch)
        downloads.mkdir(parents=True, exist_ok=True)
        folder = Path(scratch) if asked.check else asked.into
        folder.mkdir(parents=True, exist_ok=True)
        build(folder, downloads.resolve())
        wrong = differences(folder) if asked.check else []
    if wrong:
        sys.exit("not what a rebuild writes: " + ", ".join(wrong))


if __name__ == "__main__":
    main()
