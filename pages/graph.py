"""The computation graph: values forward, derivatives backward, one node at a time."""

import streamlit as st

from explainer.chapters.graph import blanks_view as turn
from explainer.chapters.graph import graph_view as graph
from explainer.chapters.graph.columns_figure import Y
from explainer.maths.graph import Graph, course, neuron
from explainer.maths.logistic import gradients
from explainer.ui import controls, frame
from explainer.words import words

visit = frame.open_chapter(graph.CHAPTER)
said = words("graph").text

# Ask, and watch: J = 3 (a + b c), forward and backward.
with frame.row():
    controls.scenes(visit, "course")
graph.figures(visit)
notices = st.container()
graph.show_course(visit)
frame.scene(visit, "course")
st.markdown(words("graph").lead)

# The same for logistic regression, on an example of one's own.
st.subheader(said["neuron"], anchor=False)
st.markdown(said["lead_neuron"])
with frame.row():
    example = graph.example(visit)
    controls.scenes(visit, "neuron")
graph.show_neuron(visit, example)
frame.scene(visit, "neuron")

# Your turn: the derivatives left blank.
st.subheader(said["turn"], anchor=False)
st.markdown(said["lead_turn"])
numbers = turn.number_of_turn(visit)
with notices:
    frame.notices(visit)
turn.section(visit, "course", numbers)
st.markdown(said["turn_neuron"])
turn.section(visit, "neuron", numbers)

# m examples: the same step for all columns.
st.subheader(said["columns"], anchor=False)
st.markdown(said["lead_columns"].format(m=Y.size))
graph.show_columns(visit)

# Let try, show the code that ran.
trying, reading = st.columns([2, 3], gap="large")
with trying:
    frame.tasks(visit, graph.answers(example))
with reading:
    frame.code([Graph.forward, Graph.backward, Graph.slope, course, neuron, gradients])

frame.close_chapter(visit)
