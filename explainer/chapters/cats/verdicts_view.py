"""What the classifier says of pictures, and why: the gallery of its mistakes, and the visitor's picture."""

from typing import Final

import numpy as np
import streamlit as st

from explainer.chapters.cats.chapter import CHAPTER, JUDGED, PICTURE, WHICH
from explainer.chapters.cats.classifier import Change, Classifier, Reasons, explain, smallest_change
from explainer.chapters.cats.gallery_figure import MOST, judge
from explainer.chapters.cats.take_along_view import brought_weights
from explainer.maths.checks import ByteArray, FloatArray
from explainer.pictures import SIDE, PictureSet, to_png
from explainer.pictures.chosen import ChosenSet
from explainer.stage.palette import TONES
from explainer.ui import frame, own_picture
from explainer.ui.controls import choose
from explainer.ui.live_figure import show_figure
from explainer.ui.places import place, say
from explainer.ui.session import kept_last
from explainer.ui.visit import Visit
from explainer.words import words
from explainer.words.numbers import minus

TEXT: Final = words("cats").text
GALLERY: Final = "mistakes"
"""The name of the gallery's figure."""
OWN: Final = "own"
MOST_KEPT: Final = 16
"""Pictures whose files a visit keeps: about twice as many as a page shows."""
WIDTH: Final = 4 * SIDE  # pixels of a picture on the page
STRONG: Final = 0.98
"""The quantile of |part| that gets full colour: scaled by the few largest, all others would look pale."""
PALE: Final = 0.35
"""The contrast that the grey picture keeps below the colours."""
COVER: Final = 0.85
"""How opaque full colour is."""


# ---- the gallery


def show_gallery(visit: Visit, chosen: ChosenSet, classifier: Classifier) -> None:
    """The gallery, if it is open or the address asks for it, and the reasons for the picked picture."""
    asked_for = any(visit.stay.seen.get(control.name) for control in CHAPTER.figures[GALLERY].controls)
    box = frame.reading_box(TEXT["gallery_open"], "gallery", asked_for)
    if not box.open:
        return
    with box:
        seen = TEXT["gallery_seen"] if chosen.split.held_out is None else ""
        say("gallery-of", TEXT["gallery_elsewhere"] if brought_weights() else seen)
        m = len(chosen.judged.names)
        say("gallery-most", TEXT["gallery_most"].format(shown=MOST, m=m) if m > MOST else "")
        judged = judge(chosen, classifier)
        visit.supply(JUDGED, judged)
        show_figure(visit, GALLERY)
        opened = judged.order[visit.value(WHICH) - 1]
        picture, label = judged.pictures.pictures[opened], bool(judged.pictures.labels[opened])
        name = own_picture.harmless(judged.pictures.names[opened])
        say("opened", TEXT["opened"].format(name=name, what=TEXT["is_cat" if label else "is_other"]))
        show_reasons("opened-reasons", picture, classifier, label)


# ---- one's own picture, or one of those held out


def check_picture(visit: Visit) -> None:
    """Goes back to the start, with a notice, if the address asks for an own picture and there is none."""
    if own_picture.brought() is None:
        visit.keep_to(PICTURE, ("cat", "other"), TEXT["no_own"])


def choose_picture(visit: Visit, judged: PictureSet) -> ByteArray:
    """The controls for which picture to look at, and that picture (64, 64, 3)."""
    mine = own_picture.brought()
    is_available = {"cat": judged.labels.any(), "other": not judged.labels.all(), OWN: mine is not None}
    available = tuple(option for option in PICTURE.options if is_available[option])
    if visit.value(PICTURE) not in available:  # a small set may hold out pictures of one class only
        visit.put(PICTURE, available[0])
    with place("picture", *available, width="content"):
        chosen = choose(visit, PICTURE, available)
    box = own_picture.show_box(visit, TEXT["bring"])
    if box.open:
        with box:
            own_picture.ask_for_picture(visit, lambda: visit.put(PICTURE, OWN))
    if chosen == OWN and mine is not None:
        return mine
    found: ByteArray = judged.pictures[np.argmax(judged.labels == (chosen == "cat"))]
    return found


