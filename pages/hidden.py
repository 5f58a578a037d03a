"""One hidden layer: what one neuron cannot do, several can."""

import streamlit as st

from explainer.chapters import CHAPTERS
from explainer.chapters.hidden.answers import answers
from explainer.chapters.hidden.chapter import CHAPTER, DATA, LEARNED_FROM, VALLEYS, WIDTHS
from explainer.chapters.hidden.drawings_view import show_drawings
from explainer.chapters.hidden.points import points_text
from explainer.ui import frame
from explainer.ui.controls import choose, choose_scene
from explainer.ui.live_figure import show_figure
from explainer.ui.places import place, say
from explainer.ui.questions import ask_questions

visit = frame.open_chapter(CHAPTER)
text = CHAPTER.words.text

# Ask: on which points.
with frame.row():
    choose(visit, DATA)
    choose_scene(visit, "network")
frame.show_notices(visit)

say("points-are", points_text(visit.value(DATA)))

# Compute and draw: UNITS hidden units from the start that BEGIN and SEED name, with every LEARNING_RATE; the
# browser moves STEP, and POINTS and VIEW choose what it shows. Another width or start is computed when it is
# asked for.
show_figure(visit, "network")
numbers = answers()
ask_questions(visit, "network", numbers)
st.markdown(CHAPTER.words.explanation)

# What takes longer to compute, when it is asked for: several widths, learned from all points or from a few;
# the cost surface through the ends from SEED and from OTHER_SEED.
st.header(text["widths_title"], anchor=False)
st.markdown(text["widths_lead"])
asked = choose(visit, WIDTHS)
with place("hidden-widths", asked):
    if asked != "hidden":
        visit.supply(LEARNED_FROM, asked)
        show_figure(visit, "widths")
ask_questions(visit, "widths", numbers)

st.header(text["valleys_title"], anchor=False)
st.markdown(text["valleys_lead"])
asked = choose(visit, VALLEYS)
with place("hidden-valleys", asked):
    if asked != "hidden":
        show_figure(visit, "valleys")
ask_questions(visit, "valleys", numbers)

# The cats again, with 4 or 16 hidden units, or with more views of every drawing.
st.header(text["drawings_title"], anchor=False)
st.markdown(text["drawings_lead"].format(**numbers))
ask_questions(visit, "", numbers)
show_drawings(visit)

# The code that ran.
frame.show_code(CHAPTER.code)

frame.close_chapter(visit, CHAPTERS)
