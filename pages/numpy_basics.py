"""NumPy basics: the functions of the first assignment, a card and an exercise for each."""

import streamlit as st

from explainer.chapters import CHAPTERS
from explainer.chapters.numpy_basics.cards import CARDS
from explainer.chapters.numpy_basics.cards_view import (
    ask_arguments,
    ask_exercise,
    choose_function,
    show_progress,
    show_result,
)
from explainer.chapters.numpy_basics.chapter import ARGUMENTS, CHAPTER, EXAMPLE, SHAPE
from explainer.chapters.numpy_basics.exercises import answers
from explainer.chapters.numpy_basics.writing_view import exercise_of, offer_notebook, offer_training
from explainer.ui import frame
from explainer.ui.controls import choose, choose_scene
from explainer.ui.live_figure import show_figure
from explainer.ui.places import say
from explainer.ui.questions import ask_questions
from explainer.ui.written import offer_lines

visit = frame.open_chapter(CHAPTER)

# Ask: which FUNCTION.
function = choose_function(visit)
card = CHAPTER.words.cards[function]
problems = st.container()
say("what", card["what"])

# Compute: on prepared numbers, or on those typed over them.
drawing, typing = st.columns([7, 3])
with typing:
    show_progress()
    say("formula", card["formula"], st.latex)
    example = choose(visit, EXAMPLE)
    arguments = ask_arguments(visit, function, example)
    show_result(function, arguments, choose(visit, SHAPE) == "shown")
visit.supply(ARGUMENTS, arguments)
with problems:
    frame.show_notices(visit)

# Draw: the arrays, filled cell by cell; the browser moves STEP, which has as many values as there are cells.
with drawing:
    show_figure(visit, "card")
    with frame.row():
        choose_scene(visit, "card")
    ask_questions(visit, "card", answers())

# The card's exercise, and the code that ran.
trying, reading = st.columns([3, 2], gap="large")
with trying:
    ask_exercise(visit, function)
with reading:
    frame.show_code(CARDS[function].code)
    st.markdown(CHAPTER.words.explanation)

# Lines of one's own: this card's, a whole training on the drawings, all exercises to take home.
offer_lines(visit, exercise_of(function))
offer_training(visit)
offer_notebook()

frame.close_chapter(visit, CHAPTERS)