def show_verdict(visit: Visit, chosen: ChosenSet, classifier: Classifier, picture: ByteArray) -> None:
    """The verdict and its reasons, what the classifier was trained on, and the smallest change to turn it."""
    own_picture.show_problem(visit)
    reasons = show_reasons("reasons", picture, classifier)
    trained = "trained_elsewhere" if brought_weights() else f"trained_{chosen.name}"
    say("trained", TEXT[trained].format(m=len(chosen.split.training.names)), st.caption)
    st.markdown(f"**{TEXT['mind']}**")
    about = classifier, picture.tobytes()
    change = kept_last("cats_changes", about, lambda: smallest_change(classifier, picture))
    if change is None:
        say("change", TEXT["no_change"])
    else:
        show_change(picture, reasons, change)


def show_change(picture: ByteArray, reasons: Reasons, change: Change) -> None:
    """The picture before and after the smallest change that turns the verdict."""
    before = TEXT["before"].format(a=reasons.a)
    after = TEXT["nudged"].format(most=change.most, a=change.a)
    says = TEXT["verdict_not_cat" if reasons.says_cat else "verdict_cat"]
    text = TEXT["change"].format(most=change.most, says=says)
    with place("change", before, after, text), st.container(horizontal=True, gap="medium"):
        show_picture(picture, before)
        show_picture(change.picture, after)
        with st.container(width="stretch"):
            st.markdown(text)


# ---- the reasons for a verdict


def show_reasons(name: str, picture: ByteArray, classifier: Classifier, label: bool | None = None) -> Reasons:
    """The picture (64, 64, 3), what spoke for and against *cat*, and the sum; with a label also the loss.

    `name` is its place's on the page.
    """
    reasons = explain(classifier, picture, label)
    with st.container(horizontal=True, gap="medium"):
        show_picture(picture, TEXT["sees"])
        show_picture(overlay(reasons, picture), TEXT["overlay"])
        with st.container(width="stretch"):
            say(name, sum_text(reasons))
    return reasons


def show_picture(picture: ByteArray, caption: str, width: int = WIDTH) -> None:
    """A picture of 64 x 64, enlarged so that its pixels can be seen."""
    # A PNG of exactly the shown size, because Streamlit encodes all else anew, as JPEG.
    st.image(_png_of(picture), caption=caption, alt=caption, width=width, output_format="PNG")


def _png_of(picture: ByteArray) -> bytes:
    """The picture as a file. The last few are kept in the visit: making one takes longer than showing it."""
    return kept_last("cats_pngs", picture.tobytes(), lambda: to_png(picture, WIDTH // SIDE), MOST_KEPT)


def sum_text(reasons: Reasons) -> str:
    """The sum, the probability, the verdict; the loss if the label is known."""
    return TEXT["sum"].format(
        spoke_for=reasons.spoke_for,
        spoke_against=-reasons.spoke_against,
        sign="+" if reasons.b >= 0 else "−",
        b=abs(reasons.b),
        z=minus(f"{reasons.z:.2f}"),
        a=reasons.a,
        says=TEXT["verdict_cat" if reasons.says_cat else "verdict_not_cat"],
        known=TEXT["loss"].format(loss=reasons.loss) if reasons.loss is not None else "",
    )


def overlay(reasons: Reasons, picture: ByteArray) -> ByteArray:
    """The picture (s, s, 3) in pale grey, coloured orange where it spoke for *cat*, blue where against."""
    strength = np.abs(reasons.parts)
    full = float(np.quantile(strength, STRONG)) or 1.0
    cover = (COVER * np.minimum(strength / full, 1.0))[..., None]
    grey = 255 - PALE * (255 - picture.mean(axis=2, keepdims=True))
    colour = np.where(reasons.parts[..., None] > 0, _rgb("cat"), _rgb("not-cat"))
    shown: ByteArray = np.rint((1 - cover) * grey + cover * colour).astype(np.uint8)
    return shown


def _rgb(role: str) -> FloatArray:
    tone = TONES[role]["light"]
    return np.array([int(tone[k : k + 2], 16) for k in (1, 3, 5)], dtype=np.float64)
