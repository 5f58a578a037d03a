"""Home: what the app is for, and its chapters."""

import streamlit as st

from explainer import ASSETS
from explainer.chapters import CHAPTERS
from explainer.ui import frame
from explainer.words import COMMON, words

frame.leave_chapter()
said = words("home")

st.title(COMMON["title"], anchor=False)
telling, picture = st.columns([3, 2], gap="large")
with telling:
    st.header(said.question, anchor=False)
    st.markdown(said.lead)

    st.header(said.text["chapters"], anchor=False)
    for number, chapter in enumerate(CHAPTERS, start=1):
        with st.container(border=True):
            st.page_link(f"../pages/{chapter.name}.py", label=f"**{number}. {chapter.words.question}**")
            st.markdown(chapter.words.promise)

    st.header(said.text["how"], anchor=False)
    st.markdown(said.text["how_text"])
picture.image(
    ASSETS / "previews" / "descent.png", caption=said.text["picture"], alt=said.text["picture_shows"]
)
