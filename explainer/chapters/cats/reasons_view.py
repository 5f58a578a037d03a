"""A picture opened up, in the chapter *Cats*: its z as a sum, drawn over it and written out."""

from typing import Final

import streamlit as st

from explainer.chapters.cats.classifier import Classifier
from explainer.chapters.cats.reasons import Reasons, explain
from explainer.chapters.cats.reasons_figure import overlay
from explainer.maths.checks import ByteArray
from explainer.pictures import SIDE, to_png
from explainer.words import words

WIDTH: Final = 4 * SIDE  # pixels on the page


def show(picture: ByteArray, classifier: Classifier, label: bool | None = None) -> Reasons:
    """The picture (64, 64, 3), what spoke for and against, and the sum; with a label also the loss."""
    text, reasons = words("cats").text, explain(classifier, picture, label)
    with st.container(horizontal=True, gap="medium"):
        image(picture, text["sees"])
        image(overlay(reasons, picture), text["overlay"])
        with st.container(width="stretch"):
            st.markdown(in_words(reasons))
    return reasons


def image(picture: ByteArray, caption: str) -> None:
    """A picture of 64 x 64, its pixels to be seen."""
    # As bytes of the very size and format that is shown: else Streamlit encodes them anew, as JPEG.
    st.image(to_png(picture, WIDTH // SIDE), caption=caption, width=WIDTH, output_format="PNG")


def in_words(reasons: Reasons) -> str:
    """The sum, the probability, the verdict; the loss where the label is known."""
    text = words("cats").text
    known = text["loss"].format(loss=reasons.loss) if reasons.loss is not None else ""
    return text["sum"].format(
        spoke_for=reasons.spoke_for,
        spoke_against=-reasons.spoke_against,
        sign="+" if reasons.b >= 0 else "−",
        b=abs(reasons.b),
        z=f"{reasons.z:.2f}".replace("-", "−"),
        a=reasons.a,
        says=text["verdict_cat" if reasons.says_cat else "verdict_not_cat"],
        known=known,
    )
