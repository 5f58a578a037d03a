"""NumPy basics: the functions of the first assignment, a card and an exercise for each."""

import streamlit as st

from explainer.chapters.numpy_basics import cards_view as cards
from explainer.chapters.numpy_basics import exercises_view as exercises
from explainer.chapters.numpy_basics import numpy_basics_view as numpy_basics
from explainer.chapters.numpy_basics.cards import CARDS
from explainer.ui import frame
from explainer.words import words

visit = frame.open_chapter(numpy_basics.CHAPTER)
said = words("numpy_basics")

# Ask: which function.
function = numpy_basics.choose(visit)
card = said.cards[function]
problems = st.container()
st.markdown(card["what"])

# Compute: what is typed beside the figure is drawn in it.
drawing, typing = st.columns([7, 3])
with typing:
    exercises.progress()
    st.latex(card["formula"])
    example = numpy_basics.example(visit, function)
    arguments = cards.inputs(visit, function, example)
    cards.result(function, arguments)
numpy_basics.stepping(visit, function, arguments)
with problems:
    frame.notices(visit)

# Draw: the arrays, filled cell by cell.
with drawing:
    numpy_basics.show(visit, function, arguments)
    with frame.row():
        numpy_basics.scenes(visit)
    frame.scene(visit, "card")

# Let try: the card's exercise, the code that ran, the chapter's tasks.
trying, reading = st.columns([3, 2], gap="large")
with trying:
    exercises.ask(visit, function, numpy_basics.go_to)
with reading:
    frame.code(CARDS[function].code)
    st.markdown(said.lead)
frame.tasks(visit, numpy_basics.answers())

frame.close_chapter(visit)
