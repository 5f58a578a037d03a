"""`make load`: a room of visitors who speak Streamlit's protocol, and how long each of them waits."""
