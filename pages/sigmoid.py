"""Why not a straight line: the least-squares line and the sigmoid on the same labels."""

import streamlit as st

from explainer.chapters import CHAPTERS
from explainer.chapters.sigmoid.answers import about_text, answers, table
from explainer.chapters.sigmoid.chapter import CHAPTER, DATA
from explainer.chapters.sigmoid.examples import both_fits
from explainer.ui import frame
from explainer.ui.controls import choose, choose_scene
from explainer.ui.live_figure import show_figure
from explainer.ui.picture_sets import in_use
from explainer.ui.places import place, say
from explainer.ui.questions import ask_questions

visit = frame.open_chapter(CHAPTER)
text = CHAPTER.words.text

# Ask: on which data.
with frame.row():
    data = choose(visit, DATA)
    choose_scene(visit, "outlier")
frame.show_notices(visit)

# Compute and draw: both fits for every place of one more example; the browser pushes it by OUTLIER,
# and shows by AHEAD where both cuts will go.
both = both_fits(data)
show_figure(visit, "outlier")
numbers = answers(both)
ask_questions(visit, "outlier", numbers)
st.markdown(CHAPTER.words.explanation)
say("about", about_text(data, both, in_use().name))

# The sigmoid itself, for every WEIGHT, BIAS and INPUT; the browser turns them, and shows its slope by SLOPES.
st.header(text["neuron"], anchor=False)
st.markdown(text["lead_neuron"])
with frame.row():
    choose_scene(visit, "neuron")
show_figure(visit, "neuron")
ask_questions(visit, "neuron", numbers)

# Line and sigmoid compared point by point; the code that ran.
point_by_point = frame.reading_box(text["table"], "table")
if point_by_point.open:
    with point_by_point, place("table", data, in_use().key):
        st.markdown(text["table_says"].format(**numbers))
        st.table(table(both))
frame.show_code(CHAPTER.code)

frame.close_chapter(visit, CHAPTERS)
