"""Does it work? Training the cat detector on pictures, what it learned, and what it says of others."""

import streamlit as st

from explainer.chapters import CHAPTERS
from explainer.chapters.cats.accuracy_text import (
    accuracy_text,
    answers,
    duplicates_text,
    rises_text,
    split_text,
)
from explainer.chapters.cats.better_view import show_helps
from explainer.chapters.cats.chapter import CHAPTER, DATA, HOLD, ITERATIONS, PICTURES, RUNS
from explainer.chapters.cats.take_along_view import brought_weights, offer_files, show_weights_in_use
from explainer.chapters.cats.training_view import wait_for_runs
from explainer.chapters.cats.verdicts_view import check_picture, choose_picture, show_gallery, show_verdict
from explainer.ui import frame
from explainer.ui.controls import choose_scene
from explainer.ui.live_figure import show_figure
from explainer.ui.picture_sets import choose_pictures, show_taken
from explainer.ui.places import say
from explainer.ui.questions import ask_questions
from explainer.ui.uploads import show_problems

visit = frame.open_chapter(CHAPTER)
text = CHAPTER.words.text

# Ask: which pictures, and for the course's training file alone, whether a fifth is held out.
with frame.row():
    chosen = choose_pictures(visit, DATA, HOLD)
    choose_scene(visit, "training")
visit.supply(PICTURES, chosen)
check_picture(visit)
frame.show_notices(visit)
show_problems(visit)

# Compute and draw: the run with the figure's LEARNING_RATE, up to its ITERATIONS, and four runs to compare.
# The browser moves STEP, and VIEW and WEIGHTS choose what it shows.
runs, iterations = wait_for_runs(visit, chosen), visit.value(ITERATIONS)
visit.supply(RUNS, runs)
show_figure(visit, "training", about=chosen.key)
numbers = answers(runs, iterations)
ask_questions(visit, "training", numbers)
show_taken()

# Say: is that good? How good it is only when somebody asks for it.
st.header(text["honest"], anchor=False)
how_good = frame.reading_box(text["how_good"], "how-good")
if how_good.open:
    with how_good:
        say("accuracy", accuracy_text(runs.learned, iterations))
        say("rises", rises_text(runs.learned, iterations))
say("split", split_text(chosen))
say("duplicates", duplicates_text(chosen))

# What did it get wrong? The browser moves the figure's THRESHOLD, and reports WHICH picture is opened.
st.header(text["mistakes"], anchor=False)
ask_questions(visit, "", numbers)
show_weights_in_use(visit)
classifier = brought_weights() or runs.learned.classifier_at(iterations)
show_gallery(visit, chosen, classifier)

# What helps without new pictures? The question comes first: the choice of HELP would tell the answer.
st.header(text["better"], anchor=False)
ask_questions(visit, "better", numbers)
show_helps(visit, chosen)

# Your own PICTURE.
st.header(text["yours"], anchor=False)
with frame.row():
    picture = choose_picture(visit, chosen.judged)
show_verdict(visit, chosen, classifier, picture)

# Files to take along, and the code that ran.
offer_files(visit, runs, iterations)
frame.show_code(CHAPTER.code)

frame.close_chapter(visit, CHAPTERS)
