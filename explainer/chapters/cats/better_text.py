"""What helps one neuron, in words: what each help is, what came of it, and what that tells."""

from collections.abc import Mapping
from typing import Final

from explainer.chapters.cats.better import AS_THEY_ARE, BOTH, MEAN, VIEWS, Outcome
from explainer.chapters.cats.learning import FIRST_ITERATIONS, FIRST_RATE
from explainer.pictures.chosen import DRAWINGS, ChosenSet
from explainer.pictures.views import NUM_VIEWS, REACH
from explainer.words import words
from explainer.words.numbers import Share

TEXT: Final = words("cats").text


def progress_text(how: str, share: float) -> str:
    """How far a training is."""
    return TEXT["help_training"].format(how=_name(how), share=Share(share))


def name_text(how: str, scale: float) -> str:
    """What stands below a picture of w; `scale` is the weight that has full colour."""
    return TEXT["help_w"].format(how=_name(how), scale=scale)


def help_text(how: str, chosen: ChosenSet) -> str:
    """What is done to the training pictures."""
    m = len(chosen.split.training.names)
    said = {
        VIEWS: TEXT["help_is_views"].format(m=m, times=NUM_VIEWS, reach=REACH, examples=f"{NUM_VIEWS * m:,}"),
        MEAN: TEXT["help_is_mean"],
    }
    return " ".join(text for one, text in said.items() if how in {one, BOTH})


def table_text(found: Mapping[str, Outcome]) -> str:
    """A row for each: how many are right, and how many pairs of a hundred, each with its interval."""
    head = TEXT["help_head"].format(m=found[AS_THEY_ARE].m)
    return "\n".join([head, *(_row(how, one) for how, one in found.items())])


def _row(how: str, one: Outcome) -> str:
    low, high = one.interval
    pairs = TEXT["help_no_pairs"]
    if one.pairs is not None:
        pairs = TEXT["help_pairs"].format(**one.pairs.per_hundred)
    return TEXT["help_row"].format(
        how=_name(how),
        right=one.right,
        accuracy=Share(one.right / one.m),
        low=Share(low),
        high=Share(high),
        pairs=pairs,
    )


def compared_text(found: Mapping[str, Outcome], how: str, chosen: ChosenSet) -> str:
    """What the help has changed, whether that may be luck, and what the numbers do not tell."""
    before, after = found[AS_THEY_ARE], found[how]
    said = [
        TEXT["help_right"].format(
            how=_name(how).capitalize(), before=before.right, after=after.right, m=after.m
        )
    ]
    verdicts = [_verdict(before.interval, after.interval)]
    if before.pairs is not None and after.pairs is not None:
        first, second = before.pairs, after.pairs
        counts = {"before": first.per_hundred["share"], "after": second.per_hundred["share"]}
        said.append(TEXT["help_found"].format(**counts))
        verdicts.append(_verdict((first.low, first.high), (second.low, second.high)))
    said.append(TEXT["_".join(["help", *verdicts])])
    mirrored = [TEXT["help_mirrored"]] if how in {VIEWS, BOTH} else []
    alike = TEXT["alike_drawings" if chosen.name == DRAWINGS else "alike_else"]
    rest = TEXT["help_ranges"].format(alike=alike, rate=f"{FIRST_RATE:g}", iterations=f"{FIRST_ITERATIONS:,}")
    chosen_by = [TEXT["help_moves"]] if mirrored and chosen.name == DRAWINGS else []
    return "\n\n".join([*mirrored, " ".join(said), " ".join([rest, *chosen_by])])


def _verdict(before: tuple[float, float], after: tuple[float, float]) -> str:
    """Whether two intervals overlap: if so, the held-out pictures are too few to settle it."""
    overlap = max(before[0], after[0]) <= min(before[1], after[1])
    return "overlap" if overlap else "apart"


def _name(how: str) -> str:
    return TEXT[f"help_{how}"]
