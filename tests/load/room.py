"""A room of visitors: all arrive within seconds, and walk through the chapters on their own."""

import asyncio
import random
from collections import defaultdict
from dataclasses import dataclass, field
from io import BytesIO
from statistics import quantiles
from time import perf_counter
from typing import Final

import numpy as np
from PIL import Image

from explainer.chapters import ORDER
from explainer.words import words
from tests.load.visitor import LoadError, Visitor

SCENES: Final = ("sigmoid", "loss", "descent", "graph")
"""Chapters whose scenes are pressed on the way."""

RACE: Final = "vectorization: a race"
RACING: Final = 25
"""One visitor in so many races, every other time they come by: each race takes a core for two seconds."""


def a_picture() -> bytes:
    """A PNG of 600 x 400 pixels, as noisy as a photograph."""
    written = BytesIO()
    pixels = np.random.default_rng(1).integers(0, 256, (400, 600, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(written, "PNG")
    return written.getvalue()


PICTURE: Final = a_picture()


@dataclass(frozen=True)
class Plan:
    """How many visitors there are, how long they stay, and how they walk, in seconds."""

    visitors: int
    seconds: float
    arriving: float = 10.0
    pause: tuple[float, float] = (1.0, 3.0)


@dataclass
class Findings:
    """Seconds that visitors have waited, by what for; and what went wrong."""

    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)

    @property
    def pages(self) -> list[float]:
        """Waits for a page that somebody went to, or changed; a race takes its two seconds by itself."""
        apart = {"arriving", RACE}
        return [wait for what, waits in self.waits.items() if what not in apart for wait in waits]


def spread(waits: list[float]) -> tuple[float, float, float]:
    """The median, and what 95 and 99 of 100 waited at most."""
    if len(waits) < 2:
        only = sum(waits)
        return only, only, only
    cuts = quantiles(waits, n=100, method="inclusive")
    return cuts[49], cuts[94], cuts[98]


async def fill(server: str, plan: Plan) -> Findings:
    """Runs a whole room."""
    findings = Findings()
    end = perf_counter() + plan.seconds
    visits = (stay(Visitor(server, number), plan, end, findings) for number in range(plan.visitors))
    await asyncio.gather(*visits)
    return findings


async def stay(visitor: Visitor, plan: Plan, end: float, findings: Findings) -> None:
    """One visitor, from arriving until the end; the same walk for the same number."""
    chance = random.Random(visitor.number)
    await asyncio.sleep(chance.uniform(0, plan.arriving))
    try:
        page = chance.choice(ORDER)
        findings.waits["arriving"].append(await visitor.arrive(page))
        while perf_counter() < end:
            await asyncio.sleep(chance.uniform(*plan.pause))
            page = ORDER[(ORDER.index(page) + 1) % len(ORDER)]
            findings.waits[page].append(await visitor.go(page))
            await act(visitor, page, chance, plan, findings)
    except LoadError as error:
        findings.errors.append(str(error))
    finally:
        await visitor.leave()


async def act(visitor: Visitor, page: str, chance: random.Random, plan: Plan, findings: Findings) -> None:
    """Now and then something is changed: a scene, another learning rate, a picture of one's own, a race."""
    if chance.random() < 0.5:
        return
    await asyncio.sleep(chance.uniform(*plan.pause))
    if page in SCENES:
        scene = chance.choice(words(page).scenes)
        findings.waits[f"{page}: a scene"].append(await visitor.press(scene.name))
    elif page == "cats":
        rate = chance.choice(("0.0005", "0.002", "0.003", "0.006"))
        findings.waits["cats: a training"].append(await visitor.go(page, f"learning_rate={rate}"))
    elif page == "vectorization" and visitor.number % RACING == 0:
        findings.waits[RACE].append(await visitor.press(words(page).text["race"]))
    elif page == "pixels" and chance.random() < 0.3:
        await visitor.open(words(page).text["another"])
        findings.waits["pixels: a picture of one's own"].append(await visitor.upload("mine.png", PICTURE))
