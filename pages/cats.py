"""Does it work? Training the cat detector on pictures, what it learned, and what it says of others."""

import streamlit as st

from explainer.chapters.cats import accuracy_text as judging
from explainer.chapters.cats import gallery_view as mistakes
from explainer.chapters.cats import learning
from explainer.chapters.cats import own_picture_view as yours
from explainer.chapters.cats import take_along_view as take_along
from explainer.chapters.cats import training_view as cats
from explainer.maths import scores, surface, training
from explainer.ui import controls, frame, picture_sets
from explainer.words import words

visit = frame.open_chapter(cats.CHAPTER)
text = words("cats").text

# Ask: on which pictures.
with frame.row():
    chosen = picture_sets.choose(visit)
    controls.scenes(visit, "training")
cats.settings(visit, chosen)
frame.notices(visit)
picture_sets.trouble(visit)

# Compute and draw: the whole run, as it learns.
learned = cats.learning(visit, chosen)
iterations = cats.num_iterations(visit)
cats.show(visit, chosen, learned)
frame.scene(visit, "training")
st.markdown(words("cats").lead)
picture_sets.taken()

# Is that good?
st.subheader(text["honest"], anchor=False)
st.markdown(judging.good(learned, iterations))
st.markdown(judging.split(chosen))
st.markdown(judging.duplicates(chosen))
st.markdown(judging.rough(learned, iterations))

# What it got wrong.
classifier = take_along.brought_weights() or learned.classifier_at(iterations)
judged = cats.judged_on(chosen)
st.subheader(text["mistakes"], anchor=False)
st.markdown(text["mistakes_ask"])
take_along.said(visit)
mistakes.show(visit, chosen, judged, classifier)

# Your own picture.
st.subheader(text["yours"], anchor=False)
with frame.row():
    picture = yours.choose(visit, judged)
yours.show(visit, chosen, classifier, picture)

# Let try, show the code that ran.
trying, reading = st.columns([2, 3], gap="large")
with trying:
    frame.tasks(visit, judging.answers(learned, iterations))
with reading:
    take_along.offer(visit, chosen, learned, iterations, cats.stage(chosen, learned.learning_rate))
    frame.code(
        [training.span, training.walk, learning.learn, surface.principal_plane, scores.wilson_interval]
    )

frame.close_chapter(visit)
