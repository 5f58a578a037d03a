"""Loss and cost: what one example costs, what all of them cost together, and why it is a logarithm."""

import streamlit as st

from explainer.chapters import CHAPTERS
from explainer.chapters.loss.answers import about_text, answers, bowls_text
from explainer.chapters.loss.chapter import BIAS, CHAPTER, DATA, WEIGHT
from explainer.ui import frame
from explainer.ui.by_hand import link_to_descent, walk_by_hand
from explainer.ui.controls import choose, choose_scene
from explainer.ui.live_figure import show_figure
from explainer.ui.places import say
from explainer.ui.questions import ask_questions

visit = frame.open_chapter(CHAPTER)
text = CHAPTER.words.text

# Ask: on which data.
with frame.row():
    data = choose(visit, DATA)
    choose_scene(visit, "examples")
frame.show_notices(visit)

# Compute and draw: every example's loss at every WEIGHT and BIAS; the browser picks these and one EXAMPLE,
# and evens the bars out to J by AVERAGED.
show_figure(visit, "examples")
link_to_descent(visit, walk_by_hand(visit, WEIGHT, BIAS, data), DATA, text["by_hand"])
ask_questions(visit, "examples", answers(data))
say("about", about_text(data))

# The same again for all (w, b) at once, beside another way to be wrong: walks down both from one START, by
# LEARNING_RATE and STEP, seen by VIEW. A press on a map is the new START.
st.header(text["surfaces"], anchor=False)
st.markdown(text["lead_surfaces"])
with frame.row():
    choose_scene(visit, "surfaces")
show_figure(visit, "surfaces")
ask_questions(visit, "surfaces", answers(data))
with st.expander(text["bowls_box"]):
    say("bowls", bowls_text(data))

# The code that ran.
frame.show_code(CHAPTER.code)

frame.close_chapter(visit, CHAPTERS)
