"""One hidden layer: what one neuron cannot do, several can."""

import streamlit as st

from explainer.chapters import CHAPTERS
from explainer.chapters.hidden.answers import answers
from explainer.chapters.hidden.chapter import BEGIN, CHAPTER, DATA
from explainer.maths import shallow
from explainer.ui import frame
from explainer.ui.controls import choose, choose_scene
from explainer.ui.live_figure import show_figure
from explainer.ui.questions import ask_questions

visit = frame.open_chapter(CHAPTER)

# Ask: on which points, and with which weights it begins.
with frame.row():
    choose(visit, DATA)
    choose(visit, BEGIN)
with frame.row():
    choose_scene(visit, "network")
frame.show_notices(visit)

# Compute and draw: UNITS hidden units from the start with the number SEED, with every LEARNING_RATE at once;
# the browser moves STEP, and POINTS and VIEW choose what it shows. Another width or another start is computed
# when it is asked for.
show_figure(visit, "network")
ask_questions(visit, "network", answers())
st.markdown(CHAPTER.words.explanation)

# The code that ran.
functions = (shallow.initialize, shallow.forward, shallow.cost, shallow.gradients, shallow.descend)
frame.show_code(functions)

frame.close_chapter(visit, CHAPTERS)
