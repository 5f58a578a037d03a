"""A chapter's sentences with the numbers put in, as they stand on its page."""

from typing import Any

from explainer.answers import Bound, Leap, TenfoldRate
from explainer.figures.scenery import Scenery
from explainer.words import words
from explainer.words.numbers import line, number


def descent_lead() -> str:
    """What the chapter is about."""
    said = words("descent")
    return f"{said.lead} {said.text['starting_point']}"


def descent_units(scenery: Scenery) -> str:
    """What standardising means here, and the coefficients in real units beside the published ones."""
    text = words("descent").text
    source = scenery.data.source.rstrip(".")
    if scenery.minimum is None:
        return text["no_minimum"].format(source=source)
    w, b, _ = scenery.minimum
    slope, intercept = scenery.standardised.to_real_units(w, b)
    published = scenery.data.published if scenery.link == "sigmoid" else None
    return text["units"].format(
        mean=scenery.standardised.mean.item(),
        scale=scenery.standardised.scale.item(),
        what=text[f"units_{scenery.link}"],
        line=line(float(slope), float(intercept)),
        published=text["units_published"].format(line=line(*published)) if published else "",
        source=source,
    )


def descent_tasks(tenfold: TenfoldRate, leap: Leap, bound: Bound) -> dict[str, Any]:
    """The numbers in the tasks' questions and answers; None where a walk has none to give."""
    steps_fast, steps_slow = tenfold.steps_fast, tenfold.steps_slow
    return {
        "fast_rate": number(tenfold.fast_rate),
        "slow_rate": number(tenfold.slow_rate),
        "steps_fast": steps_fast,
        "steps_slow": steps_slow,
        "ratio": f"{steps_slow / steps_fast:.1f}" if steps_fast and steps_slow else None,
        "leap_rate": number(leap.learning_rate),
        "leap_step": leap.step,
        "leap_before": number(leap.before),
        "leap_after": number(leap.after),
        "largest_rate": number(bound.learning_rate),
        "count": bound.num_iterations,
        "largest_cost": number(bound.largest_cost),
        "bound": number(bound.slope_bound),
        "line_rate": number(bound.line_rate),
        "line_cost": number(bound.line_cost),
    }
