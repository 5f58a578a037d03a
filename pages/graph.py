"""The computation graph: values forward, derivatives backward, one node at a time."""

import streamlit as st

from explainer.chapters import CHAPTERS
from explainer.chapters.graph.blanks import answers
from explainer.chapters.graph.blanks_view import ask_blanks, choose_turn
from explainer.chapters.graph.chapter import CHAPTER, X1, X2, Y
from explainer.chapters.graph.columns_figure import NUM_EXAMPLES
from explainer.ui import frame
from explainer.ui.controls import ask_number, choose, choose_scene
from explainer.ui.live_figure import show_figure
from explainer.ui.questions import ask_questions

visit = frame.open_chapter(CHAPTER)
text = CHAPTER.words.text

# Ask, and watch: J = 3 (a + b c), forward and backward. The browser moves A, B, C and STEP by sliders,
# and chooses by NUDGE which of them is nudged.
with frame.row():
    choose_scene(visit, "course")
frame.show_notices(visit)
show_figure(visit, "course")
numbers = {"m": NUM_EXAMPLES, **answers()}
ask_questions(visit, "course", numbers)
st.markdown(CHAPTER.words.explanation)

# The same for logistic regression, on an example of one's own. The browser moves W1, W2, BIAS and
# NEURON_STEP, and chooses by NEURON_NUDGE.
st.header(text["neuron"], anchor=False)
st.markdown(text["lead_neuron"])
with frame.row():
    ask_number(visit, X1)
    ask_number(visit, X2)
    choose(visit, Y)
    choose_scene(visit, "neuron")
show_figure(visit, "neuron")
ask_questions(visit, "neuron", numbers)

# Your turn: the derivatives left blank. TURN says with which numbers.
st.header(text["turn"], anchor=False)
st.markdown(text["lead_turn"])
turn = choose_turn(visit)
ask_blanks(visit, "course", turn)
st.markdown(text["turn_neuron"])
ask_blanks(visit, "neuron", turn)

# m examples: the same step for all columns, one COLUMN_STEP after another.
st.header(text["columns"], anchor=False)
st.markdown(text["lead_columns"].format(m=NUM_EXAMPLES))
show_figure(visit, "columns")
ask_questions(visit, "columns", numbers)

# The code that ran.
frame.show_code(CHAPTER.code)

frame.close_chapter(visit, CHAPTERS)
